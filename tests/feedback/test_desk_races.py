"""What happens while somebody at the desk waits for the lock of a suggestion."""

import json

import pytest

from feedback.erasure.purge import Reason, erase
from feedback.history.verification import verify_history
from feedback.models import ActDraft, ActStep, Mail, Publication, Suggestion
from tests import factories
from tests.feedback.suggestion_admin import LIST, RIGHTS, act, enter

pytestmark = pytest.mark.django_db
NAME = "Аделаида"


@pytest.fixture
def meanwhile(monkeypatch):
    """A function: what it is given happens right before the next lock of a suggestion."""
    lock = Suggestion.objects.select_for_update

    def let_happen(event):
        def wait(*arguments, **options):
            monkeypatch.setattr(Suggestion.objects, "select_for_update", lock)
            event()
            return lock(*arguments, **options)

        monkeypatch.setattr(Suggestion.objects, "select_for_update", wait)

    return let_happen


@pytest.fixture
def worker(client):
    return enter(client, *RIGHTS)


def undo(client):
    return client.post(f"{LIST}undo/{ActStep.objects.get().key}/", follow=True)


def state():
    return Suggestion.objects.values_list("status", "answer", "is_extended").get()


# Undo ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("worker")
def test_a_second_click_on_undo_takes_back_nothing_more(client, meanwhile):
    suggestion = factories.suggestion()
    act(client, suggestion, "question", "Где?")
    meanwhile(lambda: undo(client))
    assert "с тех пор" in undo(client).content.decode()
    kinds = list(suggestion.events.order_by("position").values_list("kind", flat=True))
    assert kinds == ["received", "question", "undone"]


@pytest.mark.usefixtures("worker")
def test_undo_takes_back_no_act_of_another_tab(client, meanwhile):
    suggestion = factories.suggestion()
    act(client, suggestion, "extended", "Ждём завод.")
    meanwhile(lambda: act(client, suggestion, "answered", "Поставили."))
    undo(client)
    assert state() == ("answered", "Поставили.", True)
    undo(client)
    assert state() == ("received", "", True)
    verify_history()


# Erasure ------------------------------------------------------------------------------------------


def test_a_draft_that_arrives_during_the_erasure_is_not_stored(client, worker, meanwhile):
    suggestion = factories.suggestion()
    meanwhile(lambda: erase(suggestion, Reason.DEMAND))
    words = {"user": worker.pk, "entries": {"note": {"words": f"Звонила {NAME}."}}}
    address = f"{LIST}{suggestion.pk}/draft/"
    response = client.post(address, json.dumps(words), content_type="application/json")
    assert response.status_code == 404
    assert not ActDraft.objects.exists()


def send_copy(client, address, suggestion, button="_save"):
    entries = {"suggestion": suggestion.pk, "title": NAME, "text": suggestion.text, "answer": ""}
    return client.post(address, {**entries, button: "1"})


@pytest.mark.parametrize("button", ["_save", "_publish"])
def test_no_public_copy_is_made_of_what_is_being_erased(staff_client, meanwhile, button):
    suggestion = factories.suggestion(may_publish=True, text=f"{NAME} просит лавочку.")
    meanwhile(lambda: erase(suggestion, Reason.DEMAND))
    response = send_copy(staff_client, "/admin/feedback/publication/add/", suggestion, button)
    assert "публиковать больше нечего" in response.content.decode()
    assert not Publication.objects.exists()


def test_a_public_copy_does_not_come_back_after_the_erasure(staff_client, meanwhile):
    copy = factories.publication(published_at=None)
    meanwhile(lambda: erase(copy.suggestion, Reason.DEMAND))
    address = f"/admin/feedback/publication/{copy.pk}/change/"
    response = send_copy(staff_client, address, copy.suggestion)
    assert "публиковать больше нечего" in response.content.decode()
    assert not Publication.objects.exists()


def test_a_published_copy_that_outlives_its_original_can_be_edited(staff_client):
    copy = factories.publication()
    erase(copy.suggestion, Reason.TERM)
    entries = {"title": "Лавочки", "text": copy.text, "answer": "Стоят.", "note": "Уточнили."}
    staff_client.post(f"/admin/feedback/publication/{copy.pk}/change/", entries)
    assert Publication.objects.get().answer == "Стоят."


def test_what_was_erased_is_not_offered_for_publication():
    erase(factories.answered(may_publish=True), Reason.TERM)
    assert not Suggestion.objects.publishable().exists()


# The same form once more --------------------------------------------------------------------------


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("name", ["note", "question", "forwarded", "answered", "declined"])
def test_a_form_sent_again_after_its_answer_was_lost_acts_once(client, name):
    suggestion = factories.suggestion(**factories.contact())
    seen = suggestion.events.get().position
    for _ in range(2):
        assert act(client, suggestion, name, "Слова.\r\nЕщё.", seen=seen).status_code == 302
    assert suggestion.events.filter(kind=name).count() == 1
    assert Mail.objects.filter(event__kind=name).count() == (name != "note")


@pytest.mark.usefixtures("worker")
def test_the_same_words_from_a_page_opened_later_are_another_act(client):
    suggestion = factories.suggestion()
    for _ in range(2):
        seen = suggestion.events.order_by("position").last().position
        act(client, suggestion, "note", "Не дозвонились.", seen=seen)
    assert suggestion.events.filter(kind="note").count() == 2


@pytest.mark.usefixtures("worker")
def test_words_that_were_taken_back_are_sent_again(client):
    suggestion = factories.suggestion()
    seen = suggestion.events.get().position
    act(client, suggestion, "question", "Где?", seen=seen)
    undo(client)
    act(client, suggestion, "question", "Где?", seen=seen)
    assert Suggestion.objects.get().status == "waiting"
