"""Empties the bin in the background."""

from django.db import transaction

from news.models import Post


def purge_expired_post():
    """Delete a post whose time in the bin is over, with its files; whether there was one.

    The lock lets a colleague who brings it back at this moment win or lose, never both.
    """
    with transaction.atomic():
        post = Post.objects.expired().select_for_update(of=("self",)).first()
        if post is None:
            return False
        post.delete()
    return True
