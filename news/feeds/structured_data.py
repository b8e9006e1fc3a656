"""Structured data (schema.org) of posts and their events."""

import datetime

from django.utils import timezone

from college_site.pages.absolute_urls import absolute_url
from college_site.pages.structured_data import (
    address,
    image_object,
    markup,
    organization,
    organization_id,
)
from college_site.templatetags.iso_dates import iso_moment
from news.models import Post
from news.photos.social_images import whole_image

LONGEST_HEADLINE = 110  # characters, the limit of Google


def post_markup(post, college):
    """The JSON-LD of a post: article, event, videos and the college."""
    videos = (video_object(post, video) for video in post.page_videos)
    objects = [article(post), event(post, college), *videos]
    return markup(*filter(None, objects), organization(college))


def article(post):
    url = absolute_url(post.get_absolute_url())
    college = {"@id": organization_id()}
    return {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": shorten(post.title, LONGEST_HEADLINE),
        "description": post.lead,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": iso_moment(post.published_at),
        "dateModified": iso_moment(max(post.updated_at, post.published_at)),
        "image": [image(post)],
        "articleSection": str(post.topic or post.get_kind_display()),
        "inLanguage": "ru",
        "author": college,
        "publisher": college,
    }


def event(post, college):
    """The Event of a report or announcement; None without a date or an address.

    The place of the post is also its address, because it may be outside the college.
    """
    where = post.place or address(college)
    if post.kind == Post.Kind.NOTICE or not post.event_date or not where:
        return None
    url = absolute_url(post.get_absolute_url())
    return {
        "@type": "Event",
        "@id": f"{url}#event",
        "name": post.title,
        "description": post.lead,
        "url": url,
        "startDate": event_start(post),
        "endDate": event_end(post),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": post.place or str(college), "address": where},
        "image": [image(post)],
        "organizer": partners(post, is_host=True) or {"@id": organization_id()},
        "contributor": partners(post, is_host=False),
    }


def partners(post, *, is_host):
    """The organisers of the event, or its other participants."""
    return [
        {"@type": "Organization", "name": each.partner.name, "url": each.partner.site}
        for each in post.participations.all()
        if each.is_host == is_host
    ]


def event_start(post):
    """The first day or, with a start time, the moment with its UTC offset (ISO 8601)."""
    if post.event_time is None:
        return post.event_date.isoformat()
    start = datetime.datetime.combine(post.event_date, post.event_time)
    return timezone.make_aware(start).isoformat()


def event_end(post):
    """The last day; None for one day with a start time, since a bare date would precede it."""
    last = post.event_end_date or post.event_date
    return None if post.event_time and last == post.event_date else last.isoformat()


def image(post):
    whole = whole_image(post)
    return image_object(
        whole.path, whole.width, whole.height, caption=whole.alt, creditText=whole.credit
    )


def video_object(post, video):
    """A video of the post; None without a still, which search engines require."""
    if video.still is None:
        return None
    return {
        "@type": "VideoObject",
        "name": video.title,
        "description": video.title,
        "thumbnailUrl": absolute_url(video.still.url),
        "uploadDate": iso_moment(post.published_at),
        "embedUrl": video.source.player_url,
    }


def shorten(text, max_length):
    """Cut the text between words to at most `max_length` characters."""
    if len(text) <= max_length:
        return text
    return text[: max_length - 1].rpartition(" ")[0].rstrip(" ,;:—–-") + "…"
