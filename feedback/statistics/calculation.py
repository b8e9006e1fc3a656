"""How the college answers, in figures: twelve months up to last midnight."""

import datetime
from dataclasses import dataclass, field
from statistics import median

from django.utils import timezone

from college_site.russian.academic_year import midnight
from feedback.models import Suggestion, SuggestionTopic

MONTHS = 12
MONTH_NAMES = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]


@dataclass
class Row:
    """The figures of one month or topic, or of all."""

    label: str
    received: int = 0
    answered: int = 0
    on_time: int = 0
    late: int = 0
    days: list = field(default_factory=list, repr=False)

    def add(self, received_on, answered_on, due_on, today):
        """Take in one suggestion by its dates; `answered_on` is None while it has no answer."""
        self.received += 1
        if answered_on:
            self.answered += 1
            self.days.append((answered_on - received_on).days)
        if answered_on and answered_on <= due_on:
            self.on_time += 1
        elif (answered_on or today) > due_on:
            self.late += 1

    @property
    def median_days(self):
        """How many days an answer took in the middle of all, rounded; None without answers."""
        return round(median(self.days)) if self.days else None

    @property
    def on_time_percent(self):
        """The share answered in time of what was answered or is past its term; None of nothing.

        An early answer counts at once, silence from the day after the term.
        """
        judged = self.on_time + self.late
        return round(100 * self.on_time / judged) if judged else None


@dataclass
class Statistics:
    """The figures of all suggestions together, by month of receipt and by topic."""

    since: datetime.date
    until: datetime.date
    total: Row
    months: list
    topics: list


def calculate_statistics():
    """The figures as of last midnight: a page that changes once a day needs no counting else."""
    today = timezone.localdate()
    first = months_before(today.replace(day=1), MONTHS - 1)
    months = {month: month_row(month) for month in (add_months(first, n) for n in range(MONTHS))}
    topics = {topic.pk: Row(topic.title) for topic in SuggestionTopic.objects.all()}
    total = Row("Всего")
    for topic, received_on, answered_on, due_on in iterate_dates(first, today):
        for row in (total, months[received_on.replace(day=1)], topics[topic]):
            row.add(received_on, answered_on, due_on, today)
    with_any = [row for row in topics.values() if row.received]
    return Statistics(
        first, today - datetime.timedelta(days=1), total, list(months.values()), with_any
    )


def iterate_dates(first, today):
    """Topic's key, date of receipt, date of answer or None, and due date of what is counted.

    What waits for a check or was taken back is not counted: it asks for no answer.
    """
    states = (Suggestion.Status.QUARANTINE, Suggestion.Status.WITHDRAWN)
    rows = (
        Suggestion.objects.exclude(status__in=states)
        .filter(received_at__gte=midnight(first), received_at__lt=midnight(today))
        .order_by()
        .values_list("topic", "received_at", "answered_at", "due_on")
    )
    for topic, received_at, answered_at, due_on in rows.iterator():
        answered_on = answered_at and timezone.localdate(answered_at)
        if answered_on and answered_on >= today:
            answered_on = None
        yield topic, timezone.localdate(received_at), answered_on, due_on


def add_months(first, number):
    """The first day of the month so many months after the month that `first` begins."""
    month = first.month - 1 + number
    return datetime.date(first.year + month // 12, month % 12 + 1, 1)


def months_before(first, number):
    return add_months(first, -number)


def month_row(month):
    return Row(f"{MONTH_NAMES[month.month - 1]} {month.year}")
