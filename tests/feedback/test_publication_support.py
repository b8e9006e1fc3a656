"""«Поддерживаю»: once for each browser."""

import pytest
from django.db import OperationalError

from feedback.models import RateLimitCounter, Support
from feedback.moderation import abuse
from tests import factories

pytestmark = pytest.mark.django_db


def support(client, publication, **headers):
    return client.post(publication.get_absolute_url(), **headers)


def test_support_is_counted_and_thanked_for(client):
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
    assert publication.support_count == 1


def test_browsers_count_each(client):
    publication = factories.publication()
    support(client, publication)
    client.cookies.clear()
    support(client, publication)
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "2\u00a0человека поддержали" in page


def test_a_page_opened_before_shows_the_new_count(client):
    factories.college()
    publication = factories.publication()
    etag = client.get(publication.get_absolute_url()).headers["ETag"]
    support(client, publication)
    client.cookies.clear()
    answer = client.get(publication.get_absolute_url(), HTTP_IF_NONE_MATCH=etag)
    assert "1\u00a0человек" in answer.content.decode()


def test_neither_address_nor_cookie_is_stored(client):
    publication = factories.publication()
    cookie = support(client, publication).cookies
    token = next(morsel.value for name, morsel in cookie.items() if name.endswith("supporter"))
    assert Support.objects.get().browser_hash != token


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_make_a_browser_support(client, site):
    publication = factories.publication()
    answer = support(client, publication, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert not Support.objects.exists()


def test_a_busy_database_says_when_to_try_again(strict_client, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("database is locked")

    publication = factories.publication()
    monkeypatch.setattr(RateLimitCounter, "add", fail)
    answer = support(strict_client, publication)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_looking_changes_nothing(client):
    publication = factories.publication()
    client.get(publication.get_absolute_url())
    assert not Support.objects.exists()


def test_what_is_hidden_cannot_be_supported(client):
    publication = factories.publication(published_at=None)
    assert support(client, publication).status_code == 404


def test_a_network_that_never_stops_is_told_so_and_counts_no_more(client, monkeypatch):
    monkeypatch.setattr(abuse, "MOST_SUPPORTS", 1)
    publication = factories.publication()
    support(client, publication)
    client.cookies.clear()
    answer = support(client, publication)
    assert answer.status_code == 429
    assert client.get(answer.request["PATH_INFO"]).status_code == 200
    assert "не учтён" in answer.content.decode()
    publication.refresh_from_db()
    assert publication.support_count == 1
