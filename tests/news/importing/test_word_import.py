"""The admin's page that makes a draft of a Word file: who may use it, what it says."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile

from news.models import Post
from tests import factories
from tests.word_files import paragraph, picture, word_bytes

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/news/post/import/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
FORM = 'enctype="multipart/form-data"'


def upload(*body, name="Отчёт.docx", **options):
    body = body or [paragraph("Практика"), paragraph("Лид."), paragraph("Цех", content=picture())]
    return {"file": SimpleUploadedFile(name, word_bytes(*body, **options))}


def log_in(client, *codenames, **fields):
    user = User.objects.create_user("account", **{"is_staff": True, **fields})
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user, backend=BACKEND)
    return client


def test_a_file_becomes_a_draft_whose_form_is_shown(staff_client):
    response = staff_client.post(ADDRESS, upload(), follow=True)
    post = Post.objects.get()
    assert response.redirect_chain == [(f"/admin/news/post/{post.pk}/change/", 302)]
    assert "Черновик «Практика» создан из\u00a0документа Word, фотографий: 1." in (
        response.content.decode()
    )
    assert (post.title, post.lead, post.photos.count()) == ("Практика", "Лид.", 1)


def test_what_is_missing_is_shown_and_stays_in_the_history(staff_client):
    body = [paragraph("Практика"), paragraph("Лид."), paragraph("Цех", content=picture("gone"))]
    note = "Не\u00a0перенесено: картинка, которой нет в\u00a0файле (после слов «Практика Лид. Цех»)"
    response = staff_client.post(ADDRESS, upload(*body), follow=True)
    assert f"<li>{note}.</li>" in response.content.decode()
    assert note in LogEntry.objects.get().change_message
    history = staff_client.get(f"/admin/news/post/{Post.objects.get().pk}/history/")
    assert note in history.content.decode()


def test_notes_are_escaped(staff_client):
    body = [paragraph("А"), paragraph("&lt;b&gt;Б&lt;/b&gt;", content=picture("gone"))]
    response = staff_client.post(ADDRESS, upload(*body), follow=True)
    assert "«А &lt;b&gt;Б&lt;/b&gt;»" in response.content.decode()


def test_a_refused_file_is_named_with_what_to_do(staff_client):
    file = SimpleUploadedFile("План.odt", b"{\\rtf1}")
    response = staff_client.post(ADDRESS, {"file": file})
    assert "План.odt: Это документ RTF. Откройте его и\u00a0сохраните" in response.content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"file": SimpleUploadedFile("План.docx", b"")}])
def test_a_form_without_a_file_says_so(staff_client, sent):
    response = staff_client.post(ADDRESS, sent)
    assert 'class="errorlist"' in response.content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize("address", ["/admin/news/post/", "/admin/news/post/add/"])
def test_the_list_and_a_new_post_lead_to_the_page(staff_client, address):
    page = staff_client.get(address).content.decode()
    assert f'href="{ADDRESS}"' in page
    assert f'action="{ADDRESS}"' in page
    assert 'data-limit="62914560"' in page


def test_the_form_of_a_stored_post_takes_no_word_file(staff_client):
    post = factories.draft()
    page = staff_client.get(f"/admin/news/post/{post.pk}/change/").content.decode()
    assert ADDRESS not in page


# Permissions --------------------------------------------------------------------------------------


NOT_ALLOWED = {
    "staff without permissions": ([], {}),
    "readers": (["view_post"], {}),
    "editors": (["view_post", "change_post", "delete_post"], {}),
    "staff of other models": (["add_photo", "add_topic", "add_document"], {}),
}
STRANGERS = {
    "former staff": (["add_post"], {"is_staff": False}),
    "a former superuser": ([], {"is_staff": False, "is_superuser": True}),
    "a disabled account": (["add_post"], {"is_active": False}),
}


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
@pytest.mark.parametrize("role", NOT_ALLOWED)
def test_staff_who_may_not_add_posts_are_refused(client, role, method):
    codenames, fields = NOT_ALLOWED[role]
    log_in(client, *codenames, **fields)
    sent = upload() if method == "post" else {}
    assert getattr(client, method)(ADDRESS, sent).status_code in (403, 405)
    assert not Post.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
@pytest.mark.parametrize("role", STRANGERS)
def test_strangers_are_sent_to_the_login(client, role, method):
    codenames, fields = STRANGERS[role]
    log_in(client, *codenames, **fields)
    sent = upload() if method == "post" else {}
    response = getattr(client, method)(ADDRESS, sent)
    assert response.status_code in (403, 405) or response.url.startswith("/admin/login/")
    assert not Post.objects.exists()


@pytest.mark.parametrize("address", ["/admin/news/post/", "/admin/news/post/1/change/"])
def test_staff_who_may_not_add_posts_are_offered_nothing(client, address):
    factories.post(pk=1)
    page = log_in(client, "view_post", "change_post").get(address)
    assert ADDRESS not in page.content.decode()


@pytest.mark.parametrize(
    ("codenames", "address"),
    [(["add_post"], "/admin/"), (["add_post", "view_post"], "/admin/news/post/{}/change/")],
)
def test_staff_who_may_add_posts_get_a_page_that_they_may_see(client, codenames, address):
    response = log_in(client, *codenames).post(ADDRESS, upload())
    assert response.url == address.format(Post.objects.get().pk)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_not_allowed(staff_client, method):
    response = getattr(staff_client, method)(ADDRESS)
    assert response.status_code == 405
    assert response.headers["Allow"].startswith("GET, HEAD, POST")


# Login and tokens ---------------------------------------------------------------------------------


def test_a_form_without_a_token_makes_no_draft(csrf_client):
    log_in(csrf_client, "add_post")
    assert csrf_client.post(ADDRESS, upload()).status_code == 403
    assert not Post.objects.exists()


def test_a_form_of_another_site_makes_no_draft(csrf_client):
    log_in(csrf_client, "add_post")
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    response = csrf_client.post(ADDRESS, upload(), headers=headers)
    assert response.status_code == 403
    assert "Отчёт.docx" not in response.content.decode()
    assert not Post.objects.exists()


def test_a_file_sent_after_the_login_ended_is_named(client):
    response = client.post(ADDRESS, upload())
    assert response.status_code == 403
    assert "Файлы придётся выбрать заново: Отчёт.docx." in response.content.decode()


def test_the_login_leads_back_to_the_form_and_makes_no_draft(client):
    client.post(ADDRESS, upload())
    user = factories.staff()
    login = {"login-username": user.username, "login-password": factories.PASSWORD}
    response = client.post(ADDRESS, {**login, "_review": "1"})
    assert FORM in response.content.decode()
    assert "Черновик ещё не\u00a0создан. Выберите файл снова" in response.content.decode()
    assert not Post.objects.exists()


def test_someone_else_who_logs_in_there_is_refused(client):
    user = User.objects.create_user("reader", password=factories.PASSWORD, is_staff=True)
    login = {"login-username": user.username, "login-password": factories.PASSWORD}
    assert client.post(ADDRESS, {**login, "_review": "1"}).status_code == 403
