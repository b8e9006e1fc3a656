"""The page of one public answer, and «поддерживаю» on it."""

from uuid import uuid4

import pytest

from feedback.models import Support
from tests import factories

pytestmark = pytest.mark.django_db


def support(client, publication, **headers):
    return client.post(f"{publication.get_absolute_url()}support/", **headers)


def test_the_suggestion_and_its_answer_are_read(client):
    publication = factories.publication(
        suggestion=factories.answered(), text="Поставьте\nлавочки.", answer="Поставили две."
    )
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Поставьте\nлавочки." in page
    assert "Поставили две." in page
    assert "Дан ответ" in page


def test_text_is_text(client):
    publication = factories.publication(title="<b>x", text="<script>1", answer="<img>")
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "<b>x" not in page
    assert "&lt;script&gt;1" in page


def test_it_leads_to_the_post_that_shows_the_result(client):
    publication = factories.publication(result_post=factories.post(title="Новый двор"))
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Новый двор" in page


def test_a_result_that_is_still_a_draft_is_not_told(client):
    publication = factories.publication(result_post=factories.draft(title="Новый двор"))
    assert "Новый двор" not in client.get(publication.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", ["2026-0", "2026-01", "2026-9999999", "1999-1", "x-1", "2026-7"])
def test_a_number_that_is_none_is_not_found(client, number):
    assert client.get(f"/feedback/answers/{number}/").status_code == 404


def test_a_restricted_suggestion_is_not_shown(client):
    publication = factories.publication(suggestion=factories.suggestion(is_restricted=True))
    assert client.get(publication.get_absolute_url()).status_code == 404


def test_a_withdrawn_suggestion_leaves_the_public_at_once(client):
    factories.college()
    suggestion = factories.suggestion(may_publish=True)
    publication = factories.publication(suggestion=suggestion)
    etag = client.get(publication.get_absolute_url()).headers["ETag"]
    suggestion.withdraw(uuid4())
    answer = client.get(publication.get_absolute_url(), HTTP_IF_NONE_MATCH=etag)
    assert answer.status_code == 404


def test_a_new_state_shows_at_once(client):
    factories.college()
    publication = factories.publication()
    etag = client.get(publication.get_absolute_url()).headers["ETag"]
    publication.suggestion.take_up(factories.staff())
    answer = client.get(publication.get_absolute_url(), HTTP_IF_NONE_MATCH=etag)
    assert "В работе" in answer.content.decode()


# Support ------------------------------------------------------------------------------------------


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


def test_another_site_cannot_make_a_browser_support(client):
    publication = factories.publication()
    answer = support(client, publication, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not Support.objects.exists()


def test_looking_changes_nothing(client):
    publication = factories.publication()
    assert client.get(f"{publication.get_absolute_url()}support/").status_code == 405


def test_what_is_hidden_cannot_be_supported(client):
    publication = factories.publication(published_at=None)
    assert support(client, publication).status_code == 404
