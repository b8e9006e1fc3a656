"""Suspicious suggestions are quarantined, never rejected; ordinary ones pass."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from feedback.models import RateLimitCounter, Suggestion
from feedback.moderation import abuse
from feedback.moderation.abuse import prune_counters, sign_opening_time
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/new/"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def entries():
    """The POST data of an ordinary visitor, who took some time."""
    with time_machine.travel(timezone.now() - MINUTE, tick=False):
        opened = sign_opening_time()
    return {
        "step": "send",
        "topic": factories.suggestion_topic().pk,
        "role": "student",
        "text": "Поставьте лавочки во дворе.",
        "opened": opened,
    }


def send(client, entries, **changes):
    """Submit a form with a new key; returns the suggestion."""
    key = str(uuid4())
    response = client.post(URL, {**entries, "submission_key": key, **changes})
    assert response.status_code == 303
    return Suggestion.objects.latest("pk")


def test_an_ordinary_suggestion_is_not_quarantined(client, entries):
    suggestion = send(client, entries)
    assert suggestion.status == Suggestion.Status.RECEIVED
    assert suggestion.suspicion == ""


def test_a_filled_honeypot_field_quarantines_the_suggestion(client, entries):
    suggestion = send(client, entries, website="https://example.ru/")
    assert suggestion.status == Suggestion.Status.QUARANTINE
    assert "не видит" in suggestion.suspicion


def test_a_form_sent_too_fast_is_quarantined(client, entries):
    suggestion = send(client, entries, opened=sign_opening_time())
    assert suggestion.status == Suggestion.Status.QUARANTINE


def test_a_form_opened_a_day_ago_is_not_quarantined(client, entries):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=1), tick=False):
        opened = sign_opening_time()
    assert send(client, entries, opened=opened).status == Suggestion.Status.RECEIVED


@pytest.mark.parametrize("opened", ["", "1700000000", "x:y:z"])
def test_a_missing_or_forged_opening_time_alone_does_not_quarantine(client, entries, opened):
    assert send(client, entries, opened=opened).status == Suggestion.Status.RECEIVED


def test_two_links_quarantine_a_suggestion_and_one_does_not(client, entries):
    link = "Вот так: https://example.ru/ "
    assert send(client, entries, text=link).status == Suggestion.Status.RECEIVED
    assert send(client, entries, text=2 * link).status == Suggestion.Status.QUARANTINE


def test_several_weak_signs_together_quarantine_a_suggestion(client, entries):
    suggestion = send(client, entries, text="Вот: https://example.ru/", opened="")
    assert suggestion.status == Suggestion.Status.QUARANTINE
    assert suggestion.suspicion == "у формы нет отметки, когда её открыли; ссылок в тексте: 1"


def test_a_text_repeated_too_often_is_quarantined(client, entries):
    states = [send(client, entries).status for _ in range(abuse.MAX_REPEATS + 1)]
    assert states == ["received"] * abuse.MAX_REPEATS + ["quarantine"]


def test_repeats_are_counted_regardless_of_spaces_punctuation_and_case(client, entries):
    for _ in range(abuse.MAX_REPEATS):
        send(client, entries)
    assert send(client, entries, text="ПОСТАВЬТЕ   лавочки, во дворе!").status == "quarantine"


def test_many_suggestions_from_one_ip_address_are_received(client, entries):
    for number in range(abuse.MAX_SUBMISSIONS):
        send(client, entries, text=f"Наше предложение номер {number}.")
    assert not Suggestion.objects.quarantined().exists()


def test_a_suggestion_over_the_limit_per_ip_address_is_quarantined(client, entries):
    for number in range(abuse.MAX_SUBMISSIONS + 1):
        send(client, entries, text=f"Наше предложение номер {number}.")
    [last] = Suggestion.objects.quarantined()
    assert "с одного адреса" in last.suspicion


def test_a_resubmitted_form_is_counted_once(client, entries):
    key = str(uuid4())
    for _ in range(5):
        client.post(URL, {**entries, "submission_key": key})
    assert set(RateLimitCounter.objects.values_list("count", flat=True)) == {1}


def test_rate_limit_counters_store_hashes_only(client, entries):
    send(client, entries)
    keys = RateLimitCounter.objects.values_list("key", flat=True)
    assert len(keys) == 2
    for key in keys:
        assert len(key) == 64
        assert "127.0.0.1" not in key


def test_the_receipt_does_not_reveal_the_quarantine(client, entries):
    send(client, entries, website="x")
    assert "Предложение принято" in client.get("/feedback/receipt/").content.decode()


def test_the_honeypot_field_is_hidden_and_not_focusable(client, read_page):
    root = read_page(client.get(URL)).root
    trap = next(field for field in root.all("input") if field.get("name") == "website")
    assert trap["tabindex"] == "-1"
    assert any("suggestion-form__trap" in (above.get("class") or "") for above in trap.ancestors())


def test_expired_rate_limit_counters_are_pruned():
    RateLimitCounter.add(RateLimitCounter.Scope.TEXT, "new", abuse.DAY)
    with time_machine.travel(timezone.now() - datetime.timedelta(days=40), tick=False):
        RateLimitCounter.add(RateLimitCounter.Scope.TEXT, "old", abuse.DAY)
    assert prune_counters()
    assert not prune_counters()
    assert RateLimitCounter.objects.get().key == "new"


def test_a_counter_adds_as_many_as_are_counted():
    scope = RateLimitCounter.Scope.UPLOADS
    assert RateLimitCounter.add(scope, "network", MINUTE, 2) == 2
    assert RateLimitCounter.add(scope, "network", MINUTE, 5) == 7


@pytest.mark.parametrize(("seconds", "is_suspicious"), [(3, True), (4, False)])
def test_four_seconds_are_enough_for_a_person(seconds, is_suspicious):
    with time_machine.travel("2026-11-23 12:00+04:00", tick=False) as clock:
        opened = sign_opening_time()
        clock.shift(datetime.timedelta(seconds=seconds))
        reasons = abuse.screen_submission("Поставьте лавочки.", "", opened, "network")
    assert bool(reasons) is is_suspicious


def test_repeats_are_counted_regardless_of_the_letter_yo():
    assert abuse.text_key("Ещё одна ЁЛКА") == abuse.text_key("еще одна елка")


@pytest.mark.parametrize(
    ("limit", "consume"),
    [
        ("MAX_UPLOADS", lambda: abuse.consume_upload_quota("network", 1)),
        ("MAX_VOTES", lambda: abuse.consume_vote_quota("network")),
    ],
)
def test_a_quota_is_used_up_to_its_last_unit(monkeypatch, limit, consume):
    monkeypatch.setattr(abuse, limit, 2)
    assert [consume() for _ in range(3)] == [True, True, False]
