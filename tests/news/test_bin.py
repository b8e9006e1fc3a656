"""The bin: deleted posts are seen nowhere, come back whole, are gone after thirty days."""

import datetime
import re
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from college_site.accounts.roles import AUTHOR
from college_site.registry import registry
from news.editing.bin_job import purge_expired_post
from news.editing.desk import list_desk_panels
from news.models import Document, Participation, Photo, Post, PreviewLink
from tests import factories
from tests.clients import browser
from tests.news.test_autosaves import log_in
from tests.news.test_post_admin import ADD, change, entries, errors

pytestmark = pytest.mark.django_db
LIST = "/admin/news/post/"
BIN = f"{LIST}bin/"
MARK = "Приметный"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def full_post(settings):
    """A published announcement with everything that has an address of its own."""
    topic = factories.topic(title=f"{MARK} раздел")
    post = factories.announcement(days_ahead=-3, title=f"{MARK} слёт", slug="slyot", topic=topic)
    factories.photo(post, size=(400, 300), is_cover=True, caption=MARK)
    factories.document(post, title=MARK)
    Participation.objects.create(post=post, partner=factories.partner(name=f"{MARK} завод"))
    return post


def public_addresses(post):
    photo, document = post.photos.get(), post.documents.get()
    return [
        post.get_absolute_url(),
        f"/news/{post.slug}/event.ics",
        f"/cards/{post.slug}.png",
        photo.url,
        photo.card_url,
        document.get_absolute_url(),
        post.topic.get_absolute_url(),
        f"/topics/{post.topic.slug}/rss.xml",
        post.partners.get().get_absolute_url(),
    ]


LISTS = [
    "/",
    "/news/",
    "/topics/",
    "/partners/",
    "/events/",
    "/events.ics",
    "/feed/atom.xml",
    "/sitemap-posts-1.xml",
    "/sitemap-news.xml",
    "/sitemap-pages.xml",
    "/search/?q=приметный",
]


def statuses(client, addresses):
    """The set of statuses; files are read to their end, which closes them."""
    responses = [client.get(address) for address in addresses]
    for response in responses:
        assert response.getvalue()
    return {response.status_code for response in responses}


def mentions(page):
    """Whether a page names the post, beside the words of a query."""
    return MARK in page.content.decode().replace(f"«{MARK}»", "") or "slyot" in str(page.content)


def test_a_deleted_post_is_seen_nowhere_and_comes_back_everywhere(full_post, client):
    addresses = public_addresses(full_post)
    assert statuses(client, addresses) == {200}
    listed = [address for address in LISTS if mentions(client.get(address))]
    assert {"/", "/news/", "/topics/", "/partners/", "/search/?q=приметный"} <= {*listed}
    full_post.move_to_bin(factories.staff())
    assert statuses(client, addresses) == {404}
    assert [address for address in LISTS if mentions(client.get(address))] == []
    full_post.restore()
    assert statuses(client, addresses) == {200}
    assert [address for address in LISTS if mentions(client.get(address))] == listed


def test_neighbours_and_reports_of_a_deleted_post_name_it_no_more(full_post, client):
    report = factories.post(announcement=full_post, topic=full_post.topic)
    assert MARK in client.get(report.get_absolute_url()).content.decode()
    full_post.move_to_bin(None)
    page = client.get(report.get_absolute_url()).content.decode()
    assert f"{MARK} слёт" not in page


def test_staff_see_nothing_of_a_deleted_post_outside_the_bin(full_post, staff_client):
    full_post.move_to_bin(factories.staff())
    photo, document = full_post.photos.get(), full_post.documents.get()
    number = full_post.pk
    hidden = [photo.url, document.get_absolute_url(), f"{LIST}{number}/preview/"]
    assert statuses(staff_client, hidden) == {404}
    for page in ("change", "history", "delete"):
        assert staff_client.get(f"{LIST}{number}/{page}/").status_code == 302
    for address in (LIST, f"{LIST}?state=draft", f"{LIST}?q=Приметный", "/admin/"):
        assert f"{MARK} слёт" not in staff_client.get(address).content.decode()
    source = "app_label=news&model_name=post&field_name=announcement"
    found = staff_client.get(f"/admin/autocomplete/?{source}&term=").json()
    assert found["results"] == []
    assert staff_client.post(f"{LIST}photos/{photo.pk}/delete/").status_code == 404
    assert staff_client.get(f"{LIST}events/").context["events"] == []
    [row] = staff_client.get("/admin/news/topic/").context["cl"].result_list
    assert row.post_count == 0


