"""Statistics of suggestions and answers: twelve months up to last midnight."""

import datetime
from dataclasses import dataclass, field
from itertools import dropwhile
from statistics import median

from django.utils import timezone

from college_site.russian.academic_year import midnight
from feedback.models import Suggestion, SuggestionTopic

MONTHS = 12
MONTH_NAMES = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]


@dataclass
class Row:
    """The statistics of one month or topic, or of all suggestions."""

    label: str
    received: int = 0
    answered: int = 0
    on_time: int = 0
    late: int = 0
    days: list = field(default_factory=list, repr=False)

    def add(self, received_on, answered_on, due_on, today):
        """Add a suggestion by its dates; `answered_on` is None if it has no answer."""
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
        """The median number of days until the answer; None without answers."""
        return rounded_median(self.days)

    @property
    def on_time_percent(self):
        """The share answered on time of those answered or overdue; None if there are none.

        An answer counts at once, a missing one from the day after its due date.
        """
        counted = self.on_time + self.late
        return round(100 * self.on_time / counted) if counted else None


@dataclass
class Statistics:
    """The statistics of all suggestions, by month of receipt and by topic.

    The months start with the first in which a suggestion was received.
    """

    since: datetime.date
    until: datetime.date
    total: Row
    months: list
    topics: list


def rounded_median(numbers):
    return round(median(numbers)) if numbers else None


def usual_answer_days():
    """The median number of days until an answer as the statistics have it; None without answers."""
    today = timezone.localdate()
    dates = iterate_dates(first_month(today), today)
    days = [(answered - received).days for _, received, answered, _ in dates if answered]
    return rounded_median(days)


def calculate_statistics():
    """The statistics as of last midnight, so that the page changes once a day."""
    today = timezone.localdate()
    first = first_month(today)
    months = {month: month_row(month) for month in (add_months(first, n) for n in range(MONTHS))}
    topics = {topic.pk: Row(topic.title) for topic in SuggestionTopic.objects.all()}
    total = Row("Всего")
    for topic, received_on, answered_on, due_on in iterate_dates(first, today):
        for row in (total, months[received_on.replace(day=1)], topics[topic]):
            row.add(received_on, answered_on, due_on, today)
    used_months = list(dropwhile(lambda row: not row.received, months.values()))
    used_topics = [row for row in topics.values() if row.received]
    until = today - datetime.timedelta(days=1)
    return Statistics(first, until, total, used_months, used_topics)


def iterate_dates(first, today):
    """Yield topic key, date of receipt, date of answer or None, due date of each suggestion.

    Those in quarantine or withdrawn are not counted: they need no answer. Of duplicates only the
    original is.
    """
    states = (Suggestion.Status.QUARANTINE, Suggestion.Status.WITHDRAWN)
    rows = (
        Suggestion.objects.exclude(status__in=states)
        .filter(duplicate_of=None)
        .filter(received_at__gte=midnight(first), received_at__lt=midnight(today))
        .order_by()
        .values_list("topic", "received_at", "answered_at", "due_on", "paused_on")
    )
    for topic, received_at, answered_at, due_on, paused_on in rows.iterator():
        if paused_on:
            due_on += today - paused_on
        answered_on = answered_at and timezone.localdate(answered_at)
        if answered_on and answered_on >= today:
            answered_on = None
        yield topic, timezone.localdate(received_at), answered_on, due_on


def first_month(today):
    """The first day of the twelve months that end with today's."""
    return add_months(today.replace(day=1), 1 - MONTHS)


def add_months(first, number):
    """The first day of the month that is `number` months after that of `first`."""
    month = first.month - 1 + number
    return datetime.date(first.year + month // 12, month % 12 + 1, 1)


def month_row(month):
    return Row(f"{MONTH_NAMES[month.month - 1]} {month.year}")
