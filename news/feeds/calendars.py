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
    """A calendar called `name` with the events of `posts`; returns bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", printable(name))
    for post in posts:
        calendar.add_component(build_event(post))
    # Time zone rules from the first event on; earlier ones would only enlarge the file.
    first = min((post.event_date for post in posts), default=timezone.localdate())
    calendar.add_missing_timezones(first_date=first - DAY)
    return calendar.to_ical()


def build_event(post):
    """The event of a post; SEQUENCE grows with each change, so that calendars update it."""
    event = Event()
    url = absolute_url(post.get_absolute_url())
    event.add("uid", f"post-{post.pk}@{site_host()}")
    event.add("dtstamp", post.updated_at)
    event.add("created", post.created_at)
    event.add("last-modified", post.updated_at)
    event.add("sequence", int((post.updated_at - post.created_at).total_seconds()))
    event.add("summary", printable(post.title))
    for name, moment in event_span(post).items():
        event.add(name, moment)
    event.add("url", url)
    event.add("description", event_description(post, url))
    if post.place:
        event.add("location", printable(post.place))
    return event


def event_span(post):
    """DTSTART and DTEND as a dict: a datetime for one day with a start time, otherwise dates.

    DTEND of whole days is the day after the last one (RFC 5545, 3.6.1). Posts have no end time,
    so an event with a start time has no DTEND.
    """
    last = post.event_end_date or post.event_date
    if post.event_time and last == post.event_date:
        start = datetime.datetime.combine(post.event_date, post.event_time)
        return {"dtstart": timezone.make_aware(start)}
    return {"dtstart": post.event_date, "dtend": last + DAY}


def event_description(post, url):
    """Lead and URL; also the start time of an event of several days, whose DTSTART is a date."""
    hour = ""
    if post.event_time and post.event_end_date and post.event_end_date != post.event_date:
        hour = f"Начало в{NBSP}{post.event_time:%H:%M}."
    return "\n".join(filter(None, [hour, printable(post.lead), url]))
