"""Public answers in the admin."""

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from feedback.forms.publication import PublicationForm
from feedback.models import Publication, Suggestion
from tests import factories
from tests.feedback.suggestion_admin import enter

pytestmark = pytest.mark.django_db
ADD = "/admin/feedback/publication/add/"
LIST = "/admin/feedback/publication/"


def act(client, action, *publications):
    chosen = {"action": action, "_selected_action": [one.pk for one in publications]}
    return client.post(LIST, chosen, follow=True)


def test_the_add_form_is_prefilled_with_text_and_answer(staff_client):
    suggestion = factories.answered("Сделаем.", text="Откройте зал.", may_publish=True)
    page = staff_client.get(f"{ADD}?suggestion={suggestion.pk}").content.decode()
    assert "Откройте зал." in page
    assert "Сделаем." in page


def test_a_new_publication_is_saved_as_a_draft(staff_client, client):
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
def test_private_restricted_and_quarantined_suggestions_cannot_be_chosen(staff_client, fields):
    suggestion = factories.suggestion(**fields)
    data = {"suggestion": suggestion.pk, "title": "Зал", "text": "Откройте.", "answer": "Да."}
    assert staff_client.post(ADD, data).status_code == 200
    assert not Publication.objects.exists()


def test_publishing_and_hiding_are_recorded(staff_client):
    publication = factories.publication(published_at=None)
    act(staff_client, "publish", publication)
    publication.refresh_from_db()
    assert publication.is_published
    act(staff_client, "unpublish", publication)
    publication.refresh_from_db()
    assert not publication.is_published
    kinds = list(publication.suggestion.events.values_list("kind", flat=True))
    assert kinds == ["received", "published", "hidden"]


def test_concurrent_publishing_is_recorded_once():
    publication = factories.publication(published_at=None)
    same = Publication.objects.get()
    assert [publication.publish(None), same.publish(None)] == [True, False]
    assert publication.suggestion.events.filter(kind="published").count() == 1


def test_publishing_twice_is_recorded_once(staff_client):
    publication = factories.publication(published_at=None)
    act(staff_client, "publish", publication)
    act(staff_client, "publish", publication)
    assert publication.suggestion.events.filter(kind="published").count() == 1


@pytest.mark.parametrize("parameter", ["x", "9" * 5000, "-1"])
def test_an_invalid_suggestion_parameter_is_ignored(staff_client, parameter):
    assert staff_client.get(f"{ADD}?suggestion={parameter}").status_code == 200


@pytest.mark.parametrize(("text", "is_warned"), [("Анна Петровна права.", True), ("Да.", False)])
def test_saving_warns_about_possible_personal_data(staff_client, text, is_warned):
    suggestion = factories.answered(may_publish=True)
    data = {"suggestion": suggestion.pk, "title": "Зал", "text": text, "answer": "Да."}
    page = staff_client.post(ADD, data, follow=True).content.decode()
    assert ("похоже на личные данные: «Анна Петровна»" in page) == is_warned


# Change form --------------------------------------------------------------------------------------


def page_of(publication):
    return f"{LIST}{publication.pk}/change/"


def save(client, publication, button, **entries):
    words = {"title": publication.title, "text": publication.text, "answer": publication.answer}
    return client.post(page_of(publication), {**words, button: "1", **entries}, follow=True)


def test_the_publish_button_publishes_and_confirms(staff_client):
    publication = factories.publication(published_at=None)
    assert "Опубликовать сейчас" in staff_client.get(page_of(publication)).content.decode()
    page = save(staff_client, publication, "_publish").content.decode()
    assert f"«{publication.title}» теперь видно всем." in page
    assert Publication.objects.get().is_published
    kinds = list(publication.suggestion.events.values_list("kind", flat=True))
    assert kinds == ["received", "published"]


