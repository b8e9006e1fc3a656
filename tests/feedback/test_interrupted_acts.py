"""Whatever is interrupted at whichever of its writes leaves everything as it was before."""

import datetime
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.storage import default_storage
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from feedback.desk.acts.catalogue import find_act
from feedback.desk.undo import undo
from feedback.erasure.purge import Reason, erase, erase_contact
from feedback.forms.author_actions import AUTHOR_ACTIONS
from feedback.history.verification import verify_history
from feedback.models import ActStep, Suggestion, SuggestionTopic
from tests import factories

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "DELETE")
WORDS = "Слова, которые есть только здесь."
STAFF_ACTS = {  # {name: (state before, entries of the form)}
    "taken_up": ("received", {}),
    "released": ("quarantine", {}),
    "question": ("received", {"words": WORDS}),
    "note": ("received", {"words": WORDS}),
    "forwarded": ("received", {"words": WORDS, "person": "staff"}),
    "assigned": ("received", {"person": "staff"}),
    "extended": ("received", {"words": WORDS, "days": "7"}),
    "answered": (
        "received",
        {"words": WORDS, "decision": "accepted", "promise": "Две", "promise_due": "today"},
    ),
    "declined": ("received", {"words": WORDS}),
    "fulfilled": ("promised", {"words": WORDS}),
    "cancelled": ("promised", {"words": WORDS}),
    "not_published": ("copied", {"words": WORDS}),
    "merged": ("received", {"number": "other"}),
    "separated": ("duplicate", {}),
    "topic_changed": ("received", {"topic": "topic"}),
    "restricted": ("received", {}),
    "opened_up": ("restricted", {}),
}
AUTHOR_ACTS = {  # likewise; the name is that of the address
    "reply": ("waiting", {"text": WORDS}),
    "reply apart": ("duplicate", {"text": WORDS}),
    "rate": ("answered", {"rating": "3"}),
    "reopen": ("answered", {"text": WORDS}),
    "withdraw": ("received", {}),
}
OTHERS = {  # {name: (state before, function of the suggestion and a member of staff)}
    "undo": ("acted", lambda row, staff: undo(ActStep.objects.get().key, staff)),
    "settle": ("duplicate of an answered", lambda row, staff: row.settle()),
    "erase": ("published", lambda row, staff: erase(row, Reason.DEMAND, staff)),
    "erase the address": ("answered", erase_contact),
    "publish": ("copied", lambda row, staff: row.publication.publish(staff)),
    "unpublish": ("published", lambda row, staff: row.publication.unpublish(staff, WORDS)),
}


class Died(BaseException):
    """The process has ended here."""


def dying_at(number, rest):
    """Replaces a statement by the end of the process: the write of this number, from 1."""

    def execute(call, sql, *arguments):
        if sql.lstrip().upper().startswith(WRITES):
            rest.append(sql)
            if len(rest) == number:
                raise Died
        return call(sql, *arguments)

    return connection.execute_wrapper(execute)


def snapshot():
    """All rows of the app, and whether their files exist."""
    models = apps.get_app_config("feedback").get_models()
    rows = {model: list(model.objects.order_by("pk").values()) for model in models}
    files = [row["file"] for row in rows[apps.get_model("feedback.Attachment")]]
    return rows, [default_storage.exists(file) for file in files]


def find_uninterrupted(act):
    """The number of writes of the act, each of which was tried as the last one."""
    before = snapshot()
    for number in range(1, 100):
        written = []
        try:
            with dying_at(number, written):
                act()
        except Died:
            assert snapshot() == before, f"after {written[-1][:80]}"
        else:
            break
    assert snapshot() != before
    verify_history()
    return number - 1


# What was before ----------------------------------------------------------------------------------


def prepare(state, staff):
    """A suggestion in the state, with a letter, a file and a draft wherever there can be one."""
    factories.attachment("0" * 64)
    fields = {"staging_hash": "0" * 64, "may_publish": True, **factories.contact()}
    if state in ("quarantine", "waiting", "restricted"):
        restricted = state == "restricted"
        fields |= {"is_restricted": True} if restricted else {"status": state}
    row = factories.suggestion(**fields)
    if state in ("answered", "promised", "copied", "published"):
        promise = ("Две", timezone.localdate()) if state != "answered" else None
        row.give_answer("Поставили.", staff, decision="accepted", promise=promise)
    if state in ("copied", "published"):
        published_at = timezone.now() if state == "published" else None
        factories.publication(suggestion=row, text=row.text, published_at=published_at)
    if state.startswith("duplicate"):
        merge(row, state, staff)
    if state == "acted":
        perform(row, staff, "answered")
    return Suggestion.objects.get(pk=row.pk)


def merge(row, state, staff):
    original = factories.suggestion()
    row.merge(original, staff)
    if state == "duplicate of an answered":
        original.now = lambda: timezone.now() - datetime.timedelta(minutes=2)
        original.give_answer("Поставили.", staff, decision="already")


def perform(row, staff, name):
    other = Suggestion.objects.exclude(pk=row.pk).first()
    topics = SuggestionTopic.objects.exclude(pk=row.topic_id)
    values = {
        "staff": staff.pk,
        "today": timezone.localdate().isoformat(),
        "topic": topics.values_list("pk", flat=True).first(),
        "other": other and other.number,
    }
    entries = {key: values.get(value, value) for key, value in STAFF_ACTS[name][1].items()}
    act = find_act(name)(row, staff, entries)
    assert admin.site.get_model_admin(Suggestion).perform(act), act.errors


@pytest.mark.parametrize("name", STAFF_ACTS)
def test_an_act_of_staff_happens_wholly_or_not_at_all(name):
    staff, state = factories.staff(), STAFF_ACTS[name][0]
    factories.suggestion()
    row = prepare(state, staff)
    assert find_uninterrupted(lambda: perform(reread(row), staff, name)) > 2


@pytest.mark.parametrize("name", AUTHOR_ACTS)
def test_an_act_of_the_author_happens_wholly_or_not_at_all(name):
    state, entries = AUTHOR_ACTS[name]
    row, key = prepare(state, factories.staff()), uuid4()

    def act():
        sent = QueryDict(urlencode({"key": str(key), "number": row.number, **entries}))
        form = AUTHOR_ACTIONS[name.split()[0]](reread(row), sent)
        assert form.save(), form.errors

    assert find_uninterrupted(act) > 2


@pytest.mark.parametrize("name", OTHERS)
def test_anything_else_happens_wholly_or_not_at_all(name):
    staff = factories.staff()
    state, act = OTHERS[name]
    row = prepare(state, staff)
    assert find_uninterrupted(lambda: act(reread(row), staff)) > 2


def reread(row):
    return Suggestion.objects.get(pk=row.pk)
