"""Suspicious suggestions are quarantined, never rejected; ordinary ones pass."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from feedback.models import RateLimitCounter, Suggestion
from feedback.moderation import abuse
from feedback.moderation.abuse import sign_opening_time
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
    assert not Suggestion.objects.in_desk_state("quarantine").exists()


def test_a_suggestion_over_the_limit_per_ip_address_is_quarantined(client, entries):
    for number in range(abuse.MAX_SUBMISSIONS + 1):
        send(client, entries, text=f"Наше предложение номер {number}.")
    [last] = Suggestion.objects.in_desk_state("quarantine")
    assert last.suspicion == "из одной сети пришло слишком много предложений"


def test_a_flood_does_not_quarantine_who_opened_the_form_before_it(client, entries):
    with time_machine.travel(timezone.now() - 11 * MINUTE, tick=False):
        opened = sign_opening_time()
    for number in range(abuse.MAX_SUBMISSIONS + 1):
        send(client, entries, text=f"Наше предложение номер {number}.")
    assert send(client, entries, opened=opened).status == Suggestion.Status.RECEIVED


@pytest.mark.parametrize(
    ("used", "minutes"), [(0, 0), (9, 0), (10, 10), (19, 10), (20, 20), (30, 40), (50, 160)]
)
def test_the_required_age_doubles_with_each_multiple_of_the_limit(used, minutes):
    assert abuse.required_age(used, limit=10) == minutes * MINUTE


def test_the_required_age_of_any_flood_can_be_computed():
    assert abuse.required_age(10**9, limit=10) < datetime.timedelta(days=10_000)


def test_a_resubmitted_form_is_counted_once(client, entries):
    key = str(uuid4())
    for _ in range(5):
        client.post(URL, {**entries, "submission_key": key})
    assert set(RateLimitCounter.objects.values_list("count", flat=True)) == {1}


def test_the_receipt_does_not_reveal_the_quarantine(client, entries):
    send(client, entries, website="x")
    assert "Предложение принято" in client.get("/feedback/receipt/").content.decode()


def test_the_honeypot_field_is_hidden_and_not_focusable(client, read_page):
    root = read_page(client.get(URL)).root
    trap = next(field for field in root.all("input") if field.get("name") == "website")
    assert trap["tabindex"] == "-1"
    assert any("suggestion-form__trap" in (above.get("class") or "") for above in trap.ancestors())


@pytest.mark.parametrize(("seconds", "is_suspicious"), [(3, True), (4, False)])
def test_four_seconds_are_enough_for_a_person(seconds, is_suspicious):
    with time_machine.travel("2026-11-23 12:00+04:00", tick=False) as clock:
        opened = sign_opening_time()
        clock.shift(datetime.timedelta(seconds=seconds))
        reasons = abuse.screen_submission("Поставьте лавочки.", "", opened, "network")
    assert bool(reasons) is is_suspicious


def test_repeats_are_counted_regardless_of_the_letter_yo():
    assert abuse.letters_of("Ещё одна ЁЛКА") == abuse.letters_of("еще одна елка")


@pytest.mark.parametrize("text", ["Kyпи дёшево", "Ку\u200bпи — дёше\u00adво", "Купи дёшевo"])
def test_repeats_are_counted_regardless_of_disguises(text):
    assert abuse.letters_of(text) == abuse.letters_of("Купи дешево")


@pytest.mark.parametrize("link", ["ht\u00adtps://a.ru", "ｈｔｔｐｓ://a.ru", "www\u200b.a.ru"])
def test_disguised_links_are_counted(link):
    signs = dict(reversed(sign) for sign in abuse.score_signs(f"{link} {link}", "", "", 1, 1))
    assert signs["ссылок в тексте: 2"] == 2


@pytest.mark.parametrize(
    ("limit", "consume"),
    [
        ("MAX_UPLOADS", lambda: abuse.consume_upload_quota("network", 0 * MINUTE, 1)),
        ("MAX_VOTES", lambda: abuse.consume_vote_quota("network", 0 * MINUTE)),
    ],
)
def test_a_quota_is_used_up_to_its_last_unit(monkeypatch, limit, consume):
    monkeypatch.setattr(abuse, limit, 2)
    assert [consume() > 0 for _ in range(3)] == [False, False, True]