def test_a_new_publication_can_be_published_immediately(staff_client):
    suggestion = factories.answered(may_publish=True)
    data = {"suggestion": suggestion.pk, "title": "Зал", "text": suggestion.text, "answer": "Да."}
    staff_client.post(ADD, {**data, "_publish": "1"})
    assert Publication.objects.get().is_published


def test_the_withdraw_button_unpublishes(staff_client):
    publication = factories.publication()
    assert "Опубликовать сейчас" not in staff_client.get(page_of(publication)).content.decode()
    save(staff_client, publication, "_withdraw", note="Проверим ещё раз.")
    assert not Publication.objects.get().is_published


def test_possible_personal_data_blocks_publishing_until_confirmed(staff_client):
    publication = factories.publication(published_at=None, text="Анна Петровна права.")
    page = save(staff_client, publication, "_publish").content.decode()
    assert "похоже на личные данные: «Анна Петровна»" in page
    assert not Publication.objects.get().is_published
    save(staff_client, publication, "_publish", is_checked="on", note="Сократили.")
    assert Publication.objects.get().is_published


def test_possible_personal_data_blocks_edits_of_a_published_answer(staff_client):
    publication = factories.publication()
    save(staff_client, publication, "_save", answer="Анна Петровна поставила.")
    assert Publication.objects.get().answer == publication.answer
    save(staff_client, publication, "_withdraw", answer="Анна Петровна поставила.", note="Имя.")
    assert not Publication.objects.get().is_published


def test_bulk_publishing_skips_answers_with_possible_personal_data(staff_client):
    named = factories.publication(published_at=None, text="Анна Петровна права.")
    other = factories.publication(published_at=None, title="Зал")
    page = act(staff_client, "publish", named, other).content.decode()
    assert "не опубликовано. Это похоже на личные данные: «Анна Петровна»" in page
    assert "Опубликовано: 1." in page
    assert list(Publication.objects.published()) == [other]


def test_publishing_a_published_answer_reports_no_change(staff_client):
    page = act(staff_client, "publish", factories.publication()).content.decode()
    assert "Ничего не изменилось." in page
    assert "Опубликовано: 0" not in page


def test_only_a_published_answer_links_to_the_site(staff_client):
    publication = factories.publication(published_at=None)
    assert "Смотреть на сайте" not in staff_client.get(page_of(publication)).content.decode()
    publication.publish(None)
    assert "Смотреть на сайте" in staff_client.get(page_of(publication)).content.decode()


def test_a_publication_of_a_withdrawn_suggestion_is_marked_hidden(staff_client):
    publication = factories.publication(suggestion=factories.suggestion(may_publish=True))
    Suggestion.objects.update(status="withdrawn")
    assert "Скрыто: предложение отозвано" in staff_client.get(page_of(publication)).content.decode()


def test_a_publication_of_a_restricted_suggestion_cannot_be_edited(staff_client):
    publication = factories.publication()
    publication.suggestion.restrict(None)
    page = save(staff_client, publication, "_save", title="Другое").content.decode()
    assert "Автор не разрешил публиковать это предложение, или оно закрытое." in page


def test_view_only_staff_can_open_a_publication(client):
    enter(client, "view_publication")
    publication = factories.publication()
    page = client.get(page_of(publication))
    assert publication.text in page.content.decode()
    assert "Личные данные проверены" not in page.content.decode()


# Changelist ---------------------------------------------------------------------------------------


def test_drafts_are_listed_first_then_the_newest(staff_client):
    now = timezone.now()
    old = factories.publication(published_at=now - datetime.timedelta(days=9))
    draft = factories.publication(published_at=None)
    new = factories.publication(published_at=now)
    assert list(staff_client.get(LIST).context["cl"].result_list) == [draft, new, old]


def test_the_list_can_be_filtered_by_state(staff_client):
    draft = factories.publication(published_at=None)
    shown = factories.publication()
    lacking = factories.publication(suggestion=factories.answered(), answer="")
    for state, expected in (
        ("draft", [draft]),
        ("published", [lacking, shown]),
        ("lacking", [lacking]),
    ):
        listed = staff_client.get(f"{LIST}?state={state}").context["cl"].result_list
        assert list(listed) == expected, state


