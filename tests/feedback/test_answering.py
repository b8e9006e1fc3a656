"""The act «Ответить»: prepared texts, decision, promise, files, preview of the letter."""

import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from college_site.accounts.roles import HEAD, RESPONSIBLE
from feedback.desk.undo import undo as undo_act
from feedback.erasure.purge import Reason, erase
from feedback.history.verification import verify_history
from feedback.mail.outbox import build_message
from feedback.models import Attachment, Event, Mail, PreparedAnswer, Promise, Suggestion
from tests import factories
from tests.feedback.suggestion_admin import act, page_of

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + datetime.timedelta(days=30)


@pytest.fixture
def head(client):
    factories.college()
    user = factories.member(HEAD, first_name="Анна", last_name="Петрова")
    client.force_login(user)
    return user


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def opened(suggestion):
    """The address of the page with the act open."""
    return reverse("admin:feedback_suggestion_act", args=[suggestion.pk, "answered"])


def pdf(name="Смета.pdf", pages=1):
    return SimpleUploadedFile(name, factories.pdf_bytes(pages))


def stored():
    return Suggestion.objects.get()


# Decision and promise -----------------------------------------------------------------------------


def test_an_answer_without_a_decision_comes_back_with_its_words(client, head):
    page = text_of(act(client, factories.suggestion(), "answered", "Готово.", decision=""))
    assert "Выберите решение" in page
    assert "Готово." in page
    assert stored().status == "received"


def test_an_answer_carries_decision_and_promise(client, head):
    entries = {"decision": "partly", "promise": "Поставим лавочки.", "promise_due": str(SOON)}
    act(client, factories.suggestion(), "answered", "Хорошо.", **entries)
    assert (stored().status, stored().decision) == ("answered", "partly")
    assert (stored().promise.text, stored().promise.due_on) == ("Поставим лавочки.", SOON)


def test_the_decision_to_decline_refuses_it(client, head):
    act(client, factories.suggestion(), "answered", "Нет места.", decision="declined")
    assert (stored().status, stored().decision) == ("declined", "declined")


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"promise": "Поставим."}, "Укажите день"),
        ({"promise_due": str(SOON)}, "Напишите, что сделаем"),
        ({"promise": "Поставим.", "promise_due": "2020-01-01"}, "сегодня или позже"),
        ({"promise": "Поставим.", "promise_due": str(SOON), "decision": "already"}, "если предл"),
        ({"promise": "До {срок}.", "promise_due": str(SOON)}, "подстановка {срок}"),
        ({"promise": "Иван Петров поставит.", "promise_due": str(SOON)}, "«Иван Петров»"),
        ({"words": "Номер {номер}."}, "подстановка {номер}"),
    ],
)
def test_an_answer_that_is_not_valid_says_what_to_do(client, head, entries, words):
    suggestion = factories.suggestion(may_publish=True)
    entries = {"words": "Хорошо.", "decision": "accepted", **entries}
    assert words in text_of(act(client, suggestion, "answered", **entries))
    assert stored().status == "received"
    assert not Promise.objects.exists()


def test_a_name_may_be_promised_where_nobody_will_publish(client, head):
    entries = {"decision": "accepted", "promise": "Иван Петров придёт.", "promise_due": str(SOON)}
    act(client, factories.suggestion(), "answered", "Хорошо.", **entries)
    assert stored().has_open_promise


# What came of the promise -------------------------------------------------------------------------


def test_only_an_open_promise_offers_its_acts(client, head):
    promise = factories.promise()
    page = text_of(client.get(page_of(promise.suggestion)))
    assert "Обещание выполнено" in page
    act(client, promise.suggestion, "fulfilled", "Стоят.")
    assert stored().promise.result == "Стоят."
    assert "Сообщить, что сделано" not in text_of(client.get(page_of(promise.suggestion)))


@pytest.mark.parametrize("prefix", ["", "https://college.example"])
def test_a_result_names_a_published_post_of_this_site(client, head, settings, prefix):
    settings.SITE_URL = "https://college.example"
    promise, post = factories.promise(), factories.post()
    address = prefix + post.get_absolute_url()
    act(client, promise.suggestion, "fulfilled", "Стоят.", address=address)
    assert stored().promise.result_post == post


