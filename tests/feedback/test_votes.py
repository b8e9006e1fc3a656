"""«Поддерживаю»: one vote for each browser."""

import pytest
from django.db import OperationalError

from feedback.models import RateLimitCounter, Vote
from feedback.moderation import abuse
from feedback.public_answers.votes import COOKIE
from tests import factories

pytestmark = pytest.mark.django_db


def support(client, publication, **headers):
    return client.post(publication.get_absolute_url(), **headers)


def test_support_is_counted_and_acknowledged(client):
    publication = factories.publication()
    answer = support(client, publication)
    assert (answer.status_code, answer.headers["Location"]) == (303, publication.get_absolute_url())
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Вы поддержали" in page
    assert "1\u00a0человек поддержал" in page


def test_a_browser_counts_once(client):
    publication = factories.publication()
    for _ in range(3):
        support(client, publication)
    publication.refresh_from_db()
    assert publication.vote_count == 1


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
    cookie = support(client, publication).cookies
    token = next(morsel.value for name, morsel in cookie.items() if name.endswith("supporter"))
    assert Vote.objects.get().browser_hash != token


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_of_another_site_is_refused(client, site):
    publication = factories.publication()
    answer = support(client, publication, headers={"Sec-Fetch-Site": site})
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
    assert support(client, publication).status_code == 404


def test_support_beyond_the_network_limit_is_refused(client, monkeypatch):
    monkeypatch.setattr(abuse, "MAX_VOTES", 1)
    publication = factories.publication()
    support(client, publication)
    client.cookies.clear()
    answer = support(client, publication)
    assert answer.status_code == 429
    assert client.get(answer.request["PATH_INFO"]).status_code == 200
    assert "не учтён" in answer.content.decode()
    publication.refresh_from_db()
    assert publication.vote_count == 1


def test_the_vote_cookie_is_hidden_from_scripts_for_a_year(client):
    publication = factories.publication()
    cookie = support(client, publication).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 365 * 24 * 3600
