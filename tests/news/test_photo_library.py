"""Photographs of other posts: found, chosen again, recognised."""

import uuid

import pytest
from django.core.files.storage import default_storage

from college_site.accounts.roles import AUTHOR, EDITOR
from college_site.russian.academic_year import AcademicYear
from news.models import Photo
from news.photos.library import find_photos
from news.photos.rendition_job import render_due_photo
from news.search import photo_index
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_photo_admin import BASE, SAME_ORIGIN, picture, shot

pytestmark = pytest.mark.django_db
LIBRARY = f"{BASE}photos/"


@pytest.fixture
def editor():
    return factories.member(EDITOR)


@pytest.fixture
def send(editor):
    """A function that sends entries to an address as the page's own scripts do."""
    client = log_in(editor)
    return lambda address, **entries: client.post(BASE + address, entries, **SAME_ORIGIN)


def found(user, text="", year=None):
    return {photo.pk for photo in find_photos(user, text, year)}


# Search -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["станки", "токарных станков", "СТАНКУ", "стан", "студенткой"])
def test_words_of_a_description_are_found_in_any_form(editor, text):
    photo = factories.photo(caption="Токарный станок", alt="Студентка в очках")
    factories.photo(caption="Библиотека")
    assert found(editor, text) == {photo.pk}


def test_the_title_of_the_post_finds_its_photos(editor):
    photo = factories.photo(post=factories.post(title="Круглый стол с работодателями"))
    assert found(editor, "круглого стола") == {photo.pk}


def test_a_new_caption_or_title_is_found_at_once(editor):
    photo = factories.photo(caption="Зал")
    photo.caption = "Сварка"
    photo.save(update_fields=["caption"])
    photo.post.title = "Чемпионат"
    photo.post.save(update_fields=["title"])
    assert found(editor, "сварка чемпионат") == {photo.pk}
    assert found(editor, "зал") == set()


def test_a_deleted_photo_leaves_nothing_in_the_index(editor):
    factories.photo(caption="Зал").delete()
    assert found(editor, "зал") == set()


def test_the_index_can_be_rebuilt(editor):
    photo = factories.photo(caption="Зал")
    Photo.objects.update(caption="Сварка")
    assert list(photo_index.rebuild()) == [1]
    assert found(editor, "сварка") == {photo.pk}


@pytest.mark.parametrize("text", ["!", '"', "«»", "*", "a" * 5000, "OR NOT NEAR("])
def test_a_search_for_anything_answers(editor, text):
    factories.photo(caption="Зал")
    assert log_in(editor).get(LIBRARY, {"q": text}).status_code == 200


def test_a_year_narrows_the_search(editor):
    moments = [AcademicYear(start).bounds[0] for start in (2021, 2023)]
    old, _ = [factories.photo(post=factories.post(published_at=moment)) for moment in moments]
    page = log_in(editor).get(LIBRARY, {"year": "2021-2022"})
    assert [entry["photo"].pk for entry in page.context["entries"]] == [old.pk]


def test_a_word_within_a_year_follows_the_moment_of_publication(editor):
    year, other = AcademicYear.parse("2021-2022"), AcademicYear.parse("2023-2024")
    post = factories.post(published_at=other.bounds[0])
    photo = factories.photo(post=post, caption="Зал")
    assert (found(editor, "зал", other), found(editor, "зал", year)) == ({photo.pk}, set())
    post.published_at = year.bounds[0]
    post.save(update_fields=["published_at"])
    assert (found(editor, "зал", other), found(editor, "зал", year)) == (set(), {photo.pk})
    assert found(editor, "станок", year) == set()
    post.unpublish()
    assert found(editor, "зал", year) == set()


def test_the_list_says_where_a_photo_is_used_and_names_it_once(editor):
    first, second = factories.post(title="Первая"), factories.post(title="Вторая")
    for post in (first, second):
        factories.photo(post=post, digest="a" * 64)
    [entry] = log_in(editor).get(LIBRARY).context["entries"]
    assert {post for post, _ in entry["posts"]} == {first, second}


def test_a_page_takes_few_queries_however_many_photos_there_are(
    editor, django_assert_max_num_queries
):
    for _ in range(40):
        factories.photo(caption="Зал")
    client = log_in(editor)
    for query in ({}, {"q": "зал"}):
        client.get(LIBRARY, query)
        with django_assert_max_num_queries(12):
            page = client.get(LIBRARY, query)
        assert len(page.context["entries"]) == 30


# Who sees what ------------------------------------------------------------------------------------


def test_an_author_finds_published_photos_and_own_ones():
    author = factories.member(AUTHOR)
    published = factories.photo(caption="Зал")
    own = factories.photo(post=factories.draft(author=author), caption="Зал")
    factories.photo(post=factories.draft(author=factories.staff()), caption="Зал")
    factories.photo(autosave=factories.autosave(user=author), caption="Зал")
    assert found(author, "зал") == found(author) == {published.pk, own.pk}


