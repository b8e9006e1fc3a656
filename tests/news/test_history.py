"""The history of a post: a version with each save, readable differences, return without loss."""

import json

import pytest

from news.history.contents import read_contents
from news.history.recording import record
from news.history.restoring import restore_photos
from news.models import Autosave, Participation, Post, Revision
from news.models.revisions import MOST_REVISIONS, RevisionAct
from tests import factories
from tests.clients import browser
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
    assert post.revisions.first().changes == "заголовок, место, участники"


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


# Bringing back ------------------------------------------------------------------------------------


def bring_back(client, post, revision):
    response = client.post(f"{history(post)}{revision.pk}/restore/", follow=True)
    assert response.status_code == 200
    return response


def sent_by(page):
    """What the browser would send of the form that is shown."""
    form = page.context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields if name != "published_at"}
    for inline in page.context["inline_admin_formsets"]:
        formset = inline.formset
        sent |= {f"{formset.prefix}-{n}": v for n, v in formset.management_form.initial.items()}
        sent[f"{formset.prefix}-TOTAL_FORMS"] = formset.total_form_count()
        for row in formset.forms:
            values = {name: row[name].value() for name in row.fields}
            sent |= {row.add_prefix(n): v for n, v in values.items() if v not in (None, False)}
    slot = page.context["slot"]
    sent |= {"autosave": slot["key"], "version": slot["version"], "revision": slot["revision"]}
    return {name: value for name, value in sent.items() if value is not None}


def test_a_version_comes_back_into_the_form_unsaved(staff_client, post):
    save(staff_client, post, title="Стол", lead="Сегодня.", body="<p>Другое.</p>", place="Зал")
    page = bring_back(staff_client, post, post.revisions.last())
    form = page.context["adminform"].form
    shown = [form[name].value() for name in ("title", "lead", "body", "place")]
    assert shown == ["Круглый стол", "Было вчера.", "<p>Первый абзац.</p>", ""]
    assert "Она ещё не сохранена" in page.content.decode()
    post.refresh_from_db()
    assert (post.title, post.revisions.count()) == ("Стол", 2)


def test_saving_it_is_a_new_version_that_names_its_source(staff_client, post):
    save(staff_client, post, title="Стол", event_date="02.03.2026", event_time="09:30")
    save(staff_client, post, title="Ещё один")
    middle = post.revisions.all()[1]
    page = bring_back(staff_client, post, middle)
    assert staff_client.post(change(post), sent_by(page)).status_code == 302
    post.refresh_from_db()
    assert (post.title, str(post.event_date)) == ("Стол", "2026-03-02")
    newest = post.revisions.first()
    assert (newest.act, newest.words[:3]) == (RevisionAct.RESTORED, "от ")
    assert post.revisions.count() == 4
    assert not Autosave.objects.unsaved().exists()


def test_partners_and_videos_come_back_and_later_ones_are_marked(staff_client, post):
    old, new = factories.partner(name="Старый"), factories.partner(name="Новый")
    row = Participation.objects.create(post=post, partner=old, is_host=True)
    video = factories.video(post, title="Слёт")
    record(post, None, RevisionAct.SAVED)
    row.delete()
    video.delete()
    Participation.objects.create(post=post, partner=new)
    page = bring_back(staff_client, post, post.revisions.first())
    assert staff_client.post(change(post), sent_by(page)).status_code == 302
    back = post.participations.get()
    assert (back.partner, back.is_host) == (old, True)
    assert post.videos.get().title == "Слёт"


def test_address_and_moment_stay_as_they_are(staff_client):
    post = factories.post(slug="staryj", title="Слёт")
    record(post, None, RevisionAct.FOUND)
    post.slug, post.title = "novyj", "Слёт юных"
    post.save()
    page = bring_back(staff_client, post, post.revisions.first())
    form = page.context["adminform"].form
    assert [form[name].value() for name in ("title", "slug")] == ["Слёт", "novyj"]
    assert form["published_at"].value() == post.published_at.replace(microsecond=0)


