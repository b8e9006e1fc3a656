"""Decisions of answers and their promises: from the answer to what came of it."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.core import mail as sent
from django.core.exceptions import ValidationError
from django.urls import reverse

from college_site.accounts.roles import HEAD, RESPONSIBLE
from feedback.erasure.purge import Reason, erase
from feedback.erasure.retention import find_due
from feedback.history.verification import verify_history
from feedback.mail.outbox import build_message
from feedback.mail.staff_letters import queue_letters
from feedback.mail.staff_outbox import send_due_to_staff
from feedback.models import Event, Mail, Promise, Publication, StaffMail, Suggestion
from feedback.statistics.promises import count_promises
from tests import factories

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 4, 1)
WORDS = "Поставим две лавочки."


def at(moment):
    return time_machine.travel(f"{moment}T12:00+04:00", tick=False)


def promised(text=WORDS, due_on=DUE, decision="accepted", **fields):
    """A suggestion answered on 2 March 2026 with a promise until 1 April."""
    with at("2026-03-02"):
        suggestion = factories.suggestion(**fields)
        suggestion.give_answer("Хорошо.", None, decision=decision, promise=(text, due_on))
    return suggestion


def published(**fields):
    suggestion = promised(may_publish=True, **fields)
    with at("2026-03-03"):
        return factories.publication(suggestion=suggestion)


def kinds(suggestion):
    return [*suggestion.events.order_by("position").values_list("kind", flat=True)]


# The answer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", ["accepted", "partly", "already", ""])
def test_an_answer_stores_its_decision_and_records_it(decision):
    suggestion = factories.suggestion()
    suggestion.give_answer("Готово.", factories.staff(), decision=decision)
    stored = Suggestion.objects.get()
    assert (stored.status, stored.decision) == ("answered", decision)
    assert ("decided" in kinds(suggestion)) == bool(decision)
    verify_history()


@pytest.mark.parametrize("refuse", ["decline", "give_answer"])
def test_a_refusal_is_declined_however_it_is_given(refuse):
    suggestion = factories.suggestion()
    options = {"decision": "declined"} if refuse == "give_answer" else {}
    getattr(suggestion, refuse)("Нет места.", factories.staff(), **options)
    stored = Suggestion.objects.get()
    assert (stored.status, stored.decision) == ("declined", "declined")


def test_a_reopened_suggestion_has_no_decision():
    suggestion = factories.suggestion()
    suggestion.decline("Нет места.", None)
    suggestion.reopen("Есть.", uuid4())
    assert Suggestion.objects.get().decision == ""


@pytest.mark.parametrize(
    ("decision", "text", "day", "words"),
    [
        ("already", WORDS, DUE, "если предложение принято"),
        ("declined", WORDS, DUE, "если предложение принято"),
        ("", WORDS, DUE, "если предложение принято"),
        ("accepted", "", DUE, "Напишите текст"),
        ("accepted", "а" * 501, DUE, "до 500 знаков"),
        ("accepted", WORDS, datetime.date(2026, 3, 1), "сегодня или позже"),
        ("accepted", WORDS, datetime.date(2036, 3, 1), "дальше трёх лет"),
        ("accepted", "До {срок}.", DUE, "подстановка {срок}"),
        ("lost", WORDS, DUE, "из списка"),
    ],
)
def test_a_promise_that_is_not_valid_leaves_it_unanswered(decision, text, day, words):
    with pytest.raises(ValidationError, match=words):
        promised(text, day, decision)
    assert Suggestion.objects.get().status == "received"
    assert not Promise.objects.exists()


def test_an_answer_with_a_placeholder_left_is_refused():
    suggestion = factories.suggestion()
    with pytest.raises(ValidationError, match=r"подстановка \{номер\}"):
        suggestion.give_answer("Предложение {номер} принято.", None)


def test_the_history_says_what_was_decided_and_promised():
    suggestion = promised()
    decided, answered = suggestion.events.order_by("position")[1:]
    assert decided.text == f"Принято. Обещание до 1 апреля 2026 года: {WORDS}"
    assert answered.text == "Хорошо."


def test_the_letter_of_the_answer_says_the_decision(settings):
    settings.SITE_URL = "https://college.example"
    suggestion = promised(**factories.contact())
    mail = Mail.objects.get(event__kind="answered")
    for body in (build_message(mail).body, build_message(mail).alternatives[0].content):
        assert f"до 1 апреля 2026 года: {WORDS}" in body
    assert kinds(suggestion)[1:] == ["decided", "answered"]
    assert not Mail.objects.filter(event__kind="decided").exists()


# What came of it ----------------------------------------------------------------------------------


def test_a_fulfilled_promise_is_told_to_the_author(settings):
    settings.SITE_URL = "https://college.example"
    suggestion, post = promised(**factories.contact()), factories.post(slug="lavochki")
    with at("2026-03-20"):
        suggestion.fulfil_promise("Стоят у входа.", factories.staff(), post)
    promise = Promise.objects.get()
    assert (promise.state, str(promise.closed_on)) == ("fulfilled", "2026-03-20")
    message = build_message(Mail.objects.get(event__kind="fulfilled"))
    address = f"https://college.example{post.get_absolute_url()}"
    assert f"Стоят у входа.\n\nПодробнее: {address}" in message.body
    assert f'href="{address}"' in message.alternatives[0].content
    verify_history()


def test_a_cancelled_promise_is_explained_to_the_author():
    suggestion = promised(**factories.contact())
    with pytest.raises(ValidationError, match="Напишите текст"):
        suggestion.cancel_promise(" ", None)
    suggestion.cancel_promise("Двор перекопали.", factories.staff())
    assert Promise.objects.get().state == "cancelled"
    assert "Двор перекопали." in build_message(Mail.objects.get(event__kind="cancelled")).body
    verify_history()


@pytest.mark.parametrize("act", ["fulfil_promise", "cancel_promise"])
def test_a_promise_is_closed_once(act):
    suggestion = promised()
    suggestion.fulfil_promise("Стоят.", None)
    stale = Suggestion.objects.get()
    with pytest.raises(ValidationError, match="Открытого обещания"):
        getattr(stale, act)("Ещё раз.", None)
    assert kinds(suggestion).count("fulfilled") == 1


@pytest.mark.parametrize("promise", [None, ("Поставим три.", datetime.date(2026, 6, 1))])
def test_a_new_answer_replaces_an_open_promise(promise):
    suggestion = promised()
    with at("2026-03-10"):
        suggestion.reopen("Мало.", uuid4())
        suggestion.give_answer("Подумали.", None, decision="partly", promise=promise)
    stored = Promise.objects.get()
    if promise:
        assert (stored.text, stored.due_on, stored.state) == (*promise, "open")
    else:
        assert stored.state == "cancelled"
        assert kinds(suggestion)[-3:] == ["cancelled", "decided", "answered"]
    verify_history()


# The desk -----------------------------------------------------------------------------------------


def test_a_late_promise_comes_back_to_the_desk(client):
    suggestion = promised()
    client.force_login(factories.member(HEAD))
    for day, number in (("2026-04-01", 0), ("2026-04-02", 1)):
        with at(day):
            assert Suggestion.objects.count_desk_states()["promises"] == number
            page = client.get(reverse("admin:index")).content.decode()
            assert ("Обещания, срок прошёл: 1" in page) == bool(number)
            found = client.get("/admin/feedback/suggestion/?attention=promises")
            assert (f"{suggestion.pk}/change/" in found.content.decode()) == bool(number)


@pytest.fixture
def letters(settings):
    """A function: the reminders of promises sent by the worker on a day, as (address, text)."""
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example", "https://college.example"
    factories.college()

    def send(day):
        sent.outbox.clear()
        with at(day):
            while any([queue_letters(), send_due_to_staff()]):
                pass
        return [(m.to[0], m.body) for m in sent.outbox if "Обещали сделать" in m.body]

    return send


def test_the_responsible_person_is_reminded_of_a_late_promise_once(letters):
    person = factories.member(RESPONSIBLE, email="petrova@example.ru")
    suggestion = promised(responsible=person, topic=factories.suggestion_topic(responsible=person))
    assert letters("2026-04-01") == []
    [(address, text)] = letters("2026-04-02")
    assert address == "petrova@example.ru"
    assert suggestion.number in text
    assert "до 1 апреля 2026" in text.replace("\xa0", " ")
    assert WORDS not in text
    assert letters("2026-04-03") == letters("2026-05-04") == []


@pytest.mark.parametrize("act", ["fulfil_promise", "cancel_promise"])
def test_no_reminder_leaves_for_a_promise_that_was_closed_meanwhile(letters, act):
    person = factories.member(RESPONSIBLE, email="petrova@example.ru")
    suggestion = promised(topic=factories.suggestion_topic(responsible=person))
    with at("2026-04-02"):
        queue_letters()
        assert StaffMail.objects.filter(kind="promise").count() == 1
        getattr(suggestion, act)("Стоят.", None)
    assert letters("2026-04-02") == []


# What the public and the author read --------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "act", "words"),
    [
        ("2026-03-20", None, "Обещаем до 1 апреля 2026 года: Поставим две лавочки."),
        ("2026-04-02", None, "Обещали до 1 апреля 2026 года, срок прошёл: Поставим две лавочки."),
        ("2026-03-20", "fulfil_promise", "Сделано 20 марта 2026 года: Итог."),
        ("2026-04-05", "fulfil_promise", "Сделано 5 апреля 2026 года, обещали до 1 апреля"),
        ("2026-03-20", "cancel_promise", "Не получится: Итог."),
    ],
)
def test_page_and_list_show_what_became_of_a_promise(client, day, act, words):
    factories.college()
    copy = published()
    with at(day):
        if act:
            getattr(copy.suggestion, act)("Итог.", None)
        for address in (copy.get_absolute_url(), reverse("feedback:publication_list")):
            assert words.replace(" ", "") in plain(client.get(address))


def plain(response):
    """The page's text without tags and spaces of any kind."""
    text = response.content.decode()
    pieces = [piece.rpartition(">")[2] for piece in text.split("<")]
    return "".join("".join(pieces).replace("&nbsp;", "").replace("\u2060", "").split())


