"""Events as iCalendar (RFC 5545)."""

import datetime

from django.utils import timezone
from icalendar import Calendar, Event

from college_site.pages.absolute_urls import absolute_url, site_host
from college_site.pages.plain_text import printable
from college_site.templatetags.typography import NBSP

PRODUCT = "-//College portal//Events//RU"
DAY = datetime.timedelta(days=1)


def build_calendar(posts, name):
    """The events of `posts` as the bytes of a calendar called `name`."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", printable(name))
    for post in posts:
        calendar.add_component(build_event(post))
    # The rules of the zone from the first event on: no calendar needs those of the last century.
    first = min((post.event_date for post in posts), default=timezone.localdate())
    calendar.add_missing_timezones(first_date=first - DAY)
    return calendar.to_ical()


def build_event(post):
    """The event of one post; a changed post raises SEQUENCE, so that calendars take it over."""
    found = Event()
    url = absolute_url(post.get_absolute_url())
    found.add("uid", f"post-{post.pk}@{site_host()}")
    found.add("dtstamp", post.updated_at)
    found.add("created", post.created_at)
    found.add("last-modified", post.updated_at)
    found.add("sequence", int((post.updated_at - post.created_at).total_seconds()))
    found.add("summary", printable(post.title))
    for name, moment in event_span(post).items():
        found.add(name, moment)
    found.add("url", url)
    found.add("description", event_description(post, url))
    if post.place:
        found.add("location", printable(post.place))
    return found


def event_span(post):
    """DTSTART and DTEND: a moment where one day has its hour, otherwise whole days.

    The end of whole days is the day after the last one (RFC 5545, 3.6.1). Nobody states when an
    event ends, so one that has an hour has no end.
    """
    last = post.event_end_date or post.event_date
    if post.event_time and last == post.event_date:
        start = datetime.datetime.combine(post.event_date, post.event_time)
        return {"dtstart": timezone.make_aware(start)}
    return {"dtstart": post.event_date, "dtend": last + DAY}


def event_description(post, url):
    """Lead and address; the hour too, where days alone make the span."""
    hour = ""
    if post.event_time and post.event_end_date and post.event_end_date != post.event_date:
        hour = f"Начало в{NBSP}{post.event_time:%H:%M}."
    return "\n".join(filter(None, [hour, printable(post.lead), url]))
