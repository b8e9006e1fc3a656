"""Writes the history of a post: a version with each save and each step of its publication.

Not more than MOST_REVISIONS a post: each holds the whole text, so that it can be read alone.
"""

import json
from contextlib import contextmanager

from django.db import transaction

from news.history.comparison import summarize_changes
from news.history.contents import read_contents
from news.models.editing.revisions import MOST_REVISIONS, Revision, RevisionAct


@contextmanager
def recording(post, user, act, words=""):
    """Make a change to the post and its version together, or neither."""
    with transaction.atomic():
        store_present(post)
        yield
        record(post, user, act, words)


def record(post, user, act, words=""):
    """Store the post as it is now as its newest version."""
    contents = read_contents(post)
    last = post.revisions.first()
    changes = summarize_changes(json.loads(last.contents), json.loads(contents)) if last else ""
    Revision.objects.create(
        post=post, user=user, act=act, words=words, changes=changes[:250], contents=contents
    )
    surplus = post.revisions.values_list("pk", flat=True)[MOST_REVISIONS:]
    post.revisions.filter(pk__in=list(surplus)).delete()


def store_present(post, *, is_compared=False):
    """Store what a change would overwrite, if the history lacks it.

    Posts are older than their history. `is_compared` also looks for what changed since the newest
    version outside the form, as captions do.
    """
    last = post.revisions.first()
    if last is None or (is_compared and last.contents != read_contents(post)):
        record(post, None, RevisionAct.FOUND)
