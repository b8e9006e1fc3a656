"""Statistics of suggestions and answers of a period up to last midnight.

Those in quarantine or withdrawn are not counted: they need no answer. Days are those from the
receipt to the last answer without those on which the author was asked.
"""

import datetime
import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, dropwhile

from django.contrib.auth import get_user_model
from django.db.models import Aggregate, Count, Q, TextField
from django.db.models.functions import Coalesce
from django.utils import timezone

from college_site.russian.academic_year import midnight
from feedback.models import Suggestion, SuggestionTopic
from feedback.models.workflow.access import full_name
from feedback.models.workflow.states import CLOSED, IN_HAND

KEYS = ("received_month", "topic_id", "responsible_id")
MONTHS = 12
MONTH_NAMES = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
NOBODY = "Никто не назначен"


class Joined(Aggregate):
    """The numbers of a group, separated by commas: a row for each of them would take longer."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler, connection):
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')")


@dataclass
class Row:
    """The statistics of one month, topic or person, or of all suggestions."""

    label: str
    received: int = 0
    answered: int = 0
    on_time: int = 0
    late: int = 0
    days: Counter = field(default_factory=Counter, repr=False)

    def add(self, row):
        """Add the counts of another row."""
        self.received += row.received
        self.answered += row.answered
        self.on_time += row.on_time
        self.late += row.late
        self.days.update(row.days)

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
    answered = answered_within(first_month(today), today, answered_since(today))
    days = Counter(dict(answered.values_list("answer_days").annotate(Count("pk"))))
    return Row("Всего", answered=days.total(), days=days).median_days


def calculate_statistics(first=None, after=None):
    """The statistics as of last midnight, so that the page changes once a day.

    Of the months from `first` to before `after`, two first days of months; without them of twelve.
    """
    today = timezone.localdate()
    first, after = first or first_month(today), min(after or today, today)
    months = {month: month_row(month) for month in list_months(first, after)}
    topics = {topic.pk: Row(topic.title) for topic in SuggestionTopic.objects.all()}
    people, fresh = {}, answered_since(today)
    answered, waiting = iterate_answered(first, after, fresh), iterate_open(first, after, fresh)
    for (month, topic, person), counts in chain(answered, waiting):
        months[month].add(counts)
        topics[topic].add(counts)
        people.setdefault(person, Row(NOBODY)).add(counts)
    total = Row("Всего")
    for row in months.values():
        total.add(row)
    used_months = list(dropwhile(lambda row: not row.received, months.values()))
    used_topics = [row for row in topics.values() if row.received]
    until = after - datetime.timedelta(days=1)
    return Statistics(first, until, total, used_months, used_topics, name_people(people))


def iterate_answered(first, after, fresh):
    """Yield (month, topic, person) and their Row of answered ones, by one grouped query.

    `fresh` are the keys of suggestions answered since midnight.
    """
    counted = {"days": Joined("answer_days"), "late": Count("pk", filter=Q(is_answered_late=True))}
    rows = answered_within(first, after, fresh).values_list(*KEYS).annotate(**counted)
    for *key, text, late in rows:
        days = Counter(map(int, text.split(",")))
        number = days.total()
        counts = {"received": number, "answered": number, "on_time": number - late, "late": late}
        yield tuple(key), Row("", **counts, days=days)


def iterate_open(first, after, fresh):
    """Yield (month, topic, person) and a Row of those that had no answer at midnight.

    While one waits for its author, its time is not running.
    """
    today = timezone.localdate()
    is_open = Q(status__in=IN_HAND) | Q(pk__in=fresh)
    rows = received_within(first, after).filter(is_open, received_at__lt=midnight(today))
    is_late = Q(due_on__lt=Coalesce("paused_on", today))
    counted = {"received": Count("pk"), "late": Count("pk", filter=is_late)}
    for *key, received, late in rows.order_by().values_list(*KEYS).annotate(**counted):
        yield tuple(key), Row("", received=received, late=late)


def answered_within(first, after, fresh):
    """The answered ones of received_within() without those of today."""
    answered = received_within(first, after).filter(status__in=CLOSED)
    return answered.exclude(pk__in=fresh).order_by()


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