def test_a_photo_of_the_draft_of_another_cannot_be_taken():
    secret = factories.photo(post=factories.draft(author=factories.staff()))
    client = log_in(factories.member(AUTHOR))
    address = f"{BASE}autosave/{uuid.uuid4()}/photos/reuse/"
    answers = [
        client.post(address, {"photo": [number]}, **SAME_ORIGIN)
        for number in (secret.pk, secret.pk + 1000)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert Photo.objects.count() == 1


# Chosen again -------------------------------------------------------------------------------------


def test_chosen_photos_become_photos_of_the_form_with_their_words(send):
    known = {"caption": "У станка", "alt": "Станок", "credit": "Иванов", "consent": "given"}
    old = factories.photo(**known)
    post = factories.post()
    answer = send(f"autosave/{uuid.uuid4()}/photos/reuse/", photo=[old.pk], post=post.pk)
    [row] = answer.json()["rows"]
    new = Photo.objects.get(pk=row["number"])
    assert {name: getattr(new, name) for name in known} == known
    assert (new.autosave.post, new.is_cover, new.pk != old.pk) == (post, True, True)


def test_a_copy_has_its_renditions_at_once(send):
    old = factories.photo(size=(600, 400))
    render_due_photo()
    send(f"autosave/{uuid.uuid4()}/photos/reuse/", photo=[old.pk])
    new = Photo.objects.get(autosave__isnull=False)
    assert new.renditions_due_at is None
    names = [default_storage.listdir(f"photos/{photo.key}")[1] for photo in (old, new)]
    assert sorted(names[0]) == sorted(names[1])


@pytest.mark.parametrize("goes", ["old", "new"])
def test_deleting_one_leaves_the_files_of_the_other(send, goes, django_capture_on_commit_callbacks):
    old = factories.photo()
    send(f"autosave/{uuid.uuid4()}/photos/reuse/", photo=[old.pk])
    new = Photo.objects.get(autosave__isnull=False)
    deleted, stays = (old, new) if goes == "old" else (new, old)
    with django_capture_on_commit_callbacks(execute=True):
        deleted.delete()
    assert default_storage.exists(stays.image.name)
    assert not default_storage.exists(deleted.image.name)


def test_the_same_photo_is_taken_once(send):
    old, key = factories.photo(), uuid.uuid4()
    for _ in range(2):
        answer = send(f"autosave/{key}/photos/reuse/", photo=[old.pk])
    assert answer.json()["rows"][0]["notes"] == ["этот снимок уже есть"]
    assert Photo.objects.count() == 2


def test_a_photo_without_its_file_is_told_and_the_others_are_taken(send):
    lost, whole = factories.photo(caption="Зал"), factories.photo()
    default_storage.delete(lost.image.name)
    rows = send(f"autosave/{uuid.uuid4()}/photos/reuse/", photo=[lost.pk, whole.pk]).json()["rows"]
    assert rows[0] == {"message": "«Зал»: файла этого снимка больше нет"}
    assert rows[1]["number"] == Photo.objects.get(autosave__isnull=False).pk


# Uploaded again -----------------------------------------------------------------------------------


def upload(send, file):
    return send(f"autosave/{uuid.uuid4()}/photos/", file=file)


def attached(number, **fields):
    Photo.objects.filter(pk=number).update(
        post=factories.post(title="Слёт"), autosave=None, **fields
    )


def test_a_file_that_another_post_has_comes_with_its_words(send):
    attached(upload(send, picture()).json()["number"], caption="У костра")
    answer = upload(send, picture()).json()
    assert answer["notes"] == ["взят вместе с подписью из публикации «Слёт»"]
    assert Photo.objects.get(pk=answer["number"]).caption == "У костра"


def test_a_photo_that_resembles_one_of_another_post_is_told(send):
    attached(upload(send, shot(95)).json()["number"])
    notes = upload(send, shot(50, 420)).json()["notes"]
    assert notes == ["похож на снимок из публикации «Слёт»: есть в прежних"]


def test_a_file_of_a_draft_of_another_is_not_recognised(send):
    number = upload(send, picture()).json()["number"]
    draft = factories.draft(author=factories.staff())
    Photo.objects.filter(pk=number).update(post=draft, autosave=None)
    client = log_in(factories.member(AUTHOR))
    address = f"{BASE}autosave/{uuid.uuid4()}/photos/"
    answer = client.post(address, {"file": picture()}, **SAME_ORIGIN)
    assert answer.json()["notes"] == []


# A page that gets another slot --------------------------------------------------------------------


def test_uploaded_photos_follow_their_page_into_its_new_slot(send):
    former, new = uuid.uuid4(), uuid.uuid4()
    number = send(f"autosave/{former}/photos/", file=picture()).json()["number"]
    assert send(f"autosave/{new}/photos/adopt/", photo=[number]).status_code == 200
    assert Photo.objects.get().autosave_id == new


def test_photos_of_another_user_or_of_a_post_stay_where_they_are(send):
    foreign = factories.photo(autosave=factories.autosave(user=factories.member(AUTHOR)))
    stored = factories.photo()
    key = uuid.uuid4()
    send(f"autosave/{key}/photos/adopt/", photo=[foreign.pk, stored.pk])
    assert not Photo.objects.filter(autosave=key).exists()
