"""Template filters for Russian typography: dates, plurals, no-break spaces."""

import datetime
import re
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.dates import MONTHS_ALT, WEEKDAYS

register = template.Library()

NBSP = "\u00a0"
WORD_JOINER = "\u2060"
MOSCOW = ZoneInfo("Europe/Moscow")
ABBREVIATION = re.compile(r"\b(\w{1,4}\.) (?=\w)")
BEFORE_DASH = re.compile(" (?=[—–] )")
# Prepositions, conjunctions and particles that must not end a line.
SHORT_WORD = re.compile(
    r"(?<![\w-])(а|во?|до|за|из?|ко?|на|не|ни|но|об?|от|по|со?|у) (?!\s)", re.IGNORECASE
)
BEFORE_PARTICLE = re.compile(r"(?<=\w-)(?=(?:то|либо|нибудь|ка)\b)")


@register.filter(is_safe=True)
@stringfilter
def typeset(text):
    """Insert no-break spaces before dashes and after short words, word joiners in «что-то»."""
    text = SHORT_WORD.sub(rf"\1{NBSP}", BEFORE_DASH.sub(NBSP, text))
    return BEFORE_PARTICLE.sub(WORD_JOINER, text)


@register.filter
def full_date(moment):
    """A date or aware datetime in full: «24 февраля 2022 года»; "" for None.

    Large letters on a small screen have no room for all of it, so a line may end before the year.
    """
    if not moment:
        return ""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment)
    return f"{day_and_month(moment)} {moment.year}{NBSP}года"


def day_and_month(day):
    """«24 февраля», in the words of Django's filter `date`, which takes longer."""
    return f"{day.day}{NBSP}{MONTHS_ALT[day.month]}"


@register.filter
def full_moment(moment):
    """An aware datetime with its zone: «1 декабря 2026 года в 09:00 (МСК+1)»."""
    local = timezone.localtime(moment)
    return f"{full_date(local)} в{NBSP}{local:%H:%M} ({zone_name(local)})"


def zone_name(local):
    """The offset of an aware datetime from Moscow time as in 107-ФЗ: «МСК+1»."""
    hours = (local.utcoffset() - local.astimezone(MOSCOW).utcoffset()) / datetime.timedelta(hours=1)
    return f"МСК{hours:+g}".replace("-", "\u2212") if hours else "МСК"


@register.filter
def bound(text):
    """Insert no-break spaces after abbreviations: «г. Саратов», «д. 27»."""
    return ABBREVIATION.sub(f"\\1{NBSP}", text)


@register.filter
def unbroken(years):
    """Prevent line breaks in «2021–2022»; for display, not for titles or data."""
    return years.replace("–", f"–{WORD_JOINER}")


@register.filter
def event_dates(post):
    """The days of a post's event in full: «24 февраля 2022 года», «с 1 по 3 марта 2022 года»."""
    first, last = post.event_date, post.event_end_date
    if last is None or last == first:
        return full_date(first)
    if first.year != last.year:
        start = full_date(first)
    elif first.month != last.month:
        start = day_and_month(first)
    else:
        start = first.day
    return f"с{NBSP}{start} по{NBSP}{full_date(last)}"


@register.filter
def lines_after_day(post):
    """Two lines beside the first day of a post's event in large type, without that day.

    «декабря, / понедельник» or «января / по 13 января 2027 года»; the present year is left out.
    """
    first, last = post.event_date, post.event_end_date or post.event_date
    year = "" if last.year == timezone.localdate().year else f" {last.year}{NBSP}года"
    if last == first:
        return [f"{MONTHS_ALT[first.month]}{year},", WEEKDAYS[first.weekday()].lower()]
    return [str(MONTHS_ALT[first.month]), f"по{NBSP}{day_and_month(last)}{year}"]


@register.filter
def plural(number, forms):
    """The number with its noun: `5|plural:"снимок,снимка,снимков"` gives «5 снимков»."""
    one, few, many = forms.split(",")
    if number % 10 == 1 and number % 100 != 11:
        noun = one
    elif number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        noun = few
    else:
        noun = many
    return f"{number}{NBSP}{noun}"
