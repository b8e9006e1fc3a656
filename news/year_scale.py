"""The academic year from September to June as a scale, with its events and today."""

from dataclasses import dataclass

from django.utils import timezone

from college_site.russian.academic_year import AcademicYear
from news.archive import count_periods, period_url
from news.models import Post

MONTHS = 10
MAX_EVENTS = 400
MAX_POSTS = 100  # read to see which months have posts; of what is older each month is asked


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
    """The YearScale of the present academic year. Runs two queries, three for very many posts."""
    today = timezone.localdate()
    year = AcademicYear.of(today)
    months = year.months[:MONTHS]
    first_day, day_after = year.first_day, months[-1].day_after
    days = (day_after - first_day).days

    def place(day):
        return f"{(day - first_day).days / days:.2%}"

    begun = [month for month in months if month.first_day <= today]
    with_posts = find_months_with_posts(year, begun)
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


def find_months_with_posts(year, months):
    """The set of the `months` of an academic year that have posts.

    The newest posts of the year tell; to ask for each month takes Django three times as long.
    """
    newest = Post.objects.published_in(year).values_list("published_at", flat=True)[:MAX_POSTS]
    zone = timezone.get_current_timezone()
    numbers = [moment.astimezone(zone).month for moment in newest]
    found = {month for month in months if month.number in numbers}
    if len(numbers) == MAX_POSTS:
        counts = count_periods([month for month in months if month not in found], Post.objects)
        found |= {month for month, count in counts.items() if count}
    return found


def list_event_days(first_day, day_after):
    """The first days of announced events in a span of days, each once and in order."""
    events = Post.objects.published().announced(first_day, day_after)
    days = events.values_list("event_date", flat=True)[:MAX_EVENTS]
    return sorted({day for day in days if first_day <= day < day_after})
