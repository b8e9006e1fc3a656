"""The authors of duplicates learn what came of the promise in the answer that they got."""

import datetime

import pytest
import time_machine
from django.http import HttpResponse

from feedback.desk.acts.catalogue import Fulfil
from feedback.desk.duplicates import pass_on_result, settle_duplicate
from feedback.desk.undo import perform_act, undo
from feedback.erasure.purge import Reason, erase
from feedback.erasure.retention import find_due
from feedback.history.verification import verify_history
from feedback.mail.outbox import build_message
from feedback.models import ActStep, Mail, Promise, Suggestion
from tests import factories
from tests.clients import start_author_session

pytestmark = pytest.mark.django_db
MARCH = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
WORDS = "Поставим розетки."
PROMISE = (WORDS, datetime.date(2026, 4, 1))


@pytest.fixture
def clock():
    with time_machine.travel(MARCH, tick=False) as clock:
        yield clock


@pytest.fixture
def staff(clock):
    return factories.staff()


@pytest.fixture
def original(staff):
    """Answered with a promise, together with two duplicates that wait for it."""
    original = factories.suggestion(**factories.contact("first@example.ru"))
    for address in ("second@example.ru", "third@example.ru"):
        factories.suggestion(**factories.contact(address)).merge(original, staff)
    original.give_answer("Хорошо.", staff, decision="accepted", promise=PROMISE)
    return original


def run_jobs(clock):
    """What the worker does after the minute in which an act may be taken back."""
    clock.shift(datetime.timedelta(minutes=2))
    while any([settle_duplicate(), pass_on_result()]):
        pass


def list_told():
    """The addresses of the letters about the result of a promise."""
    letters = Mail.objects.filter(event__kind__in=("fulfilled", "cancelled")).order_by("pk")
    return [letter.event.suggestion.email for letter in letters]


def read_own_page(client, suggestion):
    """The page of the suggestion's author, with plain spaces."""
    response = HttpResponse()
    start_author_session(response, suggestion)
    client.cookies = response.cookies
    page = client.get("/feedback/mine/").content.decode()
    return page.replace("&nbsp;", " ").replace("\xa0", " ").replace("\u2060", "")


def duplicate_of(original):
    return original.duplicates.order_by("pk").first()


@pytest.mark.parametrize("act", ["fulfil_promise", "cancel_promise"])
def test_each_author_of_a_duplicate_is_told_once(original, staff, clock, act):
    run_jobs(clock)
    getattr(original, act)("Розетки в аудитории 214.", staff)
    run_jobs(clock)
    run_jobs(clock)
    assert list_told() == ["first@example.ru", "second@example.ru", "third@example.ru"]
    letter = build_message(
        Mail.objects.get(
            event__kind=original.events.last().kind, event__suggestion=duplicate_of(original)
        )
    )
    assert "Розетки в аудитории 214." in letter.body
    assert duplicate_of(original).number in letter.body
    verify_history()


def test_a_result_follows_the_answer_when_the_worker_was_away(original, staff, clock):
    clock.shift(datetime.timedelta(seconds=5))
    original.fulfil_promise("Стоят.", staff)
    clock.shift(datetime.timedelta(minutes=2))
    pass_on_result()
    kinds = duplicate_of(original).events.order_by("position").values_list("kind", flat=True)
    assert [*kinds][-3:] == ["decided", "answered", "fulfilled"]


def test_a_result_that_is_taken_back_reaches_no_duplicate(original, staff, clock):
    run_jobs(clock)
    act = Fulfil(original, staff, {"words": "Стоят.", "address": ""})
    assert act.is_valid()
    perform_act(act)
    undo(ActStep.objects.get().key, staff)
    run_jobs(clock)
    assert list_told() == []
    assert Promise.objects.get().tell_at is None


def test_who_was_promised_nothing_is_not_told(original, staff, clock):
    run_jobs(clock)
    other = factories.suggestion(**factories.contact("fourth@example.ru"))
    Suggestion.objects.filter(pk=other.pk).update(
        status="answered", answer="Да.", answered_at=MARCH, duplicate_of=original
    )
    original.fulfil_promise("Стоят.", staff)
    run_jobs(clock)
    assert "fourth@example.ru" not in list_told()


@pytest.mark.parametrize("end", ["restrict", "erase"])
def test_a_result_in_the_restricted_queue_or_destroyed_is_not_told(original, staff, clock, end):
    run_jobs(clock)
    original.fulfil_promise("Стоят.", staff)
    original.restrict(staff) if end == "restrict" else erase(original, Reason.DEMAND)
    run_jobs(clock)
    duplicate = duplicate_of(original)
    assert not duplicate.events.filter(kind="fulfilled").exists()


def test_the_page_of_a_duplicate_shows_promise_and_result(client, original, staff, clock):
    run_jobs(clock)
    assert f"Обещаем до 1 апреля 2026 года:</strong>\n    {WORDS}" in read_own_page(
        client, duplicate_of(original)
    )
    original.fulfil_promise("Стоят у окна.", staff)
    run_jobs(clock)
    page = read_own_page(client, duplicate_of(original))
    assert "Сделано" in page
    assert page.count("Стоят у окна.") == 2
    assert "Техникум выполнил обещание" in page


def test_the_page_of_a_duplicate_hides_what_may_be_taken_back(client, original, staff, clock):
    run_jobs(clock)
    act = Fulfil(original, staff, {"words": "Стоят у окна.", "address": ""})
    assert act.is_valid()
    perform_act(act)
    assert "Стоят у окна." not in read_own_page(client, duplicate_of(original))


def test_the_page_of_a_duplicate_hides_what_became_restricted(client, original, staff, clock):
    run_jobs(clock)
    original.restrict(staff)
    clock.shift(datetime.timedelta(minutes=2))
    assert "Обещаем до" not in read_own_page(client, duplicate_of(original))


def test_a_duplicate_is_kept_until_the_promise_of_its_original_is_closed(original, staff, clock):
    run_jobs(clock)
    clock.shift(datetime.timedelta(days=300))
    assert not find_due().exists()
    original.fulfil_promise("Стоят.", staff)
    run_jobs(clock)
    clock.shift(datetime.timedelta(days=40))
    assert find_due().count() == 3
