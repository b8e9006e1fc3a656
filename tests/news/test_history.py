"""The history of a post: a version with each save, readable differences, return without loss."""

import json

import pytest

from news.history.contents import read_contents
from news.history.recording import record
from news.models import Post, Revision
from news.models.editing.revisions import MOST_REVISIONS, RevisionAct
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_post_admin import ADD, change, entries

pytestmark = pytest.mark.django_db
LIST = "/admin/news/post/"


def history(post):
    return f"{LIST}{post.pk}/history/"


def page_of(client, post, revision, query=""):
    response = client.get(f"{history(post)}{revision.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def save(client, post, **fields):
    """Send the form of a post as it is stored, with other values in these fields."""
    post.refresh_from_db()
    sent = {"slug": post.slug, "title": post.title, "lead": post.lead, "body": post.body}
    response = client.post(change(post), entries(**{**sent, "version": post.version, **fields}))
    assert response.status_code == 302, response.context["adminform"].form.errors
    post.refresh_from_db()


@pytest.fixture
def post():
    return factories.draft(title="Круглый стол", lead="Было вчера.", body="<p>Первый абзац.</p>")


def acts(post):
    return [revision.act for revision in post.revisions.all()]


# Writing ------------------------------------------------------------------------------------------


def test_each_save_of_the_form_stores_one_version(staff_client):
    staff_client.post(ADD, entries(title="Круглый стол"))
    post = Post.objects.get()
    save(staff_client, post, lead="Сегодня.")
    assert acts(post) == [RevisionAct.SAVED, RevisionAct.CREATED]
    assert json.loads(post.revisions.first().contents)["lead"] == "Сегодня."


def test_what_was_before_the_first_version_is_stored_with_it(staff_client, post):
    save(staff_client, post, lead="Сегодня.")
    assert acts(post) == [RevisionAct.SAVED, RevisionAct.FOUND]
    assert json.loads(post.revisions.last().contents)["lead"] == "Было вчера."
    assert post.revisions.last().user is None


def test_unsaved_entries_are_no_version(post):
    teacher = factories.staff()
    factories.autosave(user=teacher, post=post, entries="title=Другое")
    assert not Revision.objects.exists()


def test_a_save_that_fails_stores_no_version(staff_client, post):
    staff_client.post(change(post), entries(slug=post.slug, title=""))
    staff_client.post(change(post), entries(slug=post.slug, title="Стол", version=99))
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("button", "fields", "act", "words"),
    [
        ("_publish", {}, RevisionAct.PUBLISHED, ""),
        ("_return", {"reason": "Нет даты."}, RevisionAct.RETURNED, "Нет даты."),
        ("_save", {"published_at_0": "01.02.2099", "published_at_1": "09:00"}, "scheduled", "2099"),
    ],
)
def test_the_steps_of_publication_are_versions(staff_client, post, button, fields, act, words):
    if button == "_return":
        post.submit("Готово.")
    save(staff_client, post, **{button: "1"}, **fields)
    newest = post.revisions.first()
    assert newest.act == act
    assert words in newest.words
    assert words in staff_client.get(history(post)).content.decode()


def test_withdrawing_and_submitting_are_versions_too(staff_client, author):
    published = factories.post()
    save(staff_client, published, _withdraw="1")
    assert published.revisions.first().act == RevisionAct.WITHDRAWN
    draft = factories.draft(author=author)
    save(log_in(author), draft, _submit="1", note="Проверьте имена.")
    assert draft.revisions.first().words == "Проверьте имена."


def test_a_version_tells_what_it_changed(staff_client, post):
    partner = factories.partner(name="Завод")
    rows = {"participations-TOTAL_FORMS": 1, "participations-0-partner": partner.pk}
    save(staff_client, post, title="Стол", place="Зал", **rows)
    assert post.revisions.first().changes == "заголовок, место, участники, адрес страницы"


def test_the_earliest_versions_give_way(post):
    user = factories.staff()
    for _ in range(MOST_REVISIONS + 3):
        record(post, user, RevisionAct.SAVED)
    assert post.revisions.count() == MOST_REVISIONS


def test_a_version_outlives_the_account_that_wrote_it(post):
    user = factories.staff()
    record(post, user, RevisionAct.SAVED)
    user.delete()
    assert post.revisions.get().user is None


def test_a_version_holds_no_address_of_a_photograph(post):
    photo = factories.photo(post, caption="Зал")
    contents = read_contents(post)
    assert "Зал" in contents
    assert photo.key not in contents


# Reading ------------------------------------------------------------------------------------------


def test_words_that_came_and_went_are_marked(staff_client, post):
    save(staff_client, post, body="<p>Второй абзац.</p>", title="Стол")
    page = page_of(staff_client, post, post.revisions.first())
    assert "<del>Первый</del> <ins>Второй</ins> абзац." in page
    assert "<del>Круглый стол</del> <ins>Стол</ins>" in page