@pytest.mark.parametrize(
    "address", ["/news/", "/news/draft/", "/nothing/", "https://other.example/news/public/", "["]
)
def test_any_other_address_of_a_result_is_refused(client, head, address):
    promise = factories.promise()
    factories.draft(slug="draft")
    factories.post(slug="public")
    page = text_of(act(client, promise.suggestion, "fulfilled", "Стоят.", address=address))
    assert "опубликованной новости на сайте нет" in page
    assert stored().has_open_promise


def test_a_cancelled_promise_needs_words(client, head):
    promise = factories.promise()
    assert "Напишите текст" in text_of(act(client, promise.suggestion, "cancelled"))
    act(client, promise.suggestion, "cancelled", "Нет денег.")
    assert stored().promise.state == "cancelled"


# Prepared answers ---------------------------------------------------------------------------------


def test_a_prepared_answer_names_placeholders_it_does_not_know():
    prepared = PreparedAnswer(title="Лавочки", text="{номер}, {имя} и {телефон}")
    with pytest.raises(ValidationError, match=r"нет: \{имя\}, \{телефон\}\. Есть \{номер\}, "):
        prepared.full_clean()


def test_a_prepared_answer_is_filled_for_the_suggestion(head):
    text = "{номер}|{тема}|{срок}|{дата}|{ответственный}"
    suggestion = factories.suggestion(topic=factories.suggestion_topic(title="Двор"))
    values = factories.prepared_answer(text=text).fill(suggestion, head).split("|")
    assert values[:2] == [suggestion.number, "Двор"]
    assert all("года" in value for value in values[2:4])
    assert values[4] == "Анна Петрова"


def test_the_form_offers_answers_of_the_topic_and_of_all(client, head):
    suggestion, other = factories.suggestion(), factories.suggestion_topic(title="Общежитие")
    factories.prepared_answer(title="Для всех")
    factories.prepared_answer(title="Этой темы", topic=suggestion.topic)
    factories.prepared_answer(title="Другой темы", topic=other)
    page = text_of(client.get(opened(suggestion)))
    assert page.index("Этой темы") < page.index("Для всех")
    assert "Другой темы" not in page


def test_without_prepared_answers_nothing_is_offered(client, head):
    page = text_of(client.get(opened(factories.suggestion())))
    assert '<div class="act__field" hidden> <label for="answered-prepared">' in page


@pytest.mark.parametrize("written", ["", "Здравствуйте!"])
def test_a_prepared_answer_is_inserted_without_a_script(client, head, written):
    suggestion = factories.suggestion()
    prepared = factories.prepared_answer(text="Ваш номер {номер}.", decision="partly")
    entries = {"prepared": prepared.pk, "_insert": "1", "decision": ""}
    page = act(client, suggestion, "answered", written, **entries).content.decode()
    words = f"{written}\n\n" if written else ""
    assert f"{words}Ваш номер {suggestion.number}.</textarea>" in page
    assert '<option value="partly" selected>' in page
    assert "Выберите решение" not in page
    assert stored().status == "received"


def test_responsible_people_keep_prepared_answers(client):
    client.force_login(factories.member(RESPONSIBLE))
    entries = {"title": "Лавочки", "text": "Поставим до {срок}.", "decision": "accepted"}
    client.post(reverse("admin:feedback_preparedanswer_add"), entries)
    assert PreparedAnswer.objects.get().title == "Лавочки"
    entries = {"title": "Двор", "text": "Поставим до {когда}."}
    page = text_of(client.post(reverse("admin:feedback_preparedanswer_add"), entries))
    assert "Таких подстановок нет: {когда}" in page


# Preview ------------------------------------------------------------------------------------------


def test_the_preview_is_the_letter_that_the_author_gets(client, head):
    suggestion = factories.suggestion(**factories.contact())
    entries = {"decision": "accepted", "promise": "Поставим.", "promise_due": str(SOON)}
    page = act(client, suggestion, "answered", "Хорошо.", _preview="1", **entries)
    preview = page.context["open_act"] if hasattr(page.context["open_act"], "preview") else None
    preview = (preview or page.context["sent"]).preview
    assert stored().status == "received"
    act(client, suggestion, "answered", "Хорошо.", **entries)
    message = build_message(Mail.objects.get(event__kind="answered"))
    assert preview.text == message.body
    assert preview.subject in text_of(page)
    assert "Хорошо." in preview.text