@pytest.mark.parametrize("may_publish", [True, False])
def test_an_empty_suggestion_field_is_explained(staff_client, may_publish):
    factories.answered(may_publish=may_publish)
    page = staff_client.get(ADD).content.decode()
    assert ("Публиковать пока нечего" in page) != may_publish


# Answers given after the publication --------------------------------------------------------------


def test_an_answer_missing_from_the_publication_is_marked_and_prefilled(staff_client):
    suggestion = factories.suggestion(may_publish=True)
    publication = factories.publication(suggestion=suggestion, answer="")
    assert "этого ответа нет" not in staff_client.get(LIST).content.decode()
    suggestion.give_answer("Стоят у входа.", None)
    assert "этого ответа нет" in staff_client.get(LIST).content.decode()
    page = staff_client.get(page_of(publication))
    assert page.context["adminform"].form["answer"].value() == "Стоят у входа."
    save(staff_client, publication, "_save", answer="Стоят у входа.")
    assert "этого ответа нет" not in staff_client.get(LIST).content.decode()


def test_a_second_answer_is_missing_until_the_publication_is_saved(staff_client):
    suggestion = factories.answered("Нет.", may_publish=True)
    publication = factories.publication(suggestion=suggestion, answer="Нет.")
    assert not Publication.objects.lacking_answer().exists()
    suggestion.reopen("А если летом?", uuid4())
    suggestion.give_answer("Летом можно.", None)
    assert Publication.objects.lacking_answer().exists()
    save(staff_client, publication, "_save", answer="Летом можно.")
    assert not Publication.objects.lacking_answer().exists()


def test_publishing_alone_does_not_clear_a_missing_answer():
    suggestion = factories.suggestion(may_publish=True)
    publication = factories.publication(suggestion=suggestion, published_at=None, answer="Ждём.")
    suggestion.give_answer("Поставили.", None)
    publication.publish(None)
    assert Publication.objects.lacking_answer().exists()


@pytest.mark.parametrize("rights", [[], ["change_publication"]])
def test_publishing_selected_answers_needs_the_change_permission(client, rights):
    enter(client, "view_publication", *rights)
    factories.publication()
    page = client.get("/admin/feedback/publication/").content.decode()
    for action in ("publish", "unpublish"):
        assert (f'value="{action}"' in page) is bool(rights)


@pytest.mark.parametrize("fields", [{}, {"may_publish": True, "is_restricted": True}])
def test_the_form_is_not_prefilled_with_a_private_suggestion(client, fields):
    enter(client, "view_publication", "add_publication", "view_suggestion", "view_queue")
    suggestion = factories.suggestion(text="Никому не показывайте.", **fields)
    page = client.get(f"/admin/feedback/publication/add/?suggestion={suggestion.pk}")
    assert page.status_code == 200
    assert "Никому не показывайте" not in page.content.decode()


@pytest.mark.parametrize("name", ["title", "text", "answer"])
def test_personal_data_is_noticed_in_every_public_field(name):
    publication = factories.publication()
    entries = {"title": "Лавочки", "text": "Поставьте.", "answer": "Поставили."}
    entries |= {name: "Анна Петровна права.", "suggestion": publication.suggestion_id}
    form = PublicationForm(entries, instance=publication)
    assert "is_checked" in form.errors


def test_the_answer_of_a_reopened_suggestion_is_not_prefilled(monkeypatch):
    monkeypatch.setattr(PublicationForm, "may_read_original", True)
    suggestion = factories.answered("Поставили.", may_publish=True)
    publication = factories.publication(suggestion=suggestion, answer="")
    assert PublicationForm(instance=publication).initial["answer"] == "Поставили."
    suggestion.reopen("Их мало.", uuid4())
    publication.refresh_from_db()
    assert PublicationForm(instance=publication).initial["answer"] == ""
