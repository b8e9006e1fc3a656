"""Related posts: previous and next, announcement and reports, posts with a common subject."""

from typing import NamedTuple

from django.db import connection
from django.db.models import Count, Q, Value
from django.db.models.expressions import RawSQL
from django.utils import timezone

from news.models.posts import Post

RELATED = 3
# Limits that keep the cost of a page independent of the size of the archive.
WINDOW = 8  # the newest posts considered of the topic and of each partner
MAX_PARTNERS = 4
# The columns that links to a post show.
SHOWN = (
    *("slug", "title", "kind", "topic", "announcement"),
    *("event_date", "event_end_date", "published_at"),
)

NEWEST = f"published_at <= %s ORDER BY published_at DESC, id DESC LIMIT {WINDOW}"
REPORTS = f"SELECT id FROM news_post WHERE announcement_id = %s AND {NEWEST}"
OF_TOPIC = f"SELECT id FROM news_post WHERE topic_id = %s AND {NEWEST}"
OF_PARTNER = (
    "SELECT post_id FROM news_participation WHERE partner_id = %s AND published_at <= %s"
    f" ORDER BY published_at DESC, post_id DESC LIMIT {WINDOW}"
)
PREVIOUS = (
    "SELECT id FROM news_post WHERE (published_at, id) < (%s, %s)"
    " ORDER BY published_at DESC, id DESC LIMIT 1"
)
FOLLOWING = (
    "SELECT id FROM news_post WHERE (published_at, id) > (%s, %s) AND published_at <= %s"
    " ORDER BY published_at, id LIMIT 1"
)


class RelatedPosts(NamedTuple):
    """Posts linked from the page of a post; None or [] if there are none."""

    previous: object
    following: object
    announcement: object
    reports: list
    related: list


def related_posts(post):
    """The RelatedPosts of a published post, from one query over a bounded number of rows."""
    place = (post.published_at, post.pk)
    found = [other for other in candidates(post) if other != post]  # newest first
    older = [other for other in found if (other.published_at, other.pk) < place]
    newer = [other for other in found if (other.published_at, other.pk) > place]
    announcement = next((other for other in found if other.pk == post.announcement_id), None)
    reports = [other for other in found if other.announcement_id == post.pk][:WINDOW]
    linked = [announcement, *reports]
    similar = [other for other in found if is_similar(other, post) and other not in linked]
    similar.sort(key=lambda other: other.shared_partners, reverse=True)
    return RelatedPosts(
        previous=older[0] if older else None,
        following=newer[-1] if newer else None,
        announcement=announcement,
        reports=reports[::-1],
        related=similar[:RELATED],
    )


def candidates(post):
    """The published posts that may be related, newest first, with their `shared_partners`."""
    partners = [participation.partner_id for participation in post.participations.all()]
    parts = list_parts(post, partners[:MAX_PARTNERS])
    # SQLite allows LIMIT in a part of a UNION only within a subquery.
    query = " UNION ".join(f"SELECT * FROM ({part}) AS part" for part, _ in parts)
    keys = RawSQL(query, [value for _, values in parts for value in values])
    shared = Count("participations", filter=Q(participations__partner__in=partners))
    found = Post.objects.published().filter(pk__in=keys).only(*SHOWN)
    return found.annotate(shared_partners=shared if partners else Value(0))


def list_parts(post, partners):
    """Pairs of a query by hand for primary keys of posts, and its parameters.

    They only find the few rows to look at; `published` decides what is shown. Django would need
    0.7 ms to write each of them.
    """
    now = timezone.now()
    before, after = min(post.published_at, now), post.published_at
    now, before, after = map(connection.ops.adapt_datetimefield_value, (now, before, after))
    return [
        ("SELECT id FROM news_post WHERE id = %s", [post.announcement_id]),
        (REPORTS, [post.pk, now]),
        (PREVIOUS, [before, post.pk]),
        (FOLLOWING, [after, post.pk, now]),
        (OF_TOPIC, [post.topic_id, now]),
        *((OF_PARTNER, [partner, now]) for partner in partners),
    ]


def is_similar(other, post):
    """Whether they have a partner or the topic in common."""
    return other.shared_partners or (post.topic_id and other.topic_id == post.topic_id)
