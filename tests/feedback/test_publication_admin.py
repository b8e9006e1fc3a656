"""Staff publish answers."""

import pytest

from feedback.models import Publication
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "/admin/feedback/publication/add/"
LIST = "/admin/feedback/publication/"


def act(client, action, *publications):
    chosen = {"action": action, "_selected_action": [one.pk for one in publications]}
    return client.post(LIST, chosen, follow=True)


def test_the_link_from_the_desk_brings_text_and_answer_to_redact(staff_client):
    suggestion = factories.answered("Сделаем.", text="Откройте зал.", may_publish=True)
    page = staff_client.get(f"{ADD}?suggestion={suggestion.pk}").content.decode()
    assert "Откройте зал." in page
    assert "Сделаем." in page


def test_a_new_public_answer_is_not_public_yet(staff_client, client):
    suggestion = factories.answered(may_publish=True)
    data = {"suggestion": suggestion.pk, "title": "Зал", "text": "Откройте.", "answer": "Да."}
    staff_client.post(ADD, data)
    assert not Publication.objects.get().is_published


@pytest.mark.parametrize(
    "fields",
    [
        {"may_publish": False},
        {"may_publish": True, "is_restricted": True},
        {"may_publish": True, "status": "quarantine"},
    ],
)
def test_what_its_author_or_its_nature_keeps_private_cannot_be_chosen(staff_client, fields):
    suggestion = factories.suggestion(**fields)
    data = {"suggestion": suggestion.pk, "title": "Зал", "text": "Откройте.", "answer": "Да."}
    assert staff_client.post(ADD, data).status_code == 200
    assert not Publication.objects.exists()


def test_publishing_and_hiding_stand_in_the_history(staff_client):
    publication = factories.publication(published_at=None)
    act(staff_client, "publish", publication)
    publication.refresh_from_db()
    assert publication.is_published
    act(staff_client, "hide", publication)
    publication.refresh_from_db()
    assert not publication.is_published
    kinds = list(publication.suggestion.events.values_list("kind", flat=True))
    assert kinds == ["received", "published", "hidden"]


def test_publishing_twice_changes_nothing(staff_client):
    publication = factories.publication(published_at=None)
    act(staff_client, "publish", publication)
    act(staff_client, "publish", publication)
    assert publication.suggestion.events.filter(kind="published").count() == 1


@pytest.mark.parametrize("parameter", ["x", "9" * 5000, "-1"])
def test_a_wrong_suggestion_in_the_address_is_ignored(staff_client, parameter):
    assert staff_client.get(f"{ADD}?suggestion={parameter}").status_code == 200


@pytest.mark.parametrize(("text", "is_warned"), [("Анна Петровна права.", True), ("Да.", False)])
def test_what_looks_like_personal_data_is_pointed_out(staff_client, text, is_warned):
    suggestion = factories.answered(may_publish=True)
    data = {"suggestion": suggestion.pk, "title": "Зал", "text": text, "answer": "Да."}
    page = staff_client.post(ADD, data, follow=True).content.decode()
    assert ("похоже на личные данные: «Анна Петровна»" in page) == is_warned
