"""Forms of staff survive the end of their session."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from college_site.accounts.login_throttling import BROWSER_COOKIE
from news.models import Topic
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "/admin/news/topic/add/"
TEXT = 'Практика: "станки"\n& экскурсии'


@pytest.fixture
def csrf_client():
    """A client with CSRF checks."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def entries():
    return {"title": "Практика", "slug": "praktika", "description": TEXT, "_save": "Сохранить"}


def read_hidden_fields(read_page, response):
    fields = read_page(response).root.all("input")
    return {f["name"]: f.get("value", "") for f in fields if f.get("type") == "hidden"}


def login_entries(user, password=factories.PASSWORD):
    return {"login-username": user.username, "login-password": password, "_continue": "1"}


def test_a_form_sent_without_a_login_is_returned_with_its_entries(client, entries, read_page):
    response = client.post(ADD, entries)
    assert response.status_code == 403
    assert "no-store" in response.headers["Cache-Control"]
    assert read_hidden_fields(read_page, response)["description"] == TEXT
    assert not Topic.objects.exists()


@pytest.mark.parametrize("name", ["client", "csrf_client"])
def test_logging_in_on_the_recovery_page_saves_the_form(request, name, entries, read_page):
    """With a valid token, and with all cookies cleared."""
    client = request.getfixturevalue(name)
    hidden_fields = read_hidden_fields(read_page, client.post(ADD, entries))
    response = client.post(ADD, {**hidden_fields, **login_entries(factories.staff())})
    topic = Topic.objects.get()
    assert topic.description == TEXT
    assert response.url == f"/admin/news/topic/{topic.pk}/change/"
    assert client.get(response.url).status_code == 200


def test_a_wrong_password_keeps_the_entries(client, entries, read_page):
    response = client.post(ADD, {**entries, **login_entries(factories.staff(), "wrong")})
    assert response.status_code == 403
    assert "пароль" in response.content.decode()
    assert "wrong" not in response.content.decode()
    assert read_hidden_fields(read_page, response)["description"] == TEXT


def test_a_form_with_a_stale_token_can_be_resent(csrf_client, entries, read_page):
    csrf_client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    response = csrf_client.post(ADD, {**entries, "csrfmiddlewaretoken": "x" * 64})
    assert "Имя пользователя" not in response.content.decode()
    hidden_fields = read_hidden_fields(read_page, response)
    assert csrf_client.post(ADD, {**hidden_fields, "_continue": "1"}).status_code == 302
    assert Topic.objects.exists()


def test_the_recovery_form_saves_instead_of_publishing(client, read_page):
    sent = {"title": "Практика", "_publish": "Опубликовать сейчас", "_popup": "1"}
    hidden_fields = read_hidden_fields(read_page, client.post("/admin/news/post/add/", sent))
    assert "_publish" not in hidden_fields
    assert hidden_fields["_popup"] == "1"


@pytest.mark.parametrize("sent", [{"index": "0"}, {"post": "yes"}])
def test_logging_in_does_not_run_a_bulk_action(client, sent, read_page):
    """Neither from the changelist nor from the confirmation page of deletion."""
    topic = factories.topic()
    sent |= {"action": "delete_selected", "_selected_action": topic.pk}
    hidden_fields = read_hidden_fields(read_page, client.post("/admin/news/topic/", sent))
    sent = {**hidden_fields, **login_entries(factories.staff())}
    response = client.post("/admin/news/topic/", sent, follow=True)
    assert "Удалить несколько объектов" not in response.content.decode()
    assert Topic.objects.get() == topic


def test_the_action_on_a_suggestion_is_preserved(client, read_page):
    address = f"/admin/feedback/suggestion/{factories.suggestion().pk}/change/"
    hidden_fields = read_hidden_fields(
        read_page, client.post(address, {"action": "answered", "words": "Стоят."})
    )
    assert hidden_fields["action"] == "answered"


def test_logging_in_on_the_recovery_page_sets_the_browser_cookie(client, entries):
    client.post(ADD, {**entries, **login_entries(factories.staff())})
    assert BROWSER_COOKIE in client.cookies


def test_files_to_choose_again_are_named(client, entries):
    file = SimpleUploadedFile("цех.jpg", factories.picture_bytes())
    response = client.post(ADD, {**entries, "logo": file})
    assert "Файлы придётся выбрать заново: цех.jpg." in response.content.decode()


def test_passwords_are_not_returned(client, read_page):
    sent = {"username": "ivanova", "password1": "secret-1", "password2": "secret-1"}
    response = client.post("/admin/auth/user/add/", sent)
    assert read_hidden_fields(read_page, response)["username"] == "ivanova"
    assert "secret-1" not in response.content.decode()


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_form_of_another_site_is_not_returned(csrf_client, entries, site):
    csrf_client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    response = csrf_client.post(ADD, entries, headers={"Sec-Fetch-Site": site})
    assert response.status_code == 403
    assert "Практика" not in response.content.decode()


def test_a_get_request_redirects_to_the_login(client):
    assert client.get(ADD).url == f"/admin/login/?next={ADD}"


def test_a_locked_login_keeps_the_entries_and_states_the_delay(client, entries, read_page):
    user = factories.staff()
    for _ in range(5):
        response = client.post(ADD, {**entries, **login_entries(user, "wrong")})
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    assert "Подождите 15\u00a0минут" in response.content.decode()
    assert read_hidden_fields(read_page, response)["description"] == TEXT
