"""Forms of staff survive the end of their session and are shown before they are saved."""

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from college_site.accounts.login_throttling import BROWSER_COOKIE
from college_site.admin_site.review import ReviewedAdmin
from news.models import Topic
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "/admin/news/topic/add/"
PASSWORD = {"password": factories.PASSWORD}
TEXT = 'Практика: "станки"\n& экскурсии'


@pytest.fixture
def entries():
    return {"title": "Практика", "slug": "praktika", "description": TEXT, "_save": "Сохранить"}


def read_hidden_fields(read_page, response):
    fields = read_page(response).root.all("input")
    return {f["name"]: f.get("value", "") for f in fields if f.get("type") == "hidden"}


def login_entries(user, password=factories.PASSWORD):
    return {"login-username": user.username, "login-password": password, "_review": "1"}


def read_form_fields(read_page, response):
    """The POST data of the form on the page, without changes."""
    root = read_page(response).root
    fields = {}
    for field in root.all("input", "textarea"):
        if field.name == "textarea":
            fields[field["name"]] = "".join(field.children).removeprefix("\n")
        elif field.get("type") != "submit" and "name" in field.attributes:
            fields[field["name"]] = field.get("value", "")
    return fields


def test_a_form_sent_without_a_login_is_returned_with_its_entries(client, entries, read_page):
    response = client.post(ADD, entries)
    assert response.status_code == 403
    assert "no-store" in response.headers["Cache-Control"]
    assert read_hidden_fields(read_page, response)["description"] == TEXT
    assert not Topic.objects.exists()


@pytest.mark.parametrize("name", ["client", "csrf_client"])
def test_the_login_shows_the_form_and_its_button_saves_it(request, name, entries, read_page):
    """With a valid token, and with all cookies cleared."""
    client = request.getfixturevalue(name)
    hidden_fields = read_hidden_fields(read_page, client.post(ADD, entries))
    response = client.post(ADD, {**hidden_fields, **login_entries(factories.staff())})
    assert not Topic.objects.exists()
    assert "ещё не сохранено" in response.content.decode()
    shown_fields = read_form_fields(read_page, response)
    assert (shown_fields["title"], shown_fields["description"]) == ("Практика", TEXT)
    assert client.post(ADD, {**shown_fields, "_save": "1"}).status_code == 302
    assert Topic.objects.get().description == TEXT


def test_a_login_without_the_button_saves_nothing_either(client, entries):
    client.post(ADD, {**entries, **login_entries(factories.staff()), "_review": ""})
    client.logout()
    login = {
        key: value for key, value in login_entries(factories.staff()).items() if key != "_review"
    }
    assert client.post(ADD, {**entries, **login}).status_code == 200
    assert not Topic.objects.exists()


def test_the_form_of_an_existing_row_is_shown_unchanged_in_the_database(client, read_page):
    topic = factories.topic(title="Было")
    address = f"/admin/news/topic/{topic.pk}/change/"
    hidden_fields = read_hidden_fields(
        read_page, client.post(address, {"title": "Стало", "slug": topic.slug})
    )
    response = client.post(address, {**hidden_fields, **login_entries(factories.staff())})
    assert read_form_fields(read_page, response)["title"] == "Стало"
    assert Topic.objects.get().title == "Было"


def test_an_answer_to_a_suggestion_is_shown_before_it_is_given(client, read_page):
    suggestion = factories.suggestion()
    address = f"/admin/feedback/suggestion/{suggestion.pk}/act/answered/"
    sent = {"words": "Стоят.", "decision": "accepted"}
    hidden_fields = read_hidden_fields(read_page, client.post(address, sent))
    assert hidden_fields["words"] == "Стоят."
    page = client.post(
        address, {**hidden_fields, **login_entries(factories.staff())}
    ).content.decode()
    assert "Стоят." in page
    suggestion.refresh_from_db()
    assert suggestion.status == "received"
    client.post(address, sent)
    suggestion.refresh_from_db()
    assert suggestion.answer == "Стоят."


def test_every_form_of_the_admin_is_shown_before_it_is_saved():
    assert all(isinstance(each, ReviewedAdmin) for each in admin.site._registry.values())


