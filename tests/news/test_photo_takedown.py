"""A photograph is taken off the site: every address, every file, every mark."""

import hashlib
import io
import json
import uuid
from importlib import import_module
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.files.storage import default_storage
from django.test import Client

from college_site.accounts.roles import AUTHOR, EDITOR
from college_site.uploads.sandbox import staff_turn
from news.history.recording import record
from news.importing.drafts import clean_pictures
from news.models import Autosave, Photo, PreviewLink, Revision, Takedown
from news.models.editing.revisions import RevisionAct
from news.photos.rendition_job import render_due_photo
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_photo_admin import BASE, SAME_ORIGIN, picture

pytestmark = pytest.mark.django_db
REASON = "Родители попросили убрать."
DIGEST = "a" * 64


@pytest.fixture
def editor():
    return factories.member(EDITOR)


@pytest.fixture
def take_down(editor, django_capture_on_commit_callbacks):
    """A function that takes a photograph off the site by its page in the admin."""

    def send(photo, reason=REASON):
        with django_capture_on_commit_callbacks(execute=True):
            address = f"{BASE}photos/{photo.pk}/takedown/"
            return log_in(editor).post(address, {"reason": reason})

    return send


def placed(number):
    return f'<figure data-photo="{number}"></figure>'


def rendered(post, **fields):
    """A photograph with its renditions that stands in the text and is the cover."""
    photo = factories.photo(post, size=(1000, 700), digest=DIGEST, is_cover=True, **fields)
    assert render_due_photo()
    post.body = f"<p>До.</p>{placed(photo.pk)}<p>После.</p>"
    post.save()
    return Photo.objects.get(pk=photo.pk)


def list_addresses(photo):
    names = ["master.jpg", photo.small_name, *photo.rendition_names]
    return [*(f"/photos/{photo.key}/{name}" for name in names), photo.card_url]


def list_statuses(client, addresses):
    answers = [client.get(address) for address in addresses]
    for answer in answers:
        answer.getvalue()  # closes the file
    return {answer.status_code for answer in answers}


def list_files(photo):
    folder = f"photos/{photo.key}"
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def test_no_address_and_no_file_of_any_use_is_left(take_down):
    first = rendered(factories.post())
    link_post = factories.draft()
    uses = [first, rendered(factories.post()), rendered(link_post)]
    preview = f"/preview/{PreviewLink.issue(link_post, None)}/photos/{uses[2].key}/master.jpg"
    slot = factories.photo(autosave=factories.autosave(), digest=DIGEST)
    addresses = [*list_addresses(uses[0]), *list_addresses(uses[1]), preview]
    assert list_statuses(Client(), addresses) == {200}
    assert take_down(first).status_code == 303
    assert list_statuses(Client(), addresses) == {404}
    assert list_statuses(log_in(factories.staff()), list_addresses(uses[2])) == {404}
    assert [list_files(photo) for photo in (*uses, slot)] == [[], [], [], []]
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_no_mark_is_left_in_any_text(take_down):
    post = factories.post()
    photo, other = rendered(post), factories.photo(post)
    post.body += placed(other.pk)
    post.save()
    unsaved = urlencode({"title": "Слёт", "body": f"<p>А</p>{placed(photo.pk)}"})
    slot = factories.autosave(entries=unsaved, post=post)
    take_down(photo)
    post.refresh_from_db()
    assert post.body == f"<p>До.</p><p>После.</p>{placed(other.pk)}"
    assert Autosave.objects.get(pk=slot.pk).data["body"] == "<p>А</p>"


def test_the_next_photo_becomes_the_cover(take_down):
    post = factories.post()
    photo, other = rendered(post), factories.photo(post)
    take_down(photo)
    other.refresh_from_db()
    assert other.is_cover


def test_a_stored_page_and_a_stored_file_are_asked_for_again(take_down, client):
    factories.college()
    photo = rendered(factories.post())
    for address in (photo.post.get_absolute_url(), photo.url, photo.card_url):
        stored = client.get(address)
        stored.getvalue()  # closes the file
        assert "no-cache" in stored.headers["Cache-Control"]
        tag = {"if-none-match": stored.headers["ETag"]}
        assert client.get(address, headers=tag).status_code == 304
    page = {"if-none-match": client.get(photo.post.get_absolute_url()).headers["ETag"]}
    take_down(photo)
    answer = client.get(photo.post.get_absolute_url(), headers=page)
    assert answer.status_code == 200
    assert photo.key not in answer.content.decode()


