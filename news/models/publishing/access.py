"""Which posts a member of staff may see and change before visitors see them.

An author, who may change posts and not publish them, sees own ones until they are published and
changes them until they have a time of publication. With `view_post` one sees all, with
`publish_post` one changes all. Nobody sees what is in the bin, except in the list of the bin.
"""

from django.db.models import Q
from django.utils import timezone

from college_site.accounts.staff_permissions import is_permitted


def is_author(user):
    return is_permitted(user, "news.change_post")


def may_publish(user):
    return is_author(user) and is_permitted(user, "news.publish_post")


def sees_every_post(user):
    return may_publish(user) or is_permitted(user, "news.view_post")


def may_see(user, post):
    if post.deleted_at:
        return False
    is_own = is_author(user) and post.author_id == user.pk
    return sees_every_post(user) or (is_own and not post.is_published)


def may_change(user, post):
    if post.deleted_at:
        return False
    is_own = is_author(user) and post.author_id == user.pk
    return may_publish(user) or (is_own and post.published_at is None)


def seen_by(user):
    """The condition of the posts that may_see()."""
    if sees_every_post(user):
        return Q(deleted_at=None)
    if not is_author(user):
        return Q(pk__in=[])
    is_unpublished = Q(published_at__isnull=True) | Q(published_at__gt=timezone.now())
    return Q(author=user, deleted_at=None) & is_unpublished


def in_bin_of(user):
    """The condition of the posts in the bin that a user who may delete posts may bring back.

    An author brings back own ones, as far as that publishes nothing.
    """
    if may_publish(user):
        return Q(deleted_at__isnull=False)
    if not is_author(user):
        return Q(pk__in=[])
    return Q(author=user, deleted_at__isnull=False, published_before_deletion=None)
