"""Posts and photographs in the admin."""

import datetime
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from news.models import Document, Photo, Post
from tests import factories
from tests.feedback.suggestion_admin import enter

pytestmark = pytest.mark.django_db
ADD = "/admin/news/post/add/"


def entries(photos=(), **fields):
    """The POST data of a post's form."""
    sent = {"kind": "report", "title": "Круглый стол", "lead": "", "body": "<p>Текст.</p>"}
    for prefix in ("photos", "participations", "documents", "videos"):
        sent |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    sent |= {"photos-TOTAL_FORMS": len(photos), "photos-INITIAL_FORMS": len(photos)}
    for number, (photo, values) in enumerate(photos):
        row = {"id": photo.pk, "post": photo.post_id, "order": photo.order, **values}
        sent |= {f"photos-{number}-{name}": value for name, value in row.items()}
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


def test_several_photographs_can_be_uploaded_together(staff_client):
    staff_client.post(ADD, entries(new_photos=[upload("1.jpg"), upload("2.jpg"), upload("3.jpg")]))
    assert [photo.is_cover for photo in Photo.objects.all()] == [True, False, False]


def test_a_file_that_is_no_photograph_is_named(staff_client):
    files = [upload("1.jpg"), upload("смета.jpg", b"text")]
    response = staff_client.post(ADD, entries(new_photos=files))
    assert errors(response)["new_photos"][0].startswith("смета.jpg: Это не фотография")
    assert not Post.objects.exists()


def test_a_photograph_that_is_too_small_is_named(staff_client):
    files = [upload("1.jpg"), upload("точка.jpg", factories.picture_bytes((1, 1)))]
    response = staff_client.post(ADD, entries(new_photos=files))
    assert errors(response)["new_photos"][0].startswith("точка.jpg: От снимка осталось бы 1 × 1")


def test_an_invalid_form_names_the_files_to_choose_again(staff_client):
    files = [upload("1.jpg"), upload("2.jpg")]
    response = staff_client.post(ADD, entries(title="", new_photos=files))
    assert "Файлы пока не приняты, выберите их снова" in response.content.decode()
    assert "1.jpg, 2.jpg" in response.content.decode()


def test_a_photograph_that_arrived_in_part_is_named(staff_client):
    data = factories.noise_bytes()
    files = [upload("целая.jpg"), upload("часть.jpg", data[: len(data) // 2])]
    response = staff_client.post(ADD, entries(new_photos=files), follow=True)
    warnings = [
        str(message) for message in response.context["messages"] if message.level_tag == "warning"
    ]
    assert len(warnings) == 1
    assert warnings[0].startswith("часть.jpg: не сохранился низ снимка")


def test_the_form_of_a_new_post_has_no_photograph_list(staff_client):
    page = staff_client.get(ADD).content.decode()
    assert 'id="photos-group"' not in page
    assert "Когда публикация сохранится" in page


def test_a_photograph_without_a_caption_is_labelled_by_its_number(staff_client):
    photo = factories.photo(order=3)
    page = staff_client.get(change(photo.post)).content.decode()
    assert '<span class="inline_label">№ 3' in page


def test_too_many_photographs_are_refused_unread(staff_client, monkeypatch):
    monkeypatch.setattr("news.forms.clean_uploaded_photograph", pytest.fail)
    files = [upload(f"{number}.jpg") for number in range(61)]
    response = staff_client.post(ADD, entries(new_photos=files))
    assert "а выбрано 61" in errors(response)["new_photos"][0]


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


def test_the_cover_can_be_changed_in_one_save(staff_client):
    post = factories.post(title="Круглый стол")
    first = factories.photo(post=post, order=1, is_cover=True)
    second = factories.photo(post=post, order=2)
    photos = [(first, {}), (second, {"is_cover": "on"})]
    response = staff_client.post(change(post), entries(photos, slug=post.slug))
    assert response.status_code == 302
    assert post.photos.covers().get() == second


def test_the_cover_can_be_moved_to_an_earlier_photograph(staff_client):
    post = factories.post(title="Круглый стол")
    first = factories.photo(post=post, order=1)
    second = factories.photo(post=post, order=2, is_cover=True)
    photos = [(first, {"is_cover": "on"}), (second, {})]
    response = staff_client.post(change(post), entries(photos, slug=post.slug))
    assert response.status_code == 302
    assert post.photos.covers().get() == first


def test_two_covers_are_refused_with_an_explanation(staff_client):
    post = factories.post(title="Круглый стол")
    photos = [(factories.photo(post=post, order=n), {"is_cover": "on"}) for n in (1, 2)]
    response = staff_client.post(change(post), entries(photos, slug=post.slug))
    assert response.status_code == 200
    assert "Обложка у публикации одна" in response.content.decode()


def test_deleting_the_cover_makes_another_photograph_the_cover(staff_client):
    post = factories.post(title="Круглый стол")
    first = factories.photo(post=post, order=1, is_cover=True)
    second = factories.photo(post=post, order=2)
    photos = [(first, {"DELETE": "on", "is_cover": "on"}), (second, {})]
    staff_client.post(change(post), entries(photos, slug=post.slug))
    assert post.photos.covers().get() == second


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
    }
    response = staff_client.get("/admin/news/post/", {"state": state})
    assert list(response.context["cl"].queryset) == [posts[state]]


def test_a_published_post_is_linked_from_its_form(staff_client):
    post = factories.post()
    assert staff_client.get(change(post)).context["has_absolute_url"]
    assert "Опубликовано" in staff_client.get(change(post)).content.decode()


def test_the_list_takes_a_constant_number_of_queries(staff_client, django_assert_max_num_queries):
    for _ in range(12):
        factories.photo(post=factories.post(topic=factories.topic()), is_cover=True)
    with django_assert_max_num_queries(14):
        staff_client.get("/admin/news/post/")


def test_the_largest_number_of_photographs_is_accepted(staff_client, monkeypatch):
    monkeypatch.setattr("news.forms.MAX_PHOTOS", 2)
    staff_client.post(ADD, entries(new_photos=[upload("1.jpg"), upload("2.jpg")]))
    assert Photo.objects.count() == 2


def test_view_only_staff_get_no_buttons_to_save(client, read_page):
    enter(client, "view_post")
    response = client.get(change(factories.draft(title="Круглый стол")))
    assert "Круглый стол" in response.content.decode()
    page = read_page(response).root
    names = {field.get("name") for field in page.all("input", "button")}
    assert not names & {"_save", "_publish", "_withdraw", "_continue"}


def test_changing_the_cover_leaves_the_covers_of_other_posts(staff_client):
    other = factories.photo(is_cover=True)
    post = factories.post(title="Круглый стол")
    first = factories.photo(post=post, order=1, is_cover=True)
    second = factories.photo(post=post, order=2)
    photos = [(first, {}), (second, {"is_cover": "on"})]
    staff_client.post(change(post), entries(photos, slug=post.slug))
    assert set(Photo.objects.covers()) == {second, other}


@pytest.mark.parametrize("rights", [["view_post"], ["view_post", "change_post"]])
def test_publishing_selected_posts_needs_the_change_permission(client, rights):
    enter(client, *rights)
    factories.post()
    page = client.get("/admin/news/post/").content.decode()
    for action in ("publish_selected", "unpublish_selected"):
        assert (f'value="{action}"' in page) is ("change_post" in rights)


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
