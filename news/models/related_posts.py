"""Related posts: previous and next, announcement and reports, posts with a common subject."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

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
    posts = Post.objects.published().only(*SHOWN)
    is_linked = Q(announcement=post)
    if post.announcement_id:  # SQLite would read all posts to find that none has the key NULL
        is_linked |= Q(pk=post.announcement_id)
    linked = list(posts.filter(is_linked)[: WINDOW + 1])
    announcement = next((other for other in linked if other.pk == post.announcement_id), None)
    reports = [other for other in reversed(linked) if other != announcement]
    previous, following = previous_post(post), following_post(post)
    neighbours = [other.pk for other in (previous, following) if other]
    seen = [post, *linked]
    similar = [other for other in similar_posts(post, neighbours) if other not in seen]
    return RelatedPosts(previous, following, announcement, reports, similar[:RELATED])


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


def similar_posts(post, neighbours):
    """Posts with the same topic or a common partner: most common partners first, then newest.

    Considered are the newest posts of the topic and of each partner and, of a post with partners,
    those with the primary keys `neighbours`.
    """
    partners = [participation.partner_id for participation in post.participations.all()]
    if partners:
        return rank_by_partners(post, partners, neighbours)
    return newest_of_topic(post).only(*SHOWN) if post.topic_id else []


def newest_of_topic(post):
    return Post.objects.published().filter(topic=post.topic_id)[:WINDOW]


def rank_by_partners(post, partners, neighbours):
    """Posts with the topic or one of the partners of `post`, those with most of them first."""
    windows = [
        Post.objects.filter(pk__in=neighbours).values("pk"),
        *(
            Participation.objects.published().filter(partner=partner).values("post")[:WINDOW]
            for partner in partners[:MAX_PARTNERS]
        ),
    ]
    if post.topic_id:
        windows.append(newest_of_topic(post).values("pk"))
    # SQLite allows LIMIT in a part of a UNION only within a subquery.
    first, *others = (
        Post.objects.filter(pk__in=window).order_by().values("pk") for window in windows
    )
    shared = Count("participations", filter=Q(participations__partner__in=partners))
    found = Post.objects.published().filter(pk__in=first.union(*others))
    found = found.only(*SHOWN).annotate(shared_partners=shared)
    in_order = found.order_by("-shared_partners", "-published_at", "-pk")
    return [
        other
        for other in in_order
        if other.shared_partners or (post.topic_id and other.topic_id == post.topic_id)
    ]
