"""Posts and their events as search engines read them."""

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

LONGEST_HEADLINE = 110  # characters: what Google shows


def post_markup(post, college):
    """Everything about one post: the article, its event, its videos, the college."""
    videos = (video_object(post, video) for video in post.page_videos)
    found = [article(post), event(post, college), *videos]
    return markup(*filter(None, found), organization(college))


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
    """What the post reports or announces; None without a date or any address to come to.

    Where a place is named, it may be anywhere: it is the address then, as far as it is known.
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
    """The organisations that hold the event, or those that take part in it otherwise."""
    return [
        {"@type": "Organization", "name": each.partner.name, "url": each.partner.site}
        for each in post.participations.all()
        if each.is_host == is_host
    ]


def event_start(post):
    """The first day, or the moment with its offset where the hour is known (ISO 8601)."""
    if post.event_time is None:
        return post.event_date.isoformat()
    start = datetime.datetime.combine(post.event_date, post.event_time)
    return timezone.make_aware(start).isoformat()


def event_end(post):
    """The last day; None where only the hour of the beginning is known: the day began before it."""
    last = post.event_end_date or post.event_date
    return None if post.event_time and last == post.event_date else last.isoformat()


def image(post):
    whole = whole_image(post)
    return image_object(
        whole.path, whole.width, whole.height, caption=whole.alt, creditText=whole.credit
    )


def video_object(post, video):
    """A video of the post; None without a still, which search engines demand."""
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


def shorten(text, most):
    """The text in at most `most` characters, cut between words."""
    if len(text) <= most:
        return text
    return text[: most - 1].rpartition(" ")[0].rstrip(" ,;:—–-") + "…"
