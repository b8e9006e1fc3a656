"""The academic year from September to June as a scale, with its events and today."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from college_site.russian.academic_year import AcademicYear
from news.archive import period_url
from news.models import Post

MONTHS = 10
MAX_EVENTS = 400
HAS_POSTS = (
    "EXISTS (SELECT 1 FROM news_post"
    " WHERE published_at >= %s AND published_at < %s AND published_at <= %s)"
)


@dataclass(frozen=True)
class ScaleMonth:
    """A month with its place on the scale; `url` is "" without posts."""

    name: str
    url: str
    place: str
    is_current: bool


@dataclass(frozen=True)
class YearScale:
    """Places are percentages of the width; `today` is "" in summer."""

    year: AcademicYear
    days: int
    first_monday: int
    months: list
    events: list
    today: str
    vernier: str


def year_scale():
    """The YearScale of the present academic year. Runs two queries."""
    today = timezone.localdate()
    year = AcademicYear.of(today)
    months = year.months[:MONTHS]
    first_day, day_after = year.first_day, months[-1].day_after
    days = (day_after - first_day).days

    def place(day):
        return f"{(day - first_day).days / days:.2%}"

    with_posts = find_months_with_posts(months)
    return YearScale(
        year=year,
        days=days,
        first_monday=-first_day.weekday() % 7,
        months=[
            ScaleMonth(
                name=month.name,
                url=period_url(year, month) if month in with_posts else "",
                place=place(month.first_day),
                is_current=month.first_day <= today < month.day_after,
            )
            for month in months
        ],
        events=[place(day) for day in list_event_days(first_day, day_after)],
        today=place(today) if today < day_after else "",
        vernier=f"{9 / days:.2%}",
    )


def find_months_with_posts(months):
    """Those of the months that have posts, by hand: Django needs 0.5 ms to write each condition."""
    now = timezone.now()
    begun = [month for month in months if month.bounds[0] <= now]
    moments = [moment for month in begun for moment in (*month.bounds, now)]
    query = f"SELECT {', '.join([HAS_POSTS] * len(begun))}"
    with connection.cursor() as cursor:
        cursor.execute(query, list(map(connection.ops.adapt_datetimefield_value, moments)))
        return {month for month, found in zip(begun, cursor.fetchone(), strict=True) if found}


def list_event_days(first_day, day_after):
    """The first days of announced events in a span of days, each once and in order."""
    events = Post.objects.published().announced(first_day, day_after)
    days = events.values_list("event_date", flat=True)[:MAX_EVENTS]
    return sorted({day for day in days if first_day <= day < day_after})
