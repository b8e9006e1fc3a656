"""The published events of a period, one row each."""

import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from college_site.pages.absolute_urls import absolute_url
from college_site.russian.academic_year import midnight
from news.models import Post


def list_events(start, end):
    """A dictionary for each event that began from `start` to `end`, both days included.

    An event is a report, or an announcement of a past event that has no published report.
    """
    posts = Post.objects.published().exclude(kind=Post.Kind.NOTICE)
    posts = posts.filter(began_within(start, end)).exclude(is_doubled()).exclude(is_ahead())
    posts = posts.select_related("topic").prefetch_related("participations__partner")
    posts = posts.annotate(photo_count=Count("photos")).defer("lead", "body")
    return sorted(map(describe_event, posts), key=lambda row: (row["first_day"], row["number"]))


def began_within(start, end):
    """An event without a date counts on the day of its publication."""
    moments = {
        "published_at__gte": midnight(start),
        "published_at__lt": midnight(end + datetime.timedelta(days=1)),
    }
    dated = Q(event_date__gte=start, event_date__lte=end)
    return dated | Q(event_date__isnull=True, **moments)


def is_doubled():
    """Announcements whose event has a published report."""
    reports = Post.objects.published().filter(announcement=OuterRef("pk")).order_by()
    return Q(Exists(reports))


def is_ahead():
    today = timezone.localdate()
    later = Q(event_end_date__gte=today) | Q(event_end_date__isnull=True, event_date__gte=today)
    return Q(later, kind=Post.Kind.ANNOUNCEMENT)


def describe_event(post):
    first = post.event_date or timezone.localdate(post.published_at)
    return {
        "number": post.pk,
        "post": post,
        "first_day": first,
        "last_day": post.event_end_date or first,
        "title": post.title,
        "kind": post.get_kind_display(),
        "topic": str(post.topic or ""),
        "partners": ", ".join(str(row) for row in post.participations.all()),
        "place": post.place,
        "photo_count": post.photo_count,
        "address": absolute_url(post.get_absolute_url()),
    }