def test_paragraphs_stay_apart_in_the_differences(staff_client, post):
    save(staff_client, post, body="<p>Первый абзац.</p><h2>Итоги</h2><ul><li>Раз</li></ul>")
    page = page_of(staff_client, post, post.revisions.first())
    assert "<ins>Итоги\n• Раз</ins>" in page


def test_a_change_of_markup_alone_is_said(staff_client, post):
    save(staff_client, post, body="<p>Первый <strong>абзац</strong>.</p>")
    page = page_of(staff_client, post, post.revisions.first())
    assert "изменилось оформление" in page


def test_a_version_is_compared_with_the_present(staff_client, post):
    save(staff_client, post, lead="Второй лид.")
    save(staff_client, post, lead="Третий лид.")
    oldest = post.revisions.last()
    assert "<del>Было вчера.</del> <ins>Третий лид.</ins>" in page_of(
        staff_client, post, oldest, "?with=present"
    )
    assert "самая ранняя" in page_of(staff_client, post, oldest)
    newest = page_of(staff_client, post, post.revisions.first(), "?with=present")
    assert "ничего не&nbsp;изменилось" in newest
    assert "Вернуть эту версию" not in newest


def test_facts_are_compared_in_words(staff_client, post):
    topic = factories.topic(title="Наука")
    save(staff_client, post, event_date="02.03.2026", event_time="09:30", topic=topic.pk)
    page = page_of(staff_client, post, post.revisions.first()).replace("\u00a0", " ")
    for words in ("2 марта 2026", "09:30", "Наука", "не&nbsp;указано"):
        assert words in page


def test_photographs_that_came_went_and_moved_are_shown(staff_client, post):
    first, second, third = (
        factories.photo(post, order=n, caption=f"Снимок {n}", is_cover=n == 1) for n in (1, 2, 3)
    )
    record(post, None, RevisionAct.FOUND)
    second.caption, third.order = "Зал", 0
    second.save()
    third.save()
    gone = first.url
    first.delete()
    factories.photo(post, order=9, caption="Новый")
    record(post, factories.staff(), RevisionAct.SAVED)
    newest = post.revisions.first()
    page = page_of(staff_client, post, newest)
    assert "<del>Снимок 2</del> <ins>Зал</ins>" in page
    assert "Переставлена: 3 → 1" in page
    assert "Добавлена" in page
    assert "Удалена с&nbsp;сайта" in page
    assert gone not in page
    assert second.small_url in page
    assert "фотографии" in newest.changes


def test_markup_in_a_version_is_shown_as_text(staff_client, post):
    save(staff_client, post, lead="<script>alert(1)</script>", place="<b>Зал</b>")
    factories.photo(post, caption="<i>Зал</i>")
    record(post, None, RevisionAct.SAVED, "<u>Слова</u>")
    for revision in post.revisions.all():
        page = page_of(staff_client, post, revision) + page_of(
            staff_client, post, revision, "?with=present"
        )
        assert "<script>alert" not in page
        assert not any(f"<{tag}>" in page for tag in "biu")


def test_an_announcement_of_others_is_not_named(author):
    secret = factories.draft(kind="announcement", title="Тайный анонс")
    report = factories.draft(author=author, announcement=secret)
    record(report, None, RevisionAct.FOUND)
    Post.objects.filter(pk=report.pk).update(announcement=None)
    record(report, author, RevisionAct.SAVED)
    page = page_of(log_in(author), report, report.revisions.first())
    assert "Тайный" not in page
    assert "которого вы не видите" in page


def test_entries_from_before_the_history_are_listed(staff_client, post):
    record(post, None, RevisionAct.FOUND)
    user = factories.staff(last_name="Иванова")
    other = factories.draft()
    log_in(user).post(LIST, {"action": "publish_selected", "_selected_action": [other.pk]})
    Revision.objects.all().delete()
    page = staff_client.get(history(other)).content.decode()
    assert "Иванова" in page
    assert "Тогда текст ещё не&nbsp;запоминался" in page


def test_a_long_history_takes_few_queries(staff_client, post, django_assert_max_num_queries):
    for _ in range(MOST_REVISIONS):
        record(post, factories.staff() if _ % 20 == 0 else None, RevisionAct.SAVED)
    staff_client.get(history(post))
    with django_assert_max_num_queries(9):
        response = staff_client.get(history(post))
    assert len(response.content) < 60_000
    assert "Страница 1 из 4" in response.content.decode()


@pytest.mark.parametrize("query", ["?p=0", "?p=99999999999999999999", "?p=x", "?p=-1"])
def test_a_page_that_does_not_exist_shows_another(staff_client, post, query):
    record(post, None, RevisionAct.SAVED)
    assert staff_client.get(history(post) + query).status_code == 200


def test_the_version_of_another_post_is_not_found(staff_client, post):
    other = factories.draft()
    record(other, None, RevisionAct.SAVED)
    number = other.revisions.get().pk
    assert staff_client.get(f"{history(post)}{number}/").status_code == 404
    for action in ("restore", "photos"):
        assert staff_client.post(f"{history(post)}{number}/{action}/").status_code == 404
