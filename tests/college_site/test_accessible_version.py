"""«Версия для слабовидящих»: the panel, the cookie, what pages make of it."""

import re

import pytest

from college_site.pages.accessible_version import COOKIE, QUESTIONS, AccessibleVersion
from tests import factories

pytestmark = pytest.mark.django_db
PANEL = "/accessibility/"
ORDINARY = {name: values[0] for name, values in QUESTIONS.items()}


def choose(client, next="/", **answers):
    return client.post(f"{PANEL}?next={next}", {**ORDINARY, **answers})


def html_class(response):
    """The class of <html>, or ""."""
    match = re.search(r'<html lang="ru"(?: class="([^"]*)")?>', response.content.decode())
    return match[1] or ""


def test_choices_are_kept_for_a_year_in_a_cookie_that_scripts_cannot_read(client):
    cookie = choose(client, size="size-3", scheme="scheme-blue").cookies[COOKIE]
    assert cookie.value == "size-3.scheme-blue"
    assert (cookie["max-age"], cookie["path"]) == (365 * 24 * 3600, "/")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_the_visitor_returns_with_303_to_where_they_were(client):
    response = choose(client, next="/news/%3Fpage=2", size="size-2")
    assert (response.status_code, response["Location"]) == (303, "/news/?page=2")


@pytest.mark.parametrize(
    "address",
    [
        *("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"),
        *("", "news/", "/%09/evil.example", "%00", "/" + "a" * 5000, "http:///evil.example", "//"),
    ],
)
def test_nobody_is_led_to_another_site(client, address):
    location = choose(client, next=address, size="size-2")["Location"]
    assert location == "/"


@pytest.mark.parametrize("address", ["/", "/news/", "/feedback/", "/no-such-page/", PANEL])
def test_every_page_follows_the_choice(client, address):
    choose(client, size="size-2", scheme="scheme-black", font="serif")
    assert html_class(client.get(address)) == "accessible-version size-2 scheme-black serif"


def test_the_page_of_our_own_mistake_follows_the_choice_too(strict_client, monkeypatch):
    choose(strict_client, size="size-2")
    monkeypatch.setattr("news.views.posts.front_page", lambda posts: 1 / 0)
    response = strict_client.get("/")
    assert (response.status_code, html_class(response)) == (500, "accessible-version size-2")


def test_without_a_choice_pages_are_ordinary_and_offer_the_version(client):
    response = client.get("/news/")
    assert html_class(response) == ""
    assert 'href="/accessibility/?next=%2Fnews%2F"' in response.content.decode()
    assert "Обычная версия" not in response.content.decode()


def test_the_ordinary_version_is_one_press_away(client):
    choose(client, size="size-2")
    assert "Обычная версия" in client.get("/news/").content.decode()
    response = client.post(f"{PANEL}?next=/news/", {"ordinary": "1"})
    assert (response.status_code, response["Location"]) == (303, "/news/")
    assert html_class(client.get("/news/")) == ""


def test_choosing_everything_ordinary_forgets_the_cookie(client):
    choose(client, size="size-2")
    assert choose(client).cookies[COOKIE]["max-age"] == 0


def test_the_panel_proposes_large_text_and_later_shows_what_was_chosen(client, read_page):
    def checked():
        return [
            box["value"]
            for box in read_page(client.get(PANEL)).root.all("input")
            if box.get("checked", False) is None or box.get("checked")
        ]

    assert checked() == ["size-2", *list(ORDINARY.values())[1:]]
    choose(client, size="size-3")
    assert checked() == ["size-3", *list(ORDINARY.values())[1:]]


def test_an_unknown_answer_is_refused_in_words(client):
    response = choose(client, size="size-9")
    assert response.status_code == 200
    assert "Проверьте форму" in response.content.decode()
    assert COOKIE not in response.cookies


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_change_how_ours_looks(client, site):
    response = client.post(PANEL, {"ordinary": "1"}, headers={"Sec-Fetch-Site": site})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "cookie", ["", ".", "size-9", 'size-2"><script>', "size-1", "9" * 4300, "\x00", "\xfe", "a=b"]
)
def test_a_hostile_cookie_means_the_ordinary_version(client, cookie):
    client.cookies[COOKIE] = cookie
    assert html_class(client.get("/")) == ""


def test_of_two_answers_to_one_question_one_counts():
    assert AccessibleVersion.from_cookie("size-3.size-2.x").words == ["size-2"]


def test_without_pictures_their_words_stand_there_and_nothing_is_requested(client):
    post = factories.post()
    factories.photo(post, is_cover=True, alt="Актовый зал")
    factories.photo(post, alt="")
    choose(client, pictures="no-pictures")
    for address in ("/", "/news/", post.get_absolute_url()):
        text = client.get(address).content.decode()
        assert "<img" not in text
        assert "srcset" not in text
        assert "Актовый зал" in text
    assert "Снимок без описания" in text


def test_caches_are_told_that_pages_depend_on_the_cookie_and_files_do_not(client):
    photo = factories.photo(is_cover=True)
    assert "Cookie" in client.get("/")["Vary"]
    file = client.get(photo.url)
    file.close()
    assert "Cookie" not in file.get("Vary", "")
    assert "Cookie" not in client.get("/robots.txt").get("Vary", "")


def test_the_panel_is_not_for_search_engines(client):
    assert f"Disallow: {PANEL}" in client.get("/robots.txt").content.decode()
    assert 'name="robots" content="noindex"' in client.get(PANEL).content.decode()


def test_the_panels_own_links_lead_back_to_the_page_before_it(client):
    assert client.get(f"{PANEL}?next=/news/").content.decode().count("?next=%2Fnews%2F") == 2


def test_a_path_with_ampersands_comes_back_whole(client, read_page):
    page = client.get("/news/?page=1&x=2")
    links = [link["href"] for link in read_page(page).root.all("a")]
    panel = client.get(next(link for link in links if link.startswith(PANEL)))
    forms = read_page(panel).root.all("form")
    form = next(form for form in forms if form.get("action", "").startswith(PANEL))
    assert client.post(form["action"], ORDINARY)["Location"] == "/news/?page=1&x=2"


@pytest.mark.parametrize("next", ["%FF", "%ED%A0%80", "/%00", "/%0d%0aX: y", "9" * 4300, "/[::1"])
@pytest.mark.parametrize("size", ["9" * 4301, "\0", "²", ""])
def test_whatever_a_stranger_sends_is_no_error_of_ours(client, next, size):
    client.cookies[COOKIE] = "size-3"
    assert client.get(f"{PANEL}?next={next}").status_code == 200
    assert choose(client, next=next, size=size).status_code == 200
    location = client.post(f"{PANEL}?next={next}", {"ordinary": "1"})["Location"]
    assert location.startswith("/")
    assert "\r" not in location


def test_only_reading_and_sending_are_possible(client):
    assert client.put(PANEL).status_code == 405


def test_a_way_leads_back_from_its_settings(client):
    factories.college()
    assert 'aria-label="Вы здесь"' in client.get("/accessibility/").content.decode()