def test_a_wrong_password_keeps_the_entries(client, entries, read_page):
    response = client.post(ADD, {**entries, **login_entries(factories.staff(), "wrong")})
    assert response.status_code == 403
    assert "пароль" in response.content.decode()
    assert "wrong" not in response.content.decode()
    assert read_hidden_fields(read_page, response)["description"] == TEXT


def test_a_form_with_a_stale_token_is_shown_and_can_be_saved(csrf_client, entries, read_page):
    csrf_client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    response = csrf_client.post(ADD, {**entries, "csrfmiddlewaretoken": "x" * 64})
    assert "Имя пользователя" not in response.content.decode()
    hidden_fields = read_hidden_fields(read_page, response)
    shown_fields = read_form_fields(
        read_page, csrf_client.post(ADD, {**hidden_fields, "_review": "1"})
    )
    assert not Topic.objects.exists()
    assert csrf_client.post(ADD, {**shown_fields, "_save": "1"}).status_code == 302
    assert Topic.objects.exists()


def test_the_recovery_form_presses_no_button(client, read_page):
    sent = {"title": "Практика", "_publish": "Опубликовать сейчас", "_popup": "1"}
    hidden_fields = read_hidden_fields(read_page, client.post("/admin/news/post/add/", sent))
    assert "_publish" not in hidden_fields
    assert hidden_fields["_popup"] == "1"


# Deletions ----------------------------------------------------------------------------------------


def test_a_deletion_inside_a_form_is_not_replayed(client, read_page):
    photo = factories.photo()
    address = f"/admin/news/post/{photo.post.pk}/change/"
    sent = {"title": "Практика", "photos-0-DELETE": "on", "logo-clear": "on"}
    hidden_fields = read_hidden_fields(read_page, client.post(address, sent))
    assert hidden_fields["title"] == "Практика"
    assert not {"photos-0-DELETE", "logo-clear"} & hidden_fields.keys()


@pytest.mark.parametrize("sent", [{"index": "0"}, {"post": "yes"}])
def test_a_bulk_action_is_not_replayed(client, sent):
    """Neither from the changelist nor from the confirmation page of deletion."""
    topic = factories.topic()
    sent |= {"action": "delete_selected", "_selected_action": topic.pk}
    response = client.post("/admin/news/topic/", sent)
    assert response.url == "/admin/login/?next=/admin/news/topic/"
    client.post(response.url, {"username": factories.staff().username, **PASSWORD})
    assert Topic.objects.get() == topic


def test_the_deletion_of_a_row_is_not_replayed(client):
    topic = factories.topic()
    address = f"/admin/news/topic/{topic.pk}/delete/"
    login = login_entries(factories.staff())
    response = client.post(address, {"post": "yes", **login})
    assert response.url == f"/admin/login/?next={address}"
    assert Topic.objects.get() == topic


@pytest.mark.parametrize("path", ["", "{}/delete/"])
def test_a_deletion_with_a_stale_token_is_not_shown_again(csrf_client, path):
    csrf_client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    topic = factories.topic()
    sent = {"post": "yes", "action": "delete_selected", "_selected_action": topic.pk}
    response = csrf_client.post(f"/admin/news/topic/{path.format(topic.pk)}", sent)
    assert response.status_code == 403
    assert "delete_selected" not in response.content.decode()


# The rest -----------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/"},
        {},
    ],
)
@pytest.mark.parametrize("is_logged_in", [True, False])
def test_a_form_of_another_site_is_not_returned(entries, headers, is_logged_in):
    browser = Client(enforce_csrf_checks=True)
    if is_logged_in:
        browser.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    response = browser.post(ADD, entries, headers=headers)
    assert response.status_code == 403
    assert "Практика" not in response.content.decode()
    assert "Отправлено не с этого сайта" in response.content.decode()


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://testserver"}, {"Referer": "http://testserver/admin/"}]
)
def test_an_old_browser_gets_its_own_form_back(entries, headers, read_page):
    response = Client(enforce_csrf_checks=True).post(ADD, entries, headers=headers)
    assert read_hidden_fields(read_page, response)["description"] == TEXT


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
