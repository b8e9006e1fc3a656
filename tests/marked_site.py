"""A site whose hidden rows carry marks, and the marks that a member of staff may read."""

import datetime
from types import SimpleNamespace
from uuid import uuid4

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from feedback.models import Mail, RateLimitCounter, Suggestion
from feedback.models.rate_limits import Scope
from news.models import Participation, PreviewLink
from tests import factories

DRAFT, ORDINARY, RESTRICTED, COPY = "markdraft", "markordinary", "markrestricted", "markcopy"
ACCOUNT = "markaccount"
RESTRICTED_SEQUENCE = 777123
HASHES = {ORDINARY: "0" * 64, RESTRICTED: "1" * 64}


def marked_site():
    """Rows of every model; `photo` is a draft's, `attachments` those of the suggestions."""
    factories.college()
    owner = factories.staff(username="owner", email=f"{ACCOUNT}@example.ru")
    Group.objects.create(name="Редакция")
    RateLimitCounter.add(Scope.TEXT, "key")
    draft = marked_draft()
    ordinary, restricted = marked_suggestion(ORDINARY), marked_suggestion(RESTRICTED)
    publishable = factories.suggestion(may_publish=True, text=f"{ORDINARY} publishable")
    Suggestion.objects.filter(pk=restricted.pk).update(
        is_restricted=True, sequence=RESTRICTED_SEQUENCE
    )
    copies = [
        marked_copy(ordinary, COPY, draft),
        marked_copy(restricted, RESTRICTED, draft),
    ]
    for row in (draft, *copies):
        log(owner, row)
    photo = factories.photo(post=draft, caption=f"{DRAFT} caption")
    return SimpleNamespace(
        draft=draft,
        photo=photo,
        publishable=publishable,
        attachments=[*ordinary.attachments.all(), *restricted.attachments.all()],
    )


def marked_draft():
    """The draft of an announcement with everything; a published report refers to it."""
    draft = factories.draft(
        kind="announcement",
        event_date=datetime.date(2026, 3, 2),
        topic=factories.topic(),
        **{name: f"{DRAFT} {name}" for name in ("title", "lead", "body", "place")},
        slug=f"{DRAFT}-slug",
    )
    factories.post(announcement=draft)
    factories.document(post=draft, title=f"{DRAFT} document")
    factories.video(draft, title=f"{DRAFT} video")
    Participation.objects.create(post=draft, partner=factories.partner())
    PreviewLink.issue(draft, None)
    return draft


def marked_suggestion(mark):
    """An answered suggestion with a contact, a file, a dialogue and a letter that failed."""
    factories.attachment(HASHES[mark], name=f"{mark}.jpg")
    suggestion = factories.suggestion(
        staging_hash=HASHES[mark],
        text=f"{mark} text",
        email=f"{mark}@example.ru",
        consent=factories.consent(),
        consented_at=timezone.now(),
        suspicion=f"{mark} suspicion",
        may_publish=True,
    )
    suggestion.reply(f"{mark} reply", uuid4())
    suggestion.give_answer(f"{mark} answer", None)
    Mail.objects.filter(event__suggestion=suggestion).update(last_error="450")
    return suggestion


def marked_copy(suggestion, mark, draft):
    words = {name: f"{mark} {name}" for name in ("title", "text", "answer")}
    return factories.publication(
        suggestion=suggestion, published_at=None, result_post=draft, **words
    )


def log(user, row):
    """Note in the admin's log that the user changed the row."""
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        object_repr=str(row),
        action_flag=CHANGE,
    )


def hidden_marks(codenames, site):
    """The marks that staff with these permissions must not find anywhere.

    As in the admin, the permission to change rows includes that to view them.
    """
    viewed = {name.partition("_")[2] for name in codenames if name.startswith(("view", "change"))}
    if "view_post" not in codenames and not {"change_post", "publish_post"} <= {*codenames}:
        viewed.discard("post")  # authors see their own posts, and none here is theirs
    if "queue" not in viewed:
        viewed.discard("suggestion")  # without the queue one sees own ones, and none here is theirs
    hidden = {
        "post": {DRAFT, site.photo.key},
        "publication": {COPY},
        "suggestion": {ORDINARY},
        "user": {ACCOUNT},
    }
    marks = set().union(*(hidden[name] for name in hidden.keys() - viewed))
    if not {"suggestion", "restricted"} <= viewed:
        marks |= {RESTRICTED, str(RESTRICTED_SEQUENCE)}
    return marks
