"""Words that are not sent yet are kept; who else has the page open is told."""

import datetime
import json

import pytest
import time_machine
from django.utils import timezone

from feedback.desk.drafts import delete_expired_desk_row
from feedback.erasure.purge import Reason, erase
from feedback.models import ActDraft, ActStep, Suggestion
from tests import factories
from tests.feedback.suggestion_admin import LIST, RIGHTS, act, enter, page_of

pytestmark = pytest.mark.django_db
WORDS = "Поставим три лавочки к маю."


@pytest.fixture
def worker(client):
    return enter(client, *RIGHTS, first_name="Анна", last_name="Петрова")


@pytest.fixture
def suggestion():
    return factories.suggestion()


def keep(client, user, suggestion, entries=None, **message):
    message = {"user": user.pk, "act": "answered", "entries": entries or {}, **message}
    address = f"{LIST}{suggestion.pk}/draft/"
    return client.post(address, json.dumps(message), content_type="application/json")


def write(client, user, suggestion, words=WORDS):
    return keep(client, user, suggestion, {"answered": {"words": words}})


def test_what_was_written_is_there_when_the_page_is_opened_again(client, worker, suggestion):
    assert write(client, worker, suggestion).status_code == 200
    page = client.get(page_of(suggestion)).content.decode()
    assert f"{WORDS}</textarea>" in page
    assert "Не отправлено, сохранено" in page


def test_acts_have_drafts_of_their_own(client, worker, suggestion):
    write(client, worker, suggestion)
    keep(client, worker, suggestion, {"note": {"words": "Позвонить."}})
    keep(client, worker, suggestion, {"answered": None})
    assert ActDraft.objects.get().by_act == {"note": {"words": "Позвонить."}}


def test_the_act_that_was_asked_for_opens_beside_drafts_of_others(
    client, worker, suggestion, read_page
):
    """Of acts with one name the browser opens the first only."""
    keep(client, worker, suggestion, {"note": {"words": "Позвонить."}})
    for address, name in (("act/forwarded/", "forwarded"), ("change/", "note")):
        page = read_page(client.get(f"{LIST}{suggestion.pk}/{address}")).root
        opened = [each["data-act"] for each in page.all("details") if "open" in each.attributes]
        assert opened == [name]


def test_a_performed_act_leaves_no_draft(client, worker, suggestion):
    write(client, worker, suggestion)
    act(client, suggestion, "answered", WORDS)
    assert ActDraft.objects.get().entries == ""


def test_a_draft_that_comes_later_than_its_form_is_not_stored(client, worker, suggestion):
    act(client, suggestion, "note", WORDS)
    keep(client, worker, suggestion, {"note": {"words": WORDS}})
    assert ActDraft.objects.get().entries == ""


def test_words_for_an_act_that_is_not_possible_any_more_stay_readable(client, worker, suggestion):
    write(client, worker, suggestion)
    suggestion.give_answer("Уже ответили.", factories.staff())
    page = client.get(page_of(suggestion)).content.decode()
    assert f"{WORDS}</textarea>" in page
    assert "сделать это уже нельзя" in page


def test_the_writer_can_discard_a_draft(client, worker, suggestion):
    write(client, worker, suggestion)
    act(client, suggestion, "answered", WORDS, _discard="")
    assert ActDraft.objects.get().entries == ""
    assert Suggestion.objects.get().status == "received"


def test_nobody_reads_the_draft_of_a_colleague(client, worker, suggestion):
    write(client, worker, suggestion)
    enter(client, *RIGHTS)
    assert WORDS not in client.get(page_of(suggestion)).content.decode()


def test_a_colleague_sees_who_is_answering(client, worker, suggestion):
    write(client, worker, suggestion)
    other = enter(client, *RIGHTS)
    assert "Сейчас отвечает Анна Петрова." in client.get(page_of(suggestion)).content.decode()
    present = keep(client, other, suggestion, act="").json()["present"]
    assert present == ["Сейчас отвечает Анна Петрова."]


@pytest.mark.parametrize("ending", ["left", "silent"])
def test_who_left_is_not_told_as_present(client, worker, suggestion, ending):
    keep(client, worker, suggestion, left=ending == "left")
    enter(client, *RIGHTS)
    later = timezone.now() + datetime.timedelta(seconds=91 if ending == "silent" else 1)
    with time_machine.travel(later, tick=False):
        assert client.get(page_of(suggestion)).context["present"] == []


def test_a_change_by_a_colleague_refuses_an_answer_once_and_shows_it(client, worker, suggestion):
    seen = suggestion.events.get().position
    suggestion.note("Завхоз против.", factories.staff())
    page = act(client, suggestion, "answered", WORDS, seen=seen).content.decode()
    assert "Пока вы писали" in page
    assert f"{WORDS}</textarea>" in page
    assert Suggestion.objects.get().status == "received"
    act(client, suggestion, "answered", WORDS, seen=suggestion.events.last().position)
    assert Suggestion.objects.get().status == "answered"


def test_a_note_is_stored_whatever_happened_meanwhile(client, worker, suggestion):
    seen = suggestion.events.get().position
    suggestion.note("Завхоз против.", factories.staff())
    act(client, suggestion, "note", "Уговорим.", seen=seen)
    assert suggestion.events.filter(text="Уговорим.").exists()


@pytest.mark.parametrize("body", ["", "[]", "{", '{"entries": 1}', '{"entries": {"a": [1]}}'])
def test_a_message_that_cannot_be_read_is_refused(client, worker, suggestion, body):
    address = f"{LIST}{suggestion.pk}/draft/"
    response = client.post(address, body, content_type="application/json")
    assert response.status_code in (403, 422)
    assert not ActDraft.objects.exists()


def test_a_page_of_another_user_stores_nothing(client, worker, suggestion):
    assert write(client, factories.staff(), suggestion).status_code == 403
    assert not ActDraft.objects.exists()


def test_a_draft_of_a_hidden_suggestion_is_like_one_of_none(client, worker):
    hidden = factories.suggestion(is_restricted=True)
    assert write(client, worker, hidden).status_code == 404
    hidden.pk = 999_999
    assert write(client, worker, hidden).status_code == 404


def test_erasure_leaves_no_words_of_staff(client, worker, suggestion):
    write(client, worker, suggestion)
    act(client, suggestion, "note", "Звонила мама Пети.")
    erase(suggestion, Reason.DEMAND)
    assert not ActDraft.objects.exists()
    assert not ActStep.objects.exists()


def test_old_drafts_and_steps_are_deleted_by_the_worker(client, worker, suggestion):
    write(client, worker, suggestion)
    act(client, suggestion, "note", "Позвонить.")
    assert not delete_expired_desk_row()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=31), tick=False):
        assert delete_expired_desk_row()
        assert delete_expired_desk_row()
        assert not delete_expired_desk_row()