def test_the_public_page_shows_decision_and_news_post(client):
    factories.college()
    copy, post = published(decision="partly"), factories.post(title="Лавочки стоят")
    copy.suggestion.fulfil_promise("Стоят.", None, post)
    page = client.get(copy.get_absolute_url()).content.decode()
    assert "Решение: принято частично" in page
    assert page.count(post.get_absolute_url()) == 1


def test_a_post_that_is_withdrawn_is_no_longer_linked(client):
    factories.college()
    copy, post = published(), factories.post()
    copy.suggestion.fulfil_promise("Стоят.", None, post)
    type(post).objects.filter(pk=post.pk).update(published_at=None)
    assert post.get_absolute_url() not in client.get(copy.get_absolute_url()).content.decode()


def test_the_list_of_answers_asks_no_more_for_more_promises(client, django_assert_num_queries):
    factories.college()
    copies = [published() for _ in range(3)]
    rows = Publication.objects.published()
    with django_assert_num_queries(1):
        assert [row.promise.text for row in rows] == [WORDS] * len(copies)


def test_a_promise_waits_until_the_answer_is_public(client):
    factories.college()
    copy = published()
    Publication.objects.update(answer="")
    assert WORDS not in client.get(copy.get_absolute_url()).content.decode()


def test_the_figures_count_kept_and_late_promises_as_of_midnight():
    first = promised()
    for day in ("2026-03-20", "2026-04-05"):
        with at(day):
            promised().fulfil_promise("Стоят.", None)
    promised().cancel_promise("Нет.", None)
    promised(due_on=datetime.date(2026, 12, 1))
    with at("2026-04-10"):
        figures = count_promises(datetime.date(2026, 1, 1), datetime.date(2026, 4, 10))
    assert vars(figures) == {"made": 5, "fulfilled": 2, "on_time": 1, "late": 2, "cancelled": 0}
    assert first.promise.is_open


# Erasure and the chain ----------------------------------------------------------------------------


def test_what_is_promised_is_kept_until_the_promise_is_closed():
    suggestion = promised(topic=factories.suggestion_topic(retention_days=10))
    with at("2026-06-01"):
        assert [*find_due()] == []
        suggestion.fulfil_promise("Стоят.", None)
    with at("2026-06-09"):
        assert [*find_due()] == []
    with at("2026-06-12"):
        assert [*find_due()] == [suggestion]


def test_destruction_leaves_no_word_of_a_promise():
    suggestion = promised("Марсианские лавочки.")
    erase(suggestion, Reason.DEMAND)
    promise = Promise.objects.get()
    assert promise.state == "cancelled"
    texts = [promise.text, promise.result, *Event.objects.values_list("text", flat=True)]
    assert not any("Марсианск" in text for text in texts)
    verify_history()
