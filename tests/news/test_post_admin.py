"""Posts and photographs in the admin."""

import datetime
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from news.models import Document, Post
from tests import factories
from tests.feedback.suggestion_admin import enter

pytestmark = pytest.mark.django_db
ADD = "/admin/news/post/add/"


def entries(**fields):
    """The POST data of a post's form."""
    sent = {"kind": "report", "title": "Круглый стол", "lead": "", "body": "<p>Текст.</p>"}
    for prefix in ("participations", "documents", "videos"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return {**sent, **fields}


def change(post):
    return f"/admin/news/post/{post.pk}/change/"


def errors(response):
    return response.context["adminform"].form.errors


def upload(name="photo.jpg", data=None):
    return SimpleUploadedFile(name, data or factories.picture_bytes((400, 300)))


def test_saving_a_new_post_creates_a_draft(staff_client):
    assert staff_client.post(ADD, entries()).status_code == 302
    assert Post.objects.get().state == Post.State.DRAFT


def test_line_breaks_in_a_title_become_spaces(staff_client):
    staff_client.post(ADD, entries(title="Круглый\r\n  стол"))
    assert Post.objects.get().title == "Круглый стол"


def test_non_breaking_spaces_in_a_title_are_preserved(staff_client):
    staff_client.post(ADD, entries(title="Встреча с\u00a0А.\u00a0Ивановым"))
    assert Post.objects.get().title == "Встреча с\u00a0А.\u00a0Ивановым"


@pytest.mark.parametrize(("title", "field"), [("", "title"), ("…", "slug")])
def test_an_invalid_title_gives_a_single_error(staff_client, title, field):
    assert list(errors(staff_client.post(ADD, entries(title=title)))) == [field]


def test_a_script_in_the_text_is_not_stored(staff_client):
    staff_client.post(ADD, entries(body='<p onclick="x()">Текст.<script>x()</script></p>'))
    assert Post.objects.get().body == "<p>Текст.</p>"


def test_an_invalid_form_names_the_files_to_choose_again(staff_client):
    files = {"documents-0-file": upload("1.jpg"), "documents-1-file": upload("2.jpg")}
    response = staff_client.post(ADD, entries(title="", **files))
    assert "Файлы пока не приняты, выберите их снова" in response.content.decode()
    assert "1.jpg, 2.jpg" in response.content.decode()


def test_publishing_an_announcement_requires_an_event_date(staff_client):
    response = staff_client.post(ADD, entries(kind="announcement", _publish="1"))
    assert errors(response)["event_date"] == ["Без даты события анонс не опубликовать: укажите её."]


def test_an_invalid_event_date_gives_a_single_error(staff_client):
    sent = entries(kind="announcement", event_date="32.13.2026", _publish="1")
    assert len(errors(staff_client.post(ADD, sent))["event_date"]) == 1


def test_an_event_ending_before_its_start_is_refused(staff_client):
    sent = entries(event_date="02.03.2026", event_end_date="01.03.2026")
    response = staff_client.post(ADD, sent)
    assert "Последний день не может быть раньше" in str(errors(response))


def test_staff_without_permissions_cannot_open_the_list(client, django_user_model):
    user = factories.staff(username="reader")
    user.is_superuser = False
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/news/post/").status_code == 403


@pytest.mark.parametrize("state", Post.State.values)
def test_posts_can_be_filtered_by_state(staff_client, state):
    posts = {
        "draft": factories.draft(),
        "scheduled": factories.post(published_at=timezone.now() + datetime.timedelta(hours=1)),
        "published": factories.post(),
        "in_review": factories.submitted(),
        "returned": factories.returned(),
    }
    response = staff_client.get("/admin/news/post/", {"state": state})
    assert list(response.context["cl"].queryset) == [posts[state]]


def test_posts_can_be_filtered_by_academic_year(staff_client):
    old = factories.post(published_at="2021-10-05T09:00:00+03:00")
    factories.post(published_at="2023-10-05T09:00:00+03:00")
    page = staff_client.get("/admin/news/post/?year=2021-2022")
    assert list(page.context["cl"].result_list) == [old]


def test_drafts_stand_first_in_the_list_and_of_them_what_waits_longest(staff_client):
    published, draft = factories.post(), factories.draft()
    waits, waits_longer = factories.submitted(), factories.submitted()
    moment = timezone.now() - datetime.timedelta(days=1)
    Post.objects.filter(pk=waits_longer.pk).update(submitted_at=moment)
    page = staff_client.get("/admin/news/post/")
    assert list(page.context["cl"].result_list) == [waits_longer, waits, draft, published]


def test_a_published_post_is_linked_from_its_form(staff_client):
    post = factories.post()
    assert staff_client.get(change(post)).context["has_absolute_url"]
    assert "Опубликована" in staff_client.get(change(post)).content.decode()


def test_the_list_takes_a_constant_number_of_queries(staff_client, django_assert_max_num_queries):
    for _ in range(12):
        factories.photo(post=factories.post(topic=factories.topic()), is_cover=True)
    staff_client.get("/admin/news/post/")  # kinds of rows are looked up once a process
    with django_assert_max_num_queries(14):
        staff_client.get("/admin/news/post/")


def test_view_only_staff_get_no_buttons_to_save(client, read_page):
    enter(client, "view_post")
    response = client.get(change(factories.draft(title="Круглый стол")))
    assert "Круглый стол" in response.content.decode()
    page = read_page(response).root
    names = {field.get("name") for field in page.all("input", "button")}
    assert not names & {"_save", "_publish", "_withdraw", "_continue"}


@pytest.mark.parametrize(
    "rights", [["view_post"], ["view_post", "change_post"], ["change_post", "publish_post"]]
)
def test_publishing_selected_posts_needs_the_permission_to_publish(client, rights):
    enter(client, *rights)
    factories.post()
    page = client.get("/admin/news/post/").content.decode()
    for action in ("publish_selected", "unpublish_selected"):
        assert (f'value="{action}"' in page) is ("publish_post" in rights)


# Documents ----------------------------------------------------------------------------------------


def document_entries(**fields):
    """What the form sends of a new post with a Word file that tells of changes."""
    case = Path(__file__).resolve().parents[1] / "cases" / "office" / "tracked_changes.docx"
    row = {"title": "Приказ", "file": upload("приказ.docx", case.read_bytes()), **fields}
    sent = {f"documents-0-{name}": value for name, value in row.items()}
    return entries(**{"documents-TOTAL_FORMS": 1, **sent})


def test_a_word_file_with_changes_is_refused_with_a_choice(staff_client):
    page = staff_client.post(ADD, document_entries()).content.decode()
    assert not Document.objects.exists()
    assert "уволить Сидорова С. С." in page
    assert 'name="documents-0-accept_changes"' in page


def test_a_word_file_is_published_once_its_changes_are_accepted(staff_client):
    response = staff_client.post(ADD, document_entries(accept_changes="on"))
    assert response.status_code == 302
    with Document.objects.get().file as file, zipfile.ZipFile(file) as archive:
        said = archive.read("word/document.xml").decode()
    assert "наградить Сидорова" in said
    assert "уволить" not in said


def test_a_stored_document_keeps_its_file_when_only_its_title_changes(staff_client):
    document = factories.document()
    row = {"id": document.pk, "post": document.post_id, "order": 0, "title": "Другое название"}
    sent = {f"documents-0-{name}": value for name, value in row.items()}
    counts = {"documents-TOTAL_FORMS": 1, "documents-INITIAL_FORMS": 1}
    response = staff_client.post(change(document.post), entries(**counts, **sent))
    assert response.status_code == 302
    changed = Document.objects.get()
    assert (changed.title, changed.file.name) == ("Другое название", document.file.name)