def test_a_deleted_photograph_does_not_come_back_and_that_is_said(staff_client, post):
    photo, other = factories.photo(post, order=1), factories.photo(post, order=2)
    mark = '<figure data-photo="{}"></figure>'
    post.body = f"<p>Текст.</p>{mark.format(photo.pk)}{mark.format(other.pk)}"
    post.save()
    factories.document(post, title="Приказ")
    record(post, None, RevisionAct.SAVED)
    photo.delete()
    post.documents.get().delete()
    newest = post.revisions.first()
    said = page_of(staff_client, post, newest)
    assert "Не вернуть фотографий: 1" in said
    assert "«Приказ»" in said
    form = bring_back(staff_client, post, newest).context["adminform"].form
    assert form["body"].value() == f"<p>Текст.</p>{mark.format(other.pk)}"


def test_what_a_colleague_saves_meanwhile_is_not_overwritten(staff_client, post):
    save(staff_client, post, lead="Сегодня.")
    page = bring_back(staff_client, post, post.revisions.last())
    save(log_in(factories.staff(last_name="Иванова")), post, lead="Лид коллеги.")
    response = staff_client.post(change(post), sent_by(page))
    assert response.status_code == 200
    assert "Иванова" in response.context["conflict"]["who"]
    assert Post.objects.get().lead == "Лид коллеги."


def test_captions_order_and_cover_come_back_at_once(staff_client, post):
    first = factories.photo(post, order=1, caption="Зал", is_cover=True)
    second = factories.photo(post, order=2, caption="Сцена")
    record(post, None, RevisionAct.SAVED)
    old = post.revisions.get()
    post.photos.update(is_cover=False)
    second.caption, second.order, second.is_cover = "Испорчено", 0, True
    second.save()
    late = factories.photo(post, order=1, caption="Поздняя")
    assert "Вернуть подписи" in page_of(staff_client, post, old)
    response = staff_client.post(f"{history(post)}{old.pk}/photos/", follow=True)
    assert "остал" in response.content.decode()
    assert [photo.caption for photo in post.photos.all()] == ["Зал", "Сцена", "Поздняя"]
    assert post.photos.covers().get() == first
    assert acts(post) == [RevisionAct.CAPTIONED, RevisionAct.FOUND, RevisionAct.SAVED]
    assert "Испорчено" in post.revisions.all()[1].contents
    assert "Вернуть подписи" not in page_of(staff_client, post, old)
    assert late in post.photos.all()


def test_captions_come_back_with_few_queries(post, django_assert_max_num_queries):
    for order in range(12):
        factories.photo(post, order=order, caption=f"Снимок {order}")
    record(post, None, RevisionAct.SAVED)
    old = post.revisions.get()
    post.photos.update(caption="")
    with django_assert_max_num_queries(45):
        restore_photos(post, old, factories.staff(), "")
    assert post.photos.filter(caption="").count() == 0


def test_an_author_reads_a_sent_post_and_restores_while_it_is_a_draft(author):
    draft = factories.draft(author=author)
    record(draft, author, RevisionAct.SAVED)
    number = draft.revisions.get().pk
    Post.objects.update(published_at="2099-01-01T00:00+00:00")
    client = log_in(author)
    assert client.get(f"{history(draft)}{number}/").status_code == 200
    assert client.post(f"{history(draft)}{number}/restore/").status_code == 403
    Post.objects.update(published_at="2022-01-01T00:00+00:00")
    assert client.get(f"{history(draft)}{number}/").status_code == 404


def test_forms_of_the_history_need_a_token(post):
    record(post, None, RevisionAct.SAVED)
    client = browser(enforce_csrf_checks=True)
    client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    for action in ("restore", "photos"):
        address = f"{history(post)}{post.revisions.first().pk}/{action}/"
        assert client.post(address).status_code == 403
    assert not Autosave.objects.exists()