@pytest.mark.parametrize("name", ["question", "declined", "forwarded", "extended", "not_published"])
def test_each_letter_has_a_preview_and_leaves_as_shown(client, head, name):
    suggestion = factories.suggestion(may_publish=True, **factories.contact())
    entries = {"days": "12"} if name == "extended" else {}
    page = act(client, suggestion, name, "Вот слова.", _preview="1", **entries)
    preview = page.context["sent"].preview
    assert f"Тема: {preview.subject}" in text_of(page)
    assert (stored().status, stored().due_on) == ("received", suggestion.due_on)
    act(client, suggestion, name, "Вот слова.", **entries)
    assert build_message(Mail.objects.get(event__kind=name)).body == preview.text


def test_without_an_address_the_preview_says_so(client, head):
    page = text_of(act(client, factories.suggestion(), "question", "Где?", _preview="1"))
    assert "Автор не оставил почту" in page


# Files --------------------------------------------------------------------------------------------


def answer_with(client, suggestion, *files, **entries):
    entries = {"file_key": str(uuid4()), "files": list(files), **entries}
    return act(client, suggestion, "answered", "Смета приложена.", **entries)


def test_the_author_gets_the_files_of_an_answer(client, head):
    suggestion = factories.suggestion(**factories.contact())
    answer_with(client, suggestion, pdf())
    file = Attachment.objects.get()
    assert (file.event.kind, file.suggestion, file.name) == ("answered", suggestion, "Смета.pdf")
    message = build_message(Mail.objects.get(event__kind="answered"))
    for body in (message.body, message.alternatives[0].content):
        assert "Смета.pdf" in body
    verify_history()
    Attachment.objects.update(name="Другая.pdf")
    with pytest.raises(Exception, match="commitment to text"):
        verify_history()


def test_files_of_an_answer_are_destroyed_with_the_rest(client, head):
    suggestion = factories.suggestion()
    answer_with(client, suggestion, pdf())
    file = Attachment.objects.get().file
    erase(suggestion, Reason.DEMAND)
    assert not Attachment.objects.exists()
    assert file.name not in str(Event.objects.values_list("text"))


def test_a_file_waits_while_the_answer_is_corrected(client, head):
    suggestion, key = factories.suggestion(), str(uuid4())
    page = answer_with(client, suggestion, pdf(), decision="", file_key=key)
    assert "не отправлять Смета.pdf" in text_of(page)
    answer_with(client, suggestion, file_key=key)
    assert Attachment.objects.get().suggestion == suggestion


def test_a_waiting_file_can_be_removed(client, head):
    suggestion, key = factories.suggestion(), str(uuid4())
    answer_with(client, suggestion, pdf(), decision="", file_key=key)
    answer_with(client, suggestion, file_key=key, remove=str(Attachment.objects.get().pk))
    assert stored().status == "answered"
    assert not Attachment.objects.exists()


def test_a_refused_file_is_named_and_nothing_is_sent(client, head):
    suggestion = factories.suggestion()
    bad = SimpleUploadedFile("Вирус.exe", b"MZ")
    assert "«Вирус.exe»: Принимаются PDF" in text_of(answer_with(client, suggestion, bad))
    assert stored().status == "received"


def test_another_member_of_staff_does_not_find_waiting_files(client, head):
    suggestion, key = factories.suggestion(), str(uuid4())
    answer_with(client, suggestion, pdf(), decision="", file_key=key)
    client.force_login(factories.member(HEAD))
    answer_with(client, suggestion, file_key=key)
    assert Attachment.objects.get().suggestion is None


# Undo ---------------------------------------------------------------------------------------------


def undo(suggestion, user):
    step = suggestion.act_step
    assert undo_act(step.key, user)[1] == ""
    verify_history()
    return Suggestion.objects.get(pk=suggestion.pk)


def test_an_answer_taken_back_takes_its_promise_with_it(client, head):
    entries = {"decision": "accepted", "promise": "Поставим.", "promise_due": str(SOON)}
    act(client, factories.suggestion(), "answered", "Хорошо.", **entries)
    suggestion = undo(stored(), head)
    assert (suggestion.status, suggestion.decision) == ("received", "")
    assert not Promise.objects.exists()


@pytest.mark.parametrize("name", ["fulfilled", "cancelled"])
def test_a_closed_promise_is_open_again_when_taken_back(client, head, name):
    promise = factories.promise()
    before = Promise.objects.values().get()
    act(client, promise.suggestion, name, "Слова.")
    assert not stored().has_open_promise
    undo(promise.suggestion, head)
    assert Promise.objects.values().get() == before
