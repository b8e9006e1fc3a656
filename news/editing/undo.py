"""Takes back what was done last with posts of the list, unless they have changed since."""

import json
from typing import NamedTuple

from django.db import transaction

from news.history.recording import recording
from news.models import Post, UndoStep
from news.models.editing.revisions import RevisionAct

FIELDS = (
    "published_at",
    "withdrawn_from",
    "topic",
    "deleted_at",
    "deleted_by",
    "published_before_deletion",
    "submitted_at",
    "review_note",
    "returned_at",
    "return_reason",
)
CHANGED = "её с\u00a0тех пор изменили"
GONE = "её удалили навсегда"
FORBIDDEN = "у\u00a0вас нет на\u00a0это права"


class Outcome(NamedTuple):
    """The posts that are as before, and pairs of a title and why that is not."""

    undone: list
    refused: list


def read_fields(post):
    return {name: Post._meta.get_field(name).value_from_object(post) for name in FIELDS}


def store_step(user, act, words, changes):
    """Remember the step of a user; `changes` are pairs of a post and its read_fields() before."""
    rows = [
        {"key": post.pk, "title": post.title, "version": post.version, "fields": fields}
        for post, fields in changes
    ]
    posts = json.dumps(rows, ensure_ascii=False, default=lambda moment: moment.isoformat())
    UndoStep.objects.filter(user=user).delete()
    return UndoStep.objects.create(user=user, act=act, words=words, posts=posts)


def take_step(user, key):
    """The user's step with this key, which cannot be taken again; None if it is gone or old."""
    steps = UndoStep.objects.current().filter(user=user, key=key)
    with transaction.atomic():
        step = steps.select_for_update().first()
        if step:
            step.delete()
    return step


def undo(step, user, may_undo):
    """The Outcome for each post of the step; `may_undo(act, post)` asks for the right again."""
    outcome = Outcome([], [])
    for row in json.loads(step.posts):
        post, objection = undo_post(step, row, user, may_undo)
        if objection:
            outcome.refused.append((row["title"], objection))
        else:
            outcome.undone.append(post)
    return outcome


def undo_post(step, row, user, may_undo):
    """(post, "") if it is as before, else (None, why not)."""
    with transaction.atomic():
        post = Post.objects.select_for_update().filter(pk=row["key"]).first()
        if post is None:
            return None, GONE
        if post.version != row["version"]:
            return None, CHANGED
        if not may_undo(step.act, post):
            return None, FORBIDDEN
        with recording(post, user, RevisionAct.UNDONE, step.words):
            write_fields(post, row["fields"])
        return post, ""


def write_fields(post, fields):
    for name, value in fields.items():
        field = Post._meta.get_field(name)
        setattr(post, field.attname, field.to_python(value))
    post.save(update_fields=[*fields, "updated_at"])
