"""Statistics of suggestions and answers of a period up to last midnight.

Those in quarantine or withdrawn are not counted: they need no answer. Days are those from the
receipt to the last answer without those on which the author was asked.
"""

import datetime
import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import dropwhile

from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.utils import timezone

from college_site.russian.academic_year import midnight
from feedback.models import Suggestion, SuggestionTopic
from feedback.models.workflow.access import full_name
from feedback.models.workflow.states import CLOSED, IN_HAND

MONTHS = 12
MONTH_NAMES = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
NOBODY = "Никто не назначен"


@dataclass
class Row:
    """The statistics of one month, topic or person, or of all suggestions."""

    label: str
    received: int = 0
    answered: int = 0
    on_time: int = 0
    late: int = 0
    days: Counter = field(default_factory=Counter, repr=False)

    def add_answered(self, number, days, *, is_late):
        """Add suggestions that were answered after this many days."""
        self.received += number
        self.answered += number
        self.days[days] += number
        self.late += number * is_late
        self.on_time += number * (not is_late)

    def add(self, row):
        """Add the counts of another row."""
        self.received += row.received
        self.answered += row.answered
        self.on_time += row.on_time
        self.late += row.late
        self.days.update(row.days)

    def add_open(self, *, is_late):
        """Add one that waits for its answer."""
        self.received += 1
        self.late += is_late

    @property
    def median_days(self):
        """The median number of days until the answer; None without answers."""
        ordered = sorted(self.days)
        half = self.answered / 2
        if not ordered:
            return None
        low, high = self.day_at(math.ceil(half)), self.day_at(math.floor(half) + 1)
        return round((low + high) / 2)

    @property
    def days_of_most(self):
        """The days within which nine of ten answers were given; None without answers."""
        return self.day_at(math.ceil(0.9 * self.answered)) if self.answered else None

    def day_at(self, rank):
        """The days of the answer with this rank, the quickest has 1."""
        seen = 0
        for days in sorted(self.days):
            seen += self.days[days]
            if seen >= rank:
                return days
        return None

    @property
    def on_time_percent(self):
        """The share answered on time of those answered or overdue; None if there are none.

        An answer counts at once, a missing one from the day after its due date.
        """
        counted = self.on_time + self.late
        return round(100 * self.on_time / counted) if counted else None


@dataclass
class Statistics:
    """The statistics of all suggestions, by month of receipt, topic and responsible person.

    The months start with the first in which a suggestion was received.
    """

    since: datetime.date
    until: datetime.date
    total: Row
    months: list
    topics: list
    people: list


def usual_answer_days():
    """The median number of days until an answer as the statistics have it; None without answers."""
    today = timezone.localdate()
    total = Row("Всего")
    fresh = answered_since(today)
    for _, number, days, is_late in iterate_answered(first_month(today), today, fresh):
        total.add_answered(number, days, is_late=is_late)
    return total.median_days


def calculate_statistics(first=None, after=None):
    """The statistics as of last midnight, so that the page changes once a day.

    Of the months from `first` to before `after`, two first days of months; without them of twelve.
    """
    today = timezone.localdate()
    first, after = first or first_month(today), min(after or today, today)
    months = {month: month_row(month) for month in list_months(first, after)}
    topics = {topic.pk: Row(topic.title) for topic in SuggestionTopic.objects.all()}
    people = {}

    def rows_of(key):
        month, topic, person = key
        return months[month], topics[topic], people.setdefault(person, Row(NOBODY))

    fresh = answered_since(today)
    for key, number, days, is_late in iterate_answered(first, after, fresh):
        for row in rows_of(key):
            row.add_answered(number, days, is_late=is_late)
    for key, is_late in iterate_open(first, after, today, fresh):
        for row in rows_of(key):
            row.add_open(is_late=is_late)
    total = Row("Всего")
    for row in months.values():
        total.add(row)
    used_months = list(dropwhile(lambda row: not row.received, months.values()))
    used_topics = [row for row in topics.values() if row.received]
    until = after - datetime.timedelta(days=1)
    return Statistics(first, until, total, used_months, used_topics, name_people(people))


def iterate_answered(first, after, fresh):
    """Yield (month, topic, person), number, days, whether late; one grouped query.

    `fresh` are the keys of suggestions answered since midnight.
    """
    rows = received_within(first, after).filter(status__in=CLOSED).exclude(pk__in=fresh)
    keys = ("received_month", "topic", "responsible", "answer_days", "is_answered_late")
    grouped = rows.order_by().values_list(*keys).annotate(number=Count("pk"))
    for month, topic, person, days, is_late, number in grouped:
        yield (month, topic, person), number, days, is_late


def iterate_open(first, after, today, fresh):
    """Yield (month, topic, person), whether late, of each that had no answer at midnight.

    While one waits for its author, its time is not running.
    """
    is_open = Q(status__in=IN_HAND) | Q(pk__in=fresh)
    rows = received_within(first, after).filter(is_open, received_at__lt=midnight(today))
    columns = ("received_month", "topic", "responsible", "due_on", "paused_on")
    for *key, due_on, paused_on in rows.order_by().values_list(*columns):
        pause = today - paused_on if paused_on else datetime.timedelta()
        yield tuple(key), due_on + pause < today


def received_within(first, after):
    """Those received from one month to before another; of duplicates only the original counts."""
    received = Suggestion.objects.filter(received_month__gte=first, received_month__lt=after)
    return received.filter(duplicate_of=None)


def answered_since(today):
    """The keys of the few whose answers count from tomorrow on, found by their index."""
    return Suggestion.objects.filter(answered_at__gte=midnight(today)).order_by().values("pk")


def count_ratings(first, after):
    """{rating: number} of the answers to what was received from `first` to before `after`."""
    rated = received_within(first, after).filter(status__in=CLOSED, rating__isnull=False)
    return dict(rated.order_by().values_list("rating").annotate(number=Count("pk")))


def name_people(rows):
    """The rows by name, those of nobody last."""
    for person in get_user_model().objects.filter(pk__in=[key for key in rows if key]):
        rows[person.pk].label = full_name(person)
    return sorted(rows.values(), key=lambda row: (row.label == NOBODY, row.label))


def first_month(today):
    """The first day of the twelve months that end with today's."""
    return add_months(today.replace(day=1), 1 - MONTHS)


def list_months(first, after):
    """Yield the first day of each month from `first` to before `after`."""
    while first < after:
        yield first
        first = add_months(first, 1)


def add_months(first, number):
    """The first day of the month that is `number` months after that of `first`."""
    month = first.month - 1 + number
    return datetime.date(first.year + month // 12, month % 12 + 1, 1)


def month_row(month):
    return Row(f"{MONTH_NAMES[month.month - 1]} {month.year}")
