"""«Поддерживаю»: one vote for each browser, which has confirmed it."""

import datetime

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from feedback.models import RateLimitCounter, Vote
from feedback.moderation import abuse
from feedback.public_answers.votes import COOKIE
from tests import factories

pytestmark = pytest.mark.django_db
ELSEWHERE = "198.51.100.7"


def press(client, publication, **headers):
    return client.post(publication.get_absolute_url(), **headers)


def support(client, publication, **headers):
    """Press the button, and once more if the page asks a new browser to confirm."""
    answer = press(client, publication, **headers)
    return press(client, publication, **headers) if answer.status_code == 200 else answer


def count(publication):
    publication.refresh_from_db()
    return publication.vote_count


def test_support_is_counted_and_acknowledged(client):
    publication = factories.publication()
    answer = support(client, publication)
    assert (answer.status_code, answer.headers["Location"]) == (303, publication.get_absolute_url())
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Вы поддержали" in page
    assert "1\u00a0человек поддержал" in page


def test_a_browser_without_cookie_is_asked_to_confirm_first(client):
    publication = factories.publication()
    answer = press(client, publication)
    assert answer.status_code == 200
    assert "Подтверждаю" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert count(publication) == 0


def test_a_browser_is_asked_to_confirm_only_once(client):
    first, second = factories.publication(), factories.publication()
    support(client, first)
    assert press(client, second).status_code == 303
    assert count(second) == 1


def test_many_presses_without_cookie_count_nothing_and_write_nothing(client):
    publication = factories.publication()
    for _ in range(100):
        press(client, publication)
        client.cookies.clear()
    assert count(publication) == 0
    assert not Vote.objects.exists()
    assert not RateLimitCounter.objects.exists()


@pytest.mark.parametrize("forged", ["", "0" * 32, "x:y:z", "é", "." * 5000])
def test_a_forged_cookie_does_not_vote(client, forged):
    publication = factories.publication()
    press(client, publication)
    [name] = client.cookies
    client.cookies[name] = forged
    assert press(client, publication).status_code == 200
    assert count(publication) == 0


def test_the_page_of_an_answer_sets_no_cookie(client):
    factories.college()
    assert not client.get(factories.publication().get_absolute_url()).cookies


def test_a_browser_counts_once(client):
    publication = factories.publication()
    for _ in range(3):
        support(client, publication)
    assert count(publication) == 1


def test_each_browser_counts_separately(client):
    publication = factories.publication()
    support(client, publication)
    client.cookies.clear()
    support(client, publication)
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "2\u00a0человека поддержали" in page


def test_support_invalidates_the_cached_page(client):
    factories.college()
    publication = factories.publication()
    etag = client.get(publication.get_absolute_url()).headers["ETag"]
    support(client, publication)
    client.cookies.clear()
    answer = client.get(publication.get_absolute_url(), HTTP_IF_NONE_MATCH=etag)
    assert "1\u00a0человек" in answer.content.decode()


def test_the_supporter_cookie_is_stored_as_a_hash_only(client):
    publication = factories.publication()
    cookie = press(client, publication).cookies
    token = next(morsel.value for name, morsel in cookie.items() if name.endswith("supporter"))
    support(client, publication)
    assert Vote.objects.get().browser_hash not in token


def test_votes_of_one_browser_for_different_answers_cannot_be_linked(client):
    for _ in range(2):
        support(client, factories.publication())
    first, second = Vote.objects.all()
    assert first.browser_hash != second.browser_hash


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/"},
        {},
    ],
)
def test_a_request_of_another_site_is_refused(headers):
    publication = factories.publication()
    answer = press(Client(), publication, headers=headers)
    assert answer.status_code == 403
    assert not Vote.objects.exists()


def test_a_busy_database_is_answered_503_with_retry_after(strict_client, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("database is locked")

    publication = factories.publication()
    monkeypatch.setattr(RateLimitCounter, "add", fail)
    answer = support(strict_client, publication)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_viewing_the_page_does_not_count_as_support(client):
    publication = factories.publication()
    client.get(publication.get_absolute_url())
    assert not Vote.objects.exists()


def test_an_unpublished_answer_cannot_be_supported(client):
    publication = factories.publication(published_at=None)
    assert press(client, publication).status_code == 404


# A flood slows new browsers down ------------------------------------------------------------------


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-02 12:05+04:00", tick=False) as clock:
        yield clock


@pytest.fixture
def flooded(client, monkeypatch, clock):
    """A publication that the network has supported as often as it may at once."""
    monkeypatch.setattr(abuse, "MAX_VOTES", 3)
    publication = factories.publication()
    for _ in range(3):
        client.cookies.clear()
        support(client, publication)
    client.cookies.clear()
    return publication


def test_a_new_browser_waits_during_a_flood(client, flooded):
    answer = support(client, flooded)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "600"
    assert "Подождите 10\u00a0минут" in answer.content.decode()
    assert count(flooded) == 3


def test_a_new_browser_votes_after_the_wait(client, flooded, clock):
    support(client, flooded)
    clock.shift(datetime.timedelta(minutes=10))
    assert press(client, flooded).status_code == 303
    assert count(flooded) == 4


def test_nobody_waits_longer_than_the_hour(client, flooded, clock):
    clock.move_to("2026-03-02 12:57+04:00")
    assert support(client, flooded).headers["Retry-After"] == "180"
    clock.shift(datetime.timedelta(minutes=3))
    assert press(client, flooded).status_code == 303


def test_a_browser_known_before_a_flood_is_not_refused(client, clock, monkeypatch):
    monkeypatch.setattr(abuse, "MAX_VOTES", 3)
    first, second = factories.publication(), factories.publication()
    support(client, first)
    known = client.cookies.copy()
    clock.shift(datetime.timedelta(days=1))
    for _ in range(9):
        client.cookies.clear()
        support(client, second)
    client.cookies = known
    assert press(client, second).status_code == 303
    assert count(second) == 4


def test_refused_attempts_do_not_lengthen_the_wait_of_others(client, flooded):
    for _ in range(20):
        client.cookies.clear()
        assert support(client, flooded).headers["Retry-After"] == "600"


def test_a_flood_does_not_delay_other_networks(client, flooded):
    assert support(client, flooded, REMOTE_ADDR=ELSEWHERE).status_code == 303


def test_a_vote_is_acknowledged_again_without_waiting(client, clock, monkeypatch):
    monkeypatch.setattr(abuse, "MAX_VOTES", 1)
    publication = factories.publication()
    support(client, publication)
    assert press(client, publication).status_code == 303


def test_the_vote_cookie_is_hidden_from_scripts_for_a_year(client):
    cookie = press(client, factories.publication()).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 365 * 24 * 3600


def test_the_thanks_for_a_vote_are_read_out(client, read_page):
    publication = factories.publication()
    support(client, publication)
    page = read_page(client.get(publication.get_absolute_url())).root
    thanks = next(each for each in page.all("p") if each.text().startswith("Вы поддержали"))
    assert thanks["role"] == "status"


@pytest.mark.parametrize(
    ("votes", "words"), [(1, "1 человек поддержал"), (2, "2 человека поддержали")]
)
def test_the_list_counts_votes_grammatically(client, votes, words):
    publication = factories.publication()
    for number in range(votes):
        publication.add_vote(str(number) * 64)
    page = client.get("/feedback/answers/").content.decode()
    assert words in page.replace("\xa0", " ")