def test_who_when_and_why_remain_and_nothing_of_the_picture(take_down, editor):
    photo = rendered(factories.post(), caption="У костра")
    take_down(photo)
    takedown = Takedown.objects.get()
    assert (takedown.reason, takedown.uses) == (REASON, 1)
    assert (takedown.user, takedown.digest) == (editor, DIGEST)
    words = LogEntry.objects.get(object_id=photo.post.pk).get_change_message()
    assert words == f"Снят с\u00a0сайта снимок №\u00a0{takedown.pk}: {REASON}"


def test_no_version_of_a_post_keeps_the_words_about_the_picture(take_down, editor):
    post = factories.post()
    photo = rendered(post, caption="Иванова у костра", alt="Иванова", credit="Петров")
    other = factories.photo(post, caption="Лес", alt="Сосны")
    copy = factories.photo(factories.post(), digest=DIGEST, caption="Иванова снова")
    for each in (post, copy.post):
        record(each, editor, RevisionAct.SAVED)
    take_down(photo)
    kept = [json.loads(row.contents)["photos"] for row in Revision.objects.order_by("pk")]
    words = [(row["id"], row["caption"], row["alt"]) for rows in kept for row in rows]
    assert words == [(photo.pk, "", ""), (other.pk, "Лес", "Сосны"), (copy.pk, "", "")]
    pages = [
        log_in(editor).get(f"{BASE}{row.post_id}/history/{row.pk}/").content.decode()
        for row in Revision.objects.all()
    ]
    assert "Иванова" not in "".join(pages)


def test_words_about_pictures_taken_down_before_are_erased_by_the_migration(editor):
    post = factories.post()
    photo = rendered(post, caption="Иванова")
    record(post, editor, RevisionAct.SAVED)
    untouched = factories.post()
    factories.photo(untouched, caption="Лес").delete()
    record(untouched, editor, RevisionAct.SAVED)
    photo.delete()
    words = f"Снят с\u00a0сайта снимок «Иванова»: {REASON}"
    LogEntry.objects.log_actions(editor.pk, [post], CHANGE, words)
    import_module("news.migrations.0012_takedown_words").erase_words(apps, None)
    revision = Revision.objects.get(post=post)
    assert json.loads(revision.contents)["photos"][0]["caption"] == ""
    assert LogEntry.objects.get().get_change_message() == f"Снят с\u00a0сайта снимок: {REASON}"


@pytest.mark.parametrize("reason", ["", "  ", "а" * 501])
def test_without_a_reason_nothing_is_taken_down(take_down, reason):
    photo = factories.photo()
    assert take_down(photo, reason).status_code == 200
    assert Photo.objects.exists()


def test_the_page_names_all_posts_before_anything_is_taken_down(editor):
    photos = [factories.photo(factories.post(title=title), digest=DIGEST) for title in "АБ"]
    page = log_in(editor).get(f"{BASE}photos/{photos[0].pk}/takedown/")
    assert [post.title for post in page.context["posts"]] == ["Б", "А"]
    assert Photo.objects.count() == 2


def test_an_author_takes_nothing_off_the_site():
    author = factories.member(AUTHOR)
    photo = factories.photo(post=factories.draft(author=author))
    answer = log_in(author).post(f"{BASE}photos/{photo.pk}/takedown/", {"reason": REASON})
    assert answer.status_code == 403
    assert Photo.objects.exists()


# The same file again ------------------------------------------------------------------------------


def upload(editor, data):
    address = f"{BASE}autosave/{uuid.uuid4()}/photos/"
    return log_in(editor).post(address, {"file": picture(data=data)}, **SAME_ORIGIN)


def test_a_file_that_was_taken_down_is_refused_with_the_reason(editor):
    data = factories.picture_bytes((400, 300))
    takedown = factories.takedown(digest=hashlib.sha256(data).hexdigest(), reason=REASON)
    answer = upload(editor, data)
    assert answer.status_code == 422
    assert REASON in answer.json()["message"]
    log_in(editor).post(f"{BASE}photos/taken-down/{takedown.pk}/allow/")
    assert upload(editor, data).status_code == 200


def test_a_word_file_does_not_bring_it_back():
    class Picture(io.BytesIO):
        place, alt = "после «Начали»", ""

    data = factories.picture_bytes((400, 300))
    document_picture = Picture(data)
    document_picture.size = len(data)
    factories.takedown(digest=hashlib.sha256(data).hexdigest(), reason=REASON)
    with staff_turn() as turn:
        clean, notes = clean_pictures([document_picture], turn)
    assert clean == {}
    assert REASON.rstrip(".") in notes[0]
