"""Number and code are both required to open a suggestion."""

import datetime
import re
from uuid import uuid4

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from feedback.code_throttling import MAX_WRONG_CODES, minutes_to_wait
from feedback.models import RateLimitCounter
from feedback.receipts.codes import receipt_code
from tests import factories
from tests.clients import browser

pytestmark = pytest.mark.django_db
URL = "/feedback/status/"
NOT_FOUND = "Предложения с таким номером и кодом нет."


def ask(client, suggestion, key, **entries):
    receipt = {"number": suggestion.number, "code": receipt_code(key)}
    return client.post(URL, {**receipt, **entries})


@pytest.fixture
def key():
    return uuid4()


def test_the_hint_says_that_the_code_may_be_typed_in_small_letters(client):
    assert "Можно строчными и без пробелов." in client.get(URL).content.decode()


def test_number_and_code_open_the_suggestion(client, key):
    suggestion = factories.suggestion(key=key, text="Поставьте лавочки.")
    response = ask(client, suggestion, key)
    assert (response.status_code, response["Location"]) == (303, "/feedback/mine/")
    assert "Поставьте лавочки." in client.get("/feedback/mine/").content.decode()


@pytest.mark.parametrize("number", ["№ {}", "№{}", " {} ", "№\u00a0{}"])
def test_the_number_sign_and_spaces_are_accepted(client, key, number):
    suggestion = factories.suggestion(key=key)
    response = ask(client, suggestion, key, number=number.format(suggestion.number))
    assert response.status_code == 303


@pytest.mark.parametrize("dash", ["–", "—"])
def test_long_dashes_in_the_number_are_accepted(client, key, dash):
    suggestion = factories.suggestion(key=key)
    response = ask(client, suggestion, key, number=suggestion.number.replace("-", dash))
    assert response.status_code == 303


def test_a_wrong_code_is_refused(client, key):
    suggestion = factories.suggestion(key=key)
    page = ask(client, suggestion, uuid4()).content.decode()
    assert NOT_FOUND in page
    assert suggestion.text not in page


def test_a_wrong_number_and_a_wrong_code_give_the_same_error(client, key):
    suggestion = factories.suggestion(key=key)
    wrong_code = ask(client, suggestion, uuid4())
    wrong_number = ask(client, suggestion, key, number="2026-999999")
    errors = [answer.context["form"].errors for answer in (wrong_code, wrong_number)]
    assert errors[0] == errors[1]
    assert wrong_code.status_code == wrong_number.status_code


def test_a_wrong_number_and_a_wrong_code_run_the_same_queries(client, key):
    suggestion = factories.suggestion(key=key)
    guess(client, "2026-1")  # the first count of a span runs more queries
    with CaptureQueriesContext(connection) as wrong_code:
        ask(client, suggestion, uuid4())
    with CaptureQueriesContext(connection) as wrong_number:
        ask(client, suggestion, key, number="2026-999999", code=receipt_code(uuid4()))
    shapes = [
        [re.sub("'[^']*'|[0-9a-f]{64}", "", query["sql"]) for query in queries]
        for queries in (wrong_code.captured_queries, wrong_number.captured_queries)
    ]
    assert shapes[0] == shapes[1]


def test_missing_number_and_code_are_reported(client):
    errors = client.post(URL, {}).context["form"].errors
    assert errors == {
        "number": ["Впишите номер из квитанции, например 2026-17."],
        "code": ["Впишите код из квитанции."],
    }


def test_a_code_in_the_query_string_is_ignored(client, key):
    suggestion = factories.suggestion(key=key)
    response = client.get(URL, {"number": suggestion.number, "code": receipt_code(key)})
    assert suggestion.text not in response.content.decode()


def test_the_response_is_neither_cached_nor_indexed(client, key):
    headers = ask(client, factories.suggestion(key=key), key).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_the_form_is_never_cached(client):
    assert "no-store" in client.get(URL).headers["Cache-Control"]


def test_a_form_with_a_stale_token_keeps_number_and_code(key):
    client = browser(enforce_csrf_checks=True)
    response = ask(client, factories.suggestion(key=key), key)
    page = response.content.decode()
    assert response.status_code == 403
    assert "открыта слишком долго" in page
    assert receipt_code(key) in page


# Guessing of codes --------------------------------------------------------------------------------


@pytest.fixture
def _noon():
    with time_machine.travel("2026-03-02 12:05+04:00", tick=False):
        yield


def guess(client, number, times=1, **request):
    for _ in range(times):
        entries = {"number": number, "code": receipt_code(uuid4())}
        response = client.post(URL, entries, **request)
    return response


@pytest.mark.usefixtures("_noon")
def test_ten_wrong_codes_cause_a_waiting_time(client):
    assert guess(client, "2026-1", MAX_WRONG_CODES).status_code == 200
    response = guess(client, "2026-1")
    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert "подождите 10\u00a0минут" in response.content.decode()


@pytest.mark.usefixtures("_noon")
def test_the_waiting_time_does_not_reveal_whether_a_number_exists(client):
    real, missing = factories.suggestion().number, "2026-999"
    guess(client, real, MAX_WRONG_CODES)
    pages = [guess(client, number).context["form"].errors for number in (real, missing)]
    assert pages[0] == pages[1]


@pytest.mark.usefixtures("_noon")
def test_a_right_code_is_accepted_however_often_others_guessed(client, key):
    suggestion = factories.suggestion(key=key)
    guess(client, suggestion.number, MAX_WRONG_CODES + 1)
    assert guess(client, suggestion.number).status_code == 429
    assert ask(client, suggestion, key).status_code == 303


def test_the_waiting_time_ends(client):
    with time_machine.travel("2026-03-02 12:05+04:00", tick=False):
        guess(client, "2026-1", MAX_WRONG_CODES + 1)
    with time_machine.travel("2026-03-02 12:15+04:00", tick=False):
        assert guess(client, "2026-1").status_code == 200


@pytest.mark.usefixtures("_noon")
def test_guesses_are_counted_per_ipv6_network(client):
    guess(client, "2026-1", MAX_WRONG_CODES, REMOTE_ADDR="2001:db8::1")
    assert guess(client, "2026-1", REMOTE_ADDR="2001:db8::ffff").status_code == 429
    assert guess(client, "2026-1", REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_guesses_at_many_numbers_write_a_bounded_number_of_rows(client):
    for number in range(30):
        guess(client, f"2026-{number}")
    assert RateLimitCounter.objects.count() == 2


def test_a_busy_database_returns_the_form_with_its_entries(client, key, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(RateLimitCounter, "add", fail)
    entries = {
        "number": "2026-9",
        "code": "AAAA BBBB",
        "action_name": "reply",
        "unsent": "У входа.",
    }
    response = client.post(URL, entries)
    page = response.content.decode()
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert [value for value in entries.values() if f'value="{value}"' not in page] == []


@pytest.mark.parametrize(("second", "minutes"), [(0, 15), (30, 15), (60, 14), (899, 1)])
def test_the_minutes_to_wait_are_rounded_up(second, minutes):
    moment = datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC)
    with time_machine.travel(moment + datetime.timedelta(seconds=second), tick=False):
        assert minutes_to_wait() == minutes
