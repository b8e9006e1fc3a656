"""Related posts: previous and next, announcement and reports, posts with a common subject."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q, Value

from news.models.posts import Post
from news.models.subjects import Participation

RELATED = 3
# Limits that keep the cost of a page independent of the size of the archive.
WINDOW = 8  # the newest posts considered of the topic and of each partner
MAX_PARTNERS = 4
# What links to a post show, and what relates posts.
SHOWN = (
    "slug",
    "title",
    "event_date",
    "event_end_date",
    "kind",
    "published_at",
    "topic",
    "announcement",
)


class RelatedPosts(NamedTuple):
    """Posts linked from the page of a post; None or [] if there are none."""

    previous: object
    following: object
    announcement: object
    reports: list
    related: list


def related_posts(post):
    """The RelatedPosts of a published post, from four queries over a bounded number of rows."""
    previous, following = previous_post(post), following_post(post)
    partners = [participation.partner_id for participation in post.participations.all()]
    keys = {other.pk for other in (previous, following) if other}
    keys.update(list_nearest(post, partners))
    if post.announcement_id:
        keys.add(post.announcement_id)
    others = load_others(post, keys, partners)
    linked = [other for other in others if is_linked(post, other)]
    return RelatedPosts(
        previous=previous,
        following=following,
        announcement=next((other for other in linked if other.pk == post.announcement_id), None),
        reports=[other for other in reversed(linked) if other.pk != post.announcement_id],
        related=rank_similar(post, [other for other in others if other not in linked])[:RELATED],
    )


def is_linked(post, other):
    """Whether one announces the event that the other reports."""
    return other.announcement_id == post.pk or other.pk == post.announcement_id


def previous_post(post):
    """The last post published before this one, or None."""
    moment = post.published_at
    before = Post.objects.published(before=moment + datetime.resolution).only(*SHOWN)
    return before.filter(Q(published_at__lt=moment) | Q(pk__lt=post.pk)).first()


def following_post(post):
    """The first post published after this one, or None."""
    moment = post.published_at
    after = Post.objects.published(since=moment).only(*SHOWN)
    return after.filter(Q(published_at__gt=moment) | Q(pk__gt=post.pk)).reverse().first()


def list_nearest(post, partners):
    """The keys of the newest posts of the topic and of each of the `partners`, given by keys."""
    windows = [
        Participation.objects.published().filter(partner=partner).values("post")[:WINDOW]
        for partner in partners[:MAX_PARTNERS]
    ]
    if post.topic_id:
        windows.append(Post.objects.published().filter(topic=post.topic_id).values("pk")[:WINDOW])
    if not windows:
        return []
    # SQLite allows LIMIT in a part of a UNION only within a subquery.
    first, *others = (
        Post.objects.filter(pk__in=window).order_by().values_list("pk", flat=True)
        for window in windows
    )
    return first.union(*others) if others else first


def load_others(post, keys, partners):
    """The other posts with these keys and the reports of `post`, newest first.

    Their `shared_partners` are how many of the `partners` they have.
    """
    shared = Count("participations", filter=Q(participations__partner__in=partners))
    shared = shared if partners else Value(0)
    found = Post.objects.published().filter(Q(pk__in=keys) | Q(announcement=post)).only(*SHOWN)
    rows = found.annotate(shared_partners=shared)[: len(keys) + WINDOW]
    return [other for other in rows if other != post]


def rank_similar(post, others):
    """Of these posts those with the same topic or a common partner, those with most first."""
    similar = [
        other
        for other in others
        if other.shared_partners or (post.topic_id and other.topic_id == post.topic_id)
    ]
    return sorted(similar, key=lambda other: other.shared_partners, reverse=True)
