"""Personal data is destroyed in the admin: by whom it may, after a question, with papers."""

import pytest
from django.test import Client
from django.utils import timezone

from feedback.models import Event, Suggestion
from tests import factories
from tests.feedback.suggestion_admin import LIST, enter

pytestmark = pytest.mark.django_db
HEAD = ("view_suggestion", "view_queue", "purge_suggestion")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("feedback.admin.desk.erasure.destroy_remains", lambda: True)
    return tmp_path / "acts"


def send(client, *suggestions, action="purge_selected", **entries):
    keys = [suggestion.pk for suggestion in suggestions]
    entries = {"action": action, "_selected_action": keys, **entries}
    return client.post(LIST, entries, follow=True)


def test_the_head_is_asked_first_and_nothing_is_destroyed(client):
    enter(client, *HEAD)
    page = send(client, suggestion := factories.suggestion()).content.decode()
    assert "Вернуть их не сможет никто" in page
    assert suggestion.number in page
    assert not Event.objects.filter(kind="erased").exists()


def test_a_confirmed_purge_destroys_and_offers_the_papers(client, folder):
    user = enter(client, *HEAD)
    page = send(client, factories.suggestion(), confirmed="yes").content.decode()
    assert Event.objects.get(kind="erased").staff == user
    assert Suggestion.objects.get().status == "withdrawn"
    for path in folder.iterdir():
        assert f'href="{LIST}papers/{path.name}"' in page
        response = client.get(f"{LIST}papers/{path.name}")
        assert b"".join(response) == path.read_bytes()
        assert "no-store" in response.headers["Cache-Control"]


def test_the_address_alone_can_be_erased(client):
    enter(client, *HEAD)
    suggestion = factories.suggestion(
        email="a@example.ru", consent=factories.consent(), consented_at=timezone.now()
    )
    send(client, suggestion, action="erase_contacts", confirmed="yes")
    assert Suggestion.objects.get().email == ""
    assert Suggestion.objects.get().text == suggestion.text


@pytest.mark.parametrize("action", ["purge_selected", "erase_contacts"])
@pytest.mark.parametrize(
    "rights", [("view_suggestion", "view_queue", "change_suggestion"), HEAD[1:]]
)
def test_nobody_else_can_destroy_anything(client, rights, action):
    enter(client, *rights)
    send(client, factories.suggestion(), action=action, confirmed="yes")
    assert Event.objects.count() == 1


def test_a_restricted_suggestion_is_out_of_reach_without_its_permission(client):
    enter(client, *HEAD)
    send(client, factories.suggestion(is_restricted=True), confirmed="yes")
    assert Event.objects.count() == 1


def test_the_papers_are_for_those_who_may_purge(client, folder):
    enter(client, *HEAD)
    send(client, factories.suggestion(), confirmed="yes")
    [name, _] = sorted(path.name for path in folder.iterdir())
    enter(other := Client(), "view_suggestion", "view_queue", "change_suggestion")
    assert other.get(f"{LIST}papers/{name}").status_code == 403
    assert Client().get(f"{LIST}papers/{name}").status_code == 302


@pytest.mark.parametrize("name", ["akt-1.pdf", "secret_key", "akt-..pdf"])
def test_no_other_file_comes_out_of_the_address_of_papers(client, name):
    enter(client, *HEAD)
    assert client.get(f"{LIST}papers/{name}").status_code == 404