@pytest.mark.parametrize("make", [factories.draft, factories.submitted, factories.returned])
def test_no_panel_of_the_start_page_lists_a_deleted_post(rf, make):
    user = factories.staff()
    make(author=user).move_to_bin(user)
    request = rf.get("/")
    request.user = user
    assert list_desk_panels(request) == []


def test_a_deleted_report_leaves_its_event_without_a_report(full_post):
    report = factories.draft(announcement=full_post)
    assert not Post.objects.lacking_report().exists()
    report.move_to_bin(None)
    assert Post.objects.lacking_report().get() == full_post


def test_a_secret_link_opens_nothing_of_a_deleted_post(client):
    draft = factories.draft()
    token = PreviewLink.issue(draft, None)
    assert client.get(f"/preview/{token}/").status_code == 200
    draft.move_to_bin(None)
    assert client.get(f"/preview/{token}/").status_code == 404
    draft.restore()
    assert client.get(f"/preview/{token}/").status_code == 200


def test_the_database_refuses_a_published_post_in_the_bin():
    post = factories.draft()
    post.move_to_bin(None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.update(published_at=timezone.now())
    with pytest.raises(ValidationError, match="в корзине"):
        post.publish()


# Restoring ----------------------------------------------------------------------------------------


def test_a_post_comes_back_with_everything_it_had(full_post, staff_client):
    moment, photo = full_post.published_at, full_post.photos.get()
    staff_client.post(f"{LIST}{full_post.pk}/delete/", {"post": "yes"})
    assert "вернётся на\u00a0сайт" in staff_client.get(BIN).content.decode()
    response = staff_client.post(f"{BIN}{full_post.pk}/restore/", follow=True)
    assert "Возвращено из\u00a0корзины" in response.content.decode()
    post = Post.objects.published().get()
    assert (post.published_at, post.slug) == (moment, "slyot")
    assert (post.photos.get(), post.documents.count()) == (photo, 1)
    assert post.partners.get().name == f"{MARK} завод"
    assert Path(photo.image.path).exists()


def test_a_moment_that_passed_in_the_bin_publishes_nothing():
    post = factories.post(published_at=timezone.now() + DAY)
    post.move_to_bin(None)
    with time_machine.travel(timezone.now() + 2 * DAY):
        post.restore()
    assert (post.state, Post.objects.published().exists()) == (Post.State.DRAFT, False)


def test_a_moment_that_is_still_ahead_comes_back():
    moment = timezone.now() + 3 * DAY
    post = factories.post(published_at=moment)
    post.move_to_bin(None)
    post.restore()
    assert Post.objects.get().published_at == moment


def test_an_author_brings_back_own_drafts_only(author):
    own, other = factories.draft(author=author), factories.draft(author=factories.staff())
    published = factories.post(author=author)
    for post in (own, other, published):
        post.move_to_bin(factories.staff())
    client = log_in(author)
    assert [row["post"] for row in client.get(BIN).context["rows"]] == [own]
    for post, status in ((own, 303), (other, 404), (published, 404)):
        assert client.post(f"{BIN}{post.pk}/restore/").status_code == status
    assert list(Post.objects.outside_bin()) == [own]


def test_the_bin_of_another_author_answers_like_an_empty_one(author):
    binned = factories.draft(author=factories.member(AUTHOR), title=MARK)
    binned.move_to_bin(None)
    client = log_in(author)
    for action, status in (("restore", 404), ("delete", 403)):
        pages = []
        for number in (binned.pk, 999_999):
            answer = client.post(f"{BIN}{number}/{action}/")
            assert answer.status_code == status
            pages.append(
                re.sub(rf"(bin(?:/|%2F)){number}(?=/|%2F)", r"\1KEY", answer.content.decode())
            )
        assert pages[0] == pages[1]
    assert MARK not in client.get(BIN).content.decode()


def test_of_two_who_bring_back_one_is_told(staff_client):
    post = factories.draft()
    post.move_to_bin(None)
    first, second = Post.objects.get(), Post.objects.get()
    first.restore()
    with pytest.raises(ValidationError, match="уже нет"):
        second.restore()
    with pytest.raises(ValidationError, match="уже нет"):
        second.purge()
    assert Post.objects.outside_bin().exists()


def test_a_form_open_meanwhile_is_offered_back_as_a_new_post(staff_client):
    post = factories.draft(title="Слёт")
    post.move_to_bin(None)
    sent = entries(title="Слёт, дополнено", slug=post.slug, version=1)
    response = staff_client.post(change(post), sent, follow=True)
    assert response.context["adminform"].form["title"].value() == "Слёт, дополнено"
    assert Post.objects.get().title == "Слёт"


def test_a_new_post_sent_again_after_its_deletion_becomes_another(staff_client):
    sent = entries(title="Слёт", autosave="00000000-0000-4000-8000-000000000001")
    staff_client.post(ADD, sent)
    Post.objects.get().move_to_bin(None)
    assert staff_client.post(ADD, sent).status_code == 302
    assert Post.objects.outside_bin().get().title == "Слёт"


# Addresses ----------------------------------------------------------------------------------------


def test_a_new_post_gets_another_address_than_one_in_the_bin():
    factories.draft(title="Слёт").move_to_bin(None)
    assert factories.draft(title="Слёт").slug == "slyot-2"


def test_an_address_of_the_bin_is_refused_with_the_reason(staff_client):
    factories.draft(slug="slyot").move_to_bin(None)
    [error] = errors(staff_client.post(ADD, entries(slug="slyot")))["slug"]
    assert "у публикации в корзине" in error


# The end ------------------------------------------------------------------------------------------


def test_after_thirty_days_the_worker_deletes_post_and_files(
    full_post, django_capture_on_commit_callbacks
):
    files = [Path(full_post.photos.get().image.path), Path(full_post.documents.get().file.path)]
    now = timezone.now()
    full_post.move_to_bin(None)
    with time_machine.travel(now + 29 * DAY):
        assert not purge_expired_post()
    with time_machine.travel(now + 31 * DAY), django_capture_on_commit_callbacks(execute=True):
        assert purge_expired_post()
        assert not purge_expired_post()
    assert [model.objects.count() for model in (Post, Photo, Document)] == [0, 0, 0]
    assert not any(file.exists() for file in files)


def test_the_worker_empties_the_bin():
    assert purge_expired_post in registry.periodic_jobs


def test_the_worker_leaves_what_is_not_in_the_bin():
    factories.post()
    with time_machine.travel(timezone.now() + 400 * DAY):
        assert not purge_expired_post()


def test_editors_delete_for_good_after_a_question(
    editor, full_post, django_capture_on_commit_callbacks
):
    full_post.move_to_bin(None)
    file = Path(full_post.photos.get().image.path)
    client, address = log_in(editor), f"{BIN}{full_post.pk}/delete/"
    question = client.get(address).content.decode()
    assert "исчезнет навсегда" in question
    assert "1\u00a0фотография, 1\u00a0документ" in question
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    assert not Post.objects.exists()
    assert not file.exists()


def test_a_post_outside_the_bin_cannot_be_deleted_for_good(staff_client):
    post = factories.draft()
    assert staff_client.post(f"{BIN}{post.pk}/delete/").status_code == 404
    with pytest.raises(ValidationError):
        post.purge()
    assert Post.objects.exists()


def test_the_question_before_deleting_tells_of_the_bin(staff_client, full_post):
    page = staff_client.get(f"{LIST}{full_post.pk}/delete/").content.decode()
    assert "в&nbsp;корзину" in page
    assert "30&nbsp;дней" in page
    assert "сразу исчезнет с&nbsp;сайта" in page


@pytest.mark.parametrize("count", [3, 60])
def test_the_bin_takes_few_queries(staff_client, django_assert_max_num_queries, count):
    for _ in range(count):
        factories.draft(author=factories.member(AUTHOR)).move_to_bin(factories.staff())
    staff_client.get(BIN)
    with django_assert_max_num_queries(7):
        staff_client.get(BIN)


def test_forms_of_the_bin_need_a_token(full_post):
    full_post.move_to_bin(None)
    client = browser(enforce_csrf_checks=True)
    client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"{BIN}{full_post.pk}/restore/").status_code == 403
    assert client.post(f"{BIN}{full_post.pk}/delete/").status_code == 403
    assert Post.objects.in_bin().exists()
