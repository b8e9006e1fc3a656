"""Addresses that a messenger or an editor passes on with the punctuation behind them."""

from urllib.parse import quote, unquote

import pytest

from tests import factories

pytestmark = pytest.mark.django_db
ENDINGS = [")", ",", ".", "»", ").", "»,", "…", "!", "?", ";", '"', "'", "”", "]", ">", "\u00a0"]
INVISIBLE = ["\u200b", "\u00ad", "\ufeff", "%20", "\r\n", ")/"]


@pytest.fixture
def post(db):
    return factories.post(slug="praktika")


@pytest.mark.parametrize("ending", ENDINGS + INVISIBLE)
def test_punctuation_behind_an_address_is_ignored(client, post, ending):
    response = client.get(f"/news/praktika/{quote(unquote(ending), safe='/')}")
    assert (response.status_code, response.headers["Location"]) == (301, "/news/praktika/")


@pytest.mark.parametrize("address", ["/news/praktika", "/feedback/new", "/topics"])
def test_a_missing_slash_is_added_at_the_same_time(client, post, address):
    response = client.get(f"{address}).")
    assert (response.status_code, response.headers["Location"]) == (301, f"{address}/")


@pytest.mark.parametrize("address", ["/", "/feed/rss.xml", "/card.png", "/sitemap.xml"])
def test_files_and_the_home_page_are_found_without_punctuation(client, address):
    response = client.get(f"{address},")
    assert (response.status_code, response.headers["Location"]) == (301, address)


def test_a_photograph_is_found_without_punctuation(client):
    address = factories.photo().url
    response = client.get(f"{address})")
    assert (response.status_code, response.headers["Location"]) == (301, address)


def test_the_query_is_kept(client, post):
    response = client.get("/news/praktika/)?utm_source=vk&q=%D0%B0")
    assert response.headers["Location"] == "/news/praktika/?utm_source=vk&q=%D0%B0"


def test_head_is_redirected_like_get(client, post):
    assert client.head("/news/praktika/)").status_code == 301


def test_a_post_request_is_not_redirected(client, post):
    assert client.post("/news/praktika/)").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/no-such-page)", "/news/praktika/x).y", "/)x", "/a" * 99],
)
def test_what_is_no_page_without_punctuation_is_not_found(client, post, address):
    assert client.get(address).status_code == 404


def test_paths_of_the_admin_are_not_guessed(staff_client):
    assert staff_client.get("/admin/nothing)").status_code == 404


def test_a_redirect_too_long_to_be_sent_is_left_out(client, post):
    assert client.get("/news/praktika/)", QUERY_STRING="a" * 17_000).status_code == 404


def test_a_page_with_a_right_address_is_not_redirected(client, post):
    assert client.get("/news/praktika/").status_code == 200
