"""Merging duplicates on the page of a suggestion."""

import datetime

import pytest
from django.utils import timezone

from college_site.accounts.roles import RESPONSIBLE
from feedback.models import ActStep, Mail, Suggestion
from tests import factories
from tests.feedback.suggestion_admin import RIGHTS, act, enter, page_of

pytestmark = pytest.mark.django_db
NEW_PAGE = "Поставьте в коридоре автомат с водой и стаканчики."


@pytest.fixture
def worker(client):
    return enter(client, *RIGHTS)


@pytest.fixture
def topic():
    return factories.suggestion_topic()


def test_one_click_merges_with_a_similar_suggestion(client, worker, topic):
    original = factories.suggestion(topic=topic, text="Нужен автомат с водой и стаканчики.")
    duplicate = factories.suggestion(topic=topic, text=NEW_PAGE)
    page = client.get(page_of(duplicate)).content.decode()
    assert f"Объединить с {original}" in page
    response = act(client, duplicate, "merged", number=original.number)
    assert response.status_code == 302
    assert Suggestion.objects.get(pk=duplicate.pk).duplicate_of == original


def test_an_act_from_before_the_merging_cannot_be_undone(client, worker):
    original, duplicate = factories.suggestion(), factories.suggestion()
    for row in (original, duplicate):
        act(client, row, "taken_up")
    act(client, duplicate, "merged", number=original.number)
    assert not ActStep.objects.exists()


def test_the_letter_about_a_merging_waits_for_a_minute(client, worker):
    original, duplicate = factories.suggestion(), factories.suggestion(**factories.contact())
    act(client, duplicate, "merged", number=original.number)
    mail = Mail.objects.get(event__kind="merged")
    assert mail.due_at > timezone.now() + datetime.timedelta(seconds=30)
    act(client, duplicate, "separated")
    assert not Mail.objects.filter(event__kind__in=("merged", "separated")).exists()


def test_both_pages_link_to_each_other(client, worker):
    original, duplicate = factories.suggestion(), factories.suggestion()
    duplicate.merge(original, worker)
    page = client.get(page_of(duplicate)).content.decode()
    assert "Ждёт ответа на" in page
    assert page_of(original) in page
    page = client.get(page_of(original)).content.decode()
    assert "Тот же ответ, а потом и итог обещания получат авторы похожих предложений" in page
    assert page_of(duplicate) in page


@pytest.mark.parametrize("number", ["", "2026", "2026-999", "№ 1"])
def test_a_wrong_number_is_explained_beside_its_field(client, worker, number):
    response = act(client, factories.suggestion(), "merged", number=number)
    assert response.context["sent"].errors["number"]
    assert not Suggestion.objects.filter(status="merged").exists()


@pytest.mark.parametrize("written", ["№ {}", " {} ", "{}"])
def test_a_number_is_understood_as_people_write_it(client, worker, written):
    original, duplicate = factories.suggestion(), factories.suggestion()
    act(client, duplicate, "merged", number=written.format(original.number))
    assert Suggestion.objects.get(pk=duplicate.pk).duplicate_of == original


def test_an_answered_suggestion_offers_no_merging(client, worker, topic):
    factories.answered(topic=topic, text="Нужен автомат с водой и стаканчики.")
    page = client.get(page_of(factories.suggestion(topic=topic, text=NEW_PAGE))).content.decode()
    assert "Похожие предложения" in page
    assert "Объединить с №" not in page


def test_a_merged_suggestion_offers_to_be_separated(client, worker):
    original, duplicate = factories.suggestion(), factories.suggestion()
    duplicate.merge(original, worker)
    page = client.get(page_of(duplicate)).content.decode()
    assert "Разъединить" in page
    assert "Ответить</summary>" not in page
    act(client, duplicate, "separated")
    assert Suggestion.objects.get(pk=duplicate.pk).status == "received"


def test_a_suggestion_of_others_cannot_be_named_by_its_number(client):
    person = factories.member(RESPONSIBLE)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    hidden = factories.suggestion()
    mine = factories.suggestion(topic=factories.suggestion_topic(responsible=person))
    response = act(client, mine, "merged", number=hidden.number)
    assert "нет среди тех" in str(response.context["sent"].errors["number"])


def test_duplicates_of_others_are_not_shown(client):
    person = factories.member(RESPONSIBLE)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    mine = factories.suggestion(topic=factories.suggestion_topic(responsible=person))
    hidden = factories.suggestion(text="Текст чужой темы.")
    hidden.merge(mine, factories.staff())
    assert "Текст чужой темы." not in client.get(page_of(mine)).content.decode()
