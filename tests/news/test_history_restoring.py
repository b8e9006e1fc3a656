"""Bringing a version of a post back: into the form, unsaved; captions at once; nothing is lost."""

import pytest

from news.history.recording import record
from news.history.restoring import restore_photos
from news.models import Autosave, Participation, Post
from news.models.editing.revisions import RevisionAct
from tests import factories
from tests.clients import browser
from tests.news.test_autosaves import log_in
from tests.news.test_history import acts, history, page_of, save
from tests.news.test_post_admin import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return factories.draft(title="Круглый стол", lead="Было вчера.", body="<p>Первый абзац.</p>")


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


def test_an_author_restores_only_while_the_post_is_a_draft(author):
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
