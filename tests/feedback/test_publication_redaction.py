"""Blacking out in the form of a public answer, and what its author is told."""

import pytest
from django.core.exceptions import ValidationError

from feedback.mail.outbox import build_message
from feedback.models import Mail, Publication, Suggestion
from tests import factories
from tests.feedback.suggestion_admin import act

pytestmark = pytest.mark.django_db
ADD = "/admin/feedback/publication/add/"
TEXT = "Иванов И. И., Анна Петровна и Дима Козлов из ТМ-21 курят у входа. Звоните 8 927 123-45-67."
CLEAN = "[имя], [имя] и [имя] из [группа] курят у входа. Звоните [телефон]."
NOTE = "закрыты имена, телефоны, номера групп, чтобы никого нельзя было узнать."


@pytest.fixture
def suggestion():
    return factories.answered("Поставим урну.", text=TEXT, may_publish=True, **factories.contact())


def enter_words(suggestion, button, **entries):
    words = {"title": "Курение у входа", "text": TEXT, "answer": "Поставим урну."}
    return {"suggestion": suggestion.pk, **words, button: "1", **entries}


def form_of(response):
    return response.context["adminform"].form


def test_the_original_stands_beside_the_copy_with_marked_words(staff_client, suggestion):
    page = staff_client.get(f"{ADD}?suggestion={suggestion.pk}").content.decode()
    assert "<mark>Анна Петровна</mark>" in page
    assert "<mark>ТМ-21</mark>" in page
    assert 'value="Закрасить всё найденное"' in page


def test_one_button_closes_everything_and_saves_nothing(staff_client, suggestion):
    response = staff_client.post(ADD, enter_words(suggestion, "_redact_all", title=""))
    form = form_of(response)
    assert (form["text"].value(), form["note"].value()) == (CLEAN, NOTE)
    assert not form.errors
    assert not Publication.objects.exists()
    assert "<mark>Анна Петровна</mark>" in response.content.decode()


def test_ticked_words_only_are_closed(staff_client, suggestion):
    sent = enter_words(suggestion, "_redact", redact=["Анна Петровна", "ТМ-21"])
    text = form_of(staff_client.post(ADD, sent))["text"].value()
    assert text == TEXT.replace("Анна Петровна", "[имя]").replace("ТМ-21", "[группа]")


def test_all_public_words_are_closed(staff_client, suggestion):
    words = {"title": "О чём просит Анна Петровна", "answer": "Анна Петровна, поставим урну."}
    form = form_of(staff_client.post(ADD, enter_words(suggestion, "_redact_all", **words)))
    assert form["title"].value() == "О чём просит [имя]"
    assert form["answer"].value() == "[имя], поставим урну."


def test_words_that_staff_wrote_to_the_author_stay(staff_client, suggestion):
    sent = enter_words(suggestion, "_redact_all", note="Убрали имена и сократили.")
    assert form_of(staff_client.post(ADD, sent))["note"].value() == "Убрали имена и сократили."


def test_a_stored_copy_is_redacted_without_saving(staff_client, suggestion):
    copy = factories.publication(suggestion=suggestion, text=TEXT, published_at=None)
    address = f"/admin/feedback/publication/{copy.pk}/change/"
    response = staff_client.post(address, enter_words(suggestion, "_redact_all"))
    assert form_of(response)["text"].value() == CLEAN
    assert Publication.objects.get().text == TEXT


def test_nothing_found_is_said(staff_client):
    suggestion = factories.answered(may_publish=True)
    page = staff_client.get(f"{ADD}?suggestion={suggestion.pk}").content.decode()
    assert "портал не нашёл" in page
    assert "Закрасить" not in page.replace("Закрасить:", "")


# What the author is told --------------------------------------------------------------------------


def test_the_author_reads_what_was_changed_and_why(staff_client, suggestion):
    staff_client.post(ADD, enter_words(suggestion, "_publish", text=CLEAN, note=NOTE))
    event = suggestion.events.get(kind="published")
    assert event.text == f"Опубликовано с изменениями: {NOTE}"
    message = build_message(Mail.objects.get(event=event))
    assert event.text in message.body
    assert f"/feedback/answers/{suggestion.number}/" in message.body


def test_a_changed_text_without_a_word_to_the_author_is_not_published(staff_client, suggestion):
    response = staff_client.post(ADD, enter_words(suggestion, "_publish", text=CLEAN))
    assert "Напишите, что изменили и почему" in str(form_of(response).errors["note"])
    assert not Publication.objects.exists()


def test_an_unchanged_text_needs_no_word_to_the_author(staff_client):
    suggestion = factories.answered(may_publish=True)
    sent = enter_words(suggestion, "_publish", text=suggestion.text.replace("\n", "\r\n"))
    staff_client.post(ADD, sent)
    assert suggestion.events.get(kind="published").text == ""


def test_a_change_of_what_is_public_is_told_as_well(staff_client, suggestion):
    copy = factories.publication(suggestion=suggestion, text=CLEAN)
    address = f"/admin/feedback/publication/{copy.pk}/change/"
    sent = enter_words(suggestion, "_save", text="Курят у входа.")
    assert "note" in form_of(staff_client.post(address, sent)).errors
    staff_client.post(address, {**sent, "note": "Сократили."})
    event = suggestion.events.get(kind="published")
    assert event.text == "Опубликовано с изменениями: Сократили."


def test_taking_it_off_the_site_needs_a_reason(staff_client, suggestion):
    copy = factories.publication(suggestion=suggestion, text=CLEAN)
    address = f"/admin/feedback/publication/{copy.pk}/change/"
    sent = enter_words(suggestion, "_withdraw", text=CLEAN)
    assert "почему снимаете" in str(form_of(staff_client.post(address, sent)).errors["note"])
    staff_client.post(address, {**sent, "note": "Человек узнаётся и без имени."})
    assert suggestion.events.get(kind="hidden").text == "Человек узнаётся и без имени."


def test_a_refused_publication_is_told_with_its_reason(staff_client, suggestion):
    act(staff_client, suggestion, "not_published", "Здесь узнают человека и без имени.")
    event = suggestion.events.get(kind="not_published")
    assert event.text == "Не опубликовано: Здесь узнают человека и без имени."
    assert event.text in build_message(Mail.objects.get(event=event)).body
    act(staff_client, suggestion, "not_published", "Ещё раз.")
    assert suggestion.events.filter(kind="not_published").count() == 1


# The author's permission --------------------------------------------------------------------------


@pytest.mark.parametrize("fields", [{"may_publish": False}, {"is_restricted": True}])
def test_the_model_publishes_nothing_that_is_not_allowed(suggestion, fields):
    copy = factories.publication(suggestion=suggestion, text=TEXT, published_at=None)
    Suggestion.objects.update(**fields)
    with pytest.raises(ValidationError, match="не разрешил"):
        copy.publish(factories.staff())
    assert not Publication.objects.get().is_published


def test_a_row_without_permission_is_shown_to_nobody(client, suggestion):
    factories.publication(suggestion=suggestion)
    Suggestion.objects.update(may_publish=False)
    assert not Publication.objects.published().exists()
    assert client.get(f"/feedback/answers/{suggestion.number}/").status_code == 404


@pytest.mark.parametrize("fields", [{"may_publish": False}, {"is_restricted": True}])
def test_there_is_nothing_to_refuse_without_permission(suggestion, fields):
    Suggestion.objects.update(**fields)
    with pytest.raises(ValidationError):
        suggestion.refuse_publication("Нет.", factories.staff())
