"""Error pages."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError, InterfaceError, OperationalError
from django.test import override_settings
from django.urls import path

from college_site import urls
from college_site.models import College
from college_site.pages import views
from feedback.models import Suggestion
from tests import factories

pytestmark = pytest.mark.django_db


def raise_in_view(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("bad-request", raise_in_view(BadRequest("x"))),
    path("forbidden", raise_in_view(PermissionDenied("x"))),
    path("broken", raise_in_view(ZeroDivisionError("secret detail"))),
    path("locked", raise_in_view(OperationalError("database is locked"))),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def errors(settings, strict_client):
    """A client for URLs whose views raise an exception."""
    settings.ROOT_URLCONF = __name__
    return strict_client


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/bad-request", 400, "Запрос не понят"),
        ("/forbidden", 403, "Сюда нельзя"),
        ("/no-such-page", 404, "Такой страницы нет"),
        ("/feedback/mine/leave/", 405, "Так эта страница не открывается"),
        ("/broken", 500, "На сайте ошибка"),
        ("/locked", 503, "Сайт сейчас занят"),
    ],
)
def test_an_error_has_a_page_with_contacts(errors, read_page, address, status, words):
    factories.college()
    response = errors.get(address)
    page = read_page(response)
    assert response.status_code == status
    assert next(page.root.all("h1")).text() == words
    assert "8 (8452) 11-22-33" in page.root.text()
    assert page.problems == []


def test_only_a_busy_database_is_answered_with_retry_after(errors):
    assert int(errors.get("/locked").headers["Retry-After"]) > 0
    assert "Retry-After" not in errors.get("/broken").headers


def test_an_error_page_does_not_reveal_the_exception(errors):
    assert "secret detail" not in errors.get("/broken").content.decode()


def test_an_unknown_host_name_is_a_bad_request(strict_client):
    assert strict_client.get("/", HTTP_HOST="evil.example").status_code == 400


def test_an_oversized_body_gets_an_error_page(client, read_page):
    factories.college()
    response = client.post("/feedback/", b"x" * (1024 * 1024 + 1), "text/plain")
    assert response.status_code == 413
    assert next(read_page(response).root.all("h1")).text() == "Отправлено слишком много"


@pytest.mark.parametrize(
    ("method", "address"),
    [("post", "/news/"), ("delete", "/"), ("options", "/news/"), ("put", "/feedback/new/")],
)
def test_an_unsupported_method_gets_an_error_page(client, read_page, method, address):
    factories.college()
    response = getattr(client, method)(address)
    page = read_page(response)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert next(page.root.all("h1")).text() == "Так эта страница не открывается"
    assert "8 (8452) 11-22-33" in page.root.text()
    assert page.problems == []


def test_a_locked_login_gets_an_error_page(client, read_page):
    factories.college()
    for _ in range(5):
        response = client.post("/admin/login/", {"username": "teacher", "password": "wrong"})
    assert response.status_code == 429
    assert "Подождите 15 минут" in read_page(response).root.text().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError, 503, "Сайт сейчас занят"),
        (InterfaceError, 503, "Сайт сейчас занят"),
        (DatabaseError, 500, "На сайте ошибка"),
    ],
)
def test_the_error_page_works_without_a_database(strict_client, monkeypatch, error, status, words):
    def fail(**annotations):
        raise error("no database")

    monkeypatch.setattr(College.objects, "current", fail)
    monkeypatch.setattr("college_site.pages.context_processors.College.objects.current", fail)
    response = strict_client.get("/")
    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_the_health_check_fails_without_a_database(strict_client, monkeypatch, error):
    def fail():
        raise error("no database")

    monkeypatch.setattr(views.connection, "cursor", fail)
    assert strict_client.get("/healthz").status_code == 503


def test_the_health_check_passes_with_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


# Stale CSRF tokens --------------------------------------------------------------------------------


@pytest.fixture
def entries():
    return factories.suggestion_entries()


def test_a_form_with_a_stale_token_is_returned_with_its_text(csrf_client, entries, read_page):
    response = csrf_client.post("/feedback/new/", entries)
    page = read_page(response)
    assert response.status_code == 403
    assert "Поставьте лавочки во дворе." in next(page.root.all("textarea")).text()
    assert "Всё, что вы написали, сохранилось в форме" in page.root.text()
    assert not Suggestion.objects.exists()


def test_the_returned_form_can_be_sent(csrf_client, entries, read_page):
    root = read_page(csrf_client.post("/feedback/new/", entries)).root
    hidden = {f["name"]: f.get("value", "") for f in root.all("input") if f.get("type") == "hidden"}
    assert hidden["submission_key"] == entries["submission_key"]
    assert csrf_client.post("/feedback/new/", {**entries, **hidden}).status_code == 303
    assert Suggestion.objects.get().text == "Поставьте лавочки во дворе."


def test_the_returned_form_is_never_cached(csrf_client, entries):
    assert "no-store" in csrf_client.post("/feedback/new/", entries).headers.get(
        "Cache-Control", ""
    )


def test_other_forms_with_a_stale_token_explain_what_to_do(csrf_client):
    response = csrf_client.post("/feedback/status/", {"number": "1"})
    assert response.status_code == 403
    assert "Страница была открыта слишком долго" in response.content.decode()


def test_a_login_with_a_stale_token_explains_what_to_do(csrf_client):
    response = csrf_client.post("/admin/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "Страница была открыта слишком долго" in response.content.decode()


def test_a_form_from_another_origin_is_refused(csrf_client, entries):
    csrf_client.get("/feedback/new/")
    token = csrf_client.cookies["csrftoken"].value
    response = csrf_client.post(
        "/feedback/new/",
        {**entries, "csrfmiddlewaretoken": token},
        HTTP_ORIGIN="https://evil.example",
    )
    assert response.status_code == 403
    assert not Suggestion.objects.exists()


@override_settings(DEBUG=False)
def test_robots_txt_disallows_private_pages(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Disallow: /feedback/receipt/" in text
