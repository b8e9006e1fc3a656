"""«Версия для слабовидящих»: the panel, the cookie, its effect on pages."""

import re

import pytest
from django.test import Client

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


def test_the_choices_are_stored_in_an_httponly_cookie_for_a_year(client):
    cookie = choose(client, size="size-3", scheme="scheme-blue").cookies[COOKIE]
    assert cookie.value == "size-3.scheme-blue"
    assert (cookie["max-age"], cookie["path"]) == (365 * 24 * 3600, "/")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_the_panel_redirects_to_the_previous_page(client):
    response = choose(client, next="/news/%3Fpage=2", size="size-2")
    assert (response.status_code, response["Location"]) == (303, "/news/?page=2")


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        "news/",
        "/%09/evil.example",
        "%00",
        "/" + "a" * 5000,
        "http:///evil.example",
        "//",
    ],
)
def test_the_panel_never_redirects_to_another_site(client, address):
    location = choose(client, next=address, size="size-2")["Location"]
    assert location == "/"


@pytest.mark.parametrize("address", ["/", "/news/", "/feedback/", "/no-such-page/", PANEL])
def test_every_page_applies_the_choices(client, address):
    choose(client, size="size-2", scheme="scheme-black", font="serif")
    assert html_class(client.get(address)) == "accessible-version size-2 scheme-black serif"


def test_the_error_500_page_applies_the_choices(strict_client, monkeypatch):
    choose(strict_client, size="size-2")
    monkeypatch.setattr("news.views.posts.arrange_front_page", lambda posts: 1 / 0)
    response = strict_client.get("/")
    assert (response.status_code, html_class(response)) == (500, "accessible-version size-2")


def test_pages_are_ordinary_by_default_and_link_the_panel(client):
    response = client.get("/news/")
    assert html_class(response) == ""
    assert 'href="/accessibility/?next=%2Fnews%2F"' in response.content.decode()
    assert "Обычная версия" not in response.content.decode()


def test_a_button_restores_the_ordinary_version(client):
    choose(client, size="size-2")
    assert "Обычная версия" in client.get("/news/").content.decode()
    response = client.post(f"{PANEL}?next=/news/", {"ordinary": "1"})
    assert (response.status_code, response["Location"]) == (303, "/news/")
    assert html_class(client.get("/news/")) == ""


def test_choosing_every_default_deletes_the_cookie(client):
    choose(client, size="size-2")
    assert choose(client).cookies[COOKIE]["max-age"] == 0


def test_the_panel_preselects_large_text_or_the_stored_choices(client, read_page):
    def checked():
        return [
            box["value"]
            for box in read_page(client.get(PANEL)).root.all("input")
            if box.get("checked", False) is None or box.get("checked")
        ]

    assert checked() == ["size-2", *list(ORDINARY.values())[1:]]
    choose(client, size="size-3")
    assert checked() == ["size-3", *list(ORDINARY.values())[1:]]


def test_an_unknown_choice_shows_an_error(client):
    response = choose(client, size="size-9")
    assert response.status_code == 200
    assert "Проверьте форму" in response.content.decode()
    assert COOKIE not in response.cookies


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}, {}],
)
def test_a_request_of_another_site_is_refused(headers):
    response = Client().post(PANEL, {"ordinary": "1"}, headers=headers)
    assert response.status_code == 403
    assert "Отправлено не с этого сайта" in response.content.decode()


@pytest.mark.parametrize(
    "cookie", ["", ".", "size-9", 'size-2"><script>', "size-1", "9" * 4300, "\x00", "\xfe", "a=b"]
)
def test_an_invalid_cookie_gives_the_ordinary_version(client, cookie):
    client.cookies[COOKIE] = cookie
    assert html_class(client.get("/")) == ""


def test_only_one_choice_per_setting_counts():
    assert AccessibleVersion.from_cookie("size-3.size-2.x").words == ["size-2"]


def test_hidden_pictures_are_replaced_by_their_alternative_text(client):
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


def test_pages_vary_by_cookie_and_files_do_not(client):
    photo = factories.photo(is_cover=True)
    assert "Cookie" in client.get("/")["Vary"]
    file = client.get(photo.url)
    file.close()
    assert "Cookie" not in file.get("Vary", "")
    assert "Cookie" not in client.get("/robots.txt").get("Vary", "")


def test_the_panel_is_not_indexed(client):
    assert f"Disallow: {PANEL}" in client.get("/robots.txt").content.decode()
    assert 'name="robots" content="noindex"' in client.get(PANEL).content.decode()


def test_links_on_the_panel_keep_the_previous_page(client):
    assert client.get(f"{PANEL}?next=/news/").content.decode().count("?next=%2Fnews%2F") == 2


def test_a_query_string_with_ampersands_survives_the_redirect(client, read_page):
    page = client.get("/news/?page=1&x=2")
    links = [link["href"] for link in read_page(page).root.all("a")]
    panel = client.get(next(link for link in links if link.startswith(PANEL)))
    forms = read_page(panel).root.all("form")
    form = next(form for form in forms if form.get("action", "").startswith(PANEL))
    assert client.post(form["action"], ORDINARY)["Location"] == "/news/?page=1&x=2"


@pytest.mark.parametrize("next", ["%FF", "%ED%A0%80", "/%00", "/%0d%0aX: y", "9" * 4300, "/[::1"])
@pytest.mark.parametrize("size", ["9" * 4301, "\0", "²", ""])
def test_any_input_is_answered(client, next, size):
    client.cookies[COOKIE] = "size-3"
    assert client.get(f"{PANEL}?next={next}").status_code == 200
    assert choose(client, next=next, size=size).status_code == 200
    location = client.post(f"{PANEL}?next={next}", {"ordinary": "1"})["Location"]
    assert location.startswith("/")
    assert "\r" not in location


def test_methods_other_than_get_and_post_are_refused(client):
    assert client.put(PANEL).status_code == 405


def test_the_panel_has_breadcrumbs(client):
    factories.college()
    assert 'aria-label="Вы здесь"' in client.get("/accessibility/").content.decode()


@pytest.mark.parametrize(("path", "target"), [("/", None), ("/feedback/new/", "_blank")])
def test_the_panel_opens_a_new_tab_only_while_writing(client, read_page, path, target):
    links = read_page(client.get(path)).root.all("a")
    panel = next(link for link in links if link.text() == "Версия для слабовидящих")
    assert panel.get("target") == target
    assert panel["rel"] == "nofollow"
