"""A secret link shows a draft with its files, until it expires or is revoked."""

import datetime
import html
import logging

import pytest
import time_machine
from django.utils import timezone

from news.models import Photo, PreviewLink
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return factories.draft(title="Черновик о практике", lead="Коротко.", body="<p>Подробно.</p>")


@pytest.fixture
def address(post):
    return f"/preview/{PreviewLink.issue(post, None)}/"


def text(response):
    return html.unescape(response.content.decode()).replace("\u00a0", " ")


def test_the_link_shows_the_draft_to_a_visitor(client, address):
    page = text(client.get(address))
    assert "Черновик о практике" in page
    assert "Подробно." in page
    assert "Предпросмотр: страница не опубликована" in page


def test_the_link_shows_what_the_page_will_show(client, post, address):
    factories.photo(post=post, alt="Станок", order=1)
    factories.photo(post=post, alt="Мастерская", order=2)
    draft = text(client.get(address))
    post.publish()
    page = text(client.get(post.get_absolute_url()))
    for words in ("Станок", "Мастерская", "Коротко."):
        assert (words in draft, words in page) == (True, True)


def test_the_token_is_stored_nowhere_in_clear(post):
    token = PreviewLink.issue(post, None)
    row = PreviewLink.objects.values().get()
    assert token not in str(row)


def test_the_files_of_the_draft_open_under_the_link_alone(client, post, address):
    photo, document = factories.photo(post=post), factories.document(post=post)
    page = text(client.get(address))
    for own in (photo.url, document.get_absolute_url()):
        assert client.get(own).status_code == 404
        assert f'"{address[:-1]}{own}"' in page
        assert client.get(f"{address[:-1]}{own}").getvalue()


def test_renditions_of_a_photo_have_addresses_under_the_link(client, post, address):
    factories.photo(post=post)
    Photo.objects.update(width=2000, height=1333, renditions_due_at=None)
    page = text(client.get(address))
    assert '"/photos/' not in page
    assert " /photos/" not in page
    assert f"{address}photos/" in page


def test_the_still_of_a_video_has_an_address_under_the_link(client, post, address):
    factories.video(post, still=factories.photo(post=post))
    assert '"/photos/' not in text(client.get(address))


def test_the_link_opens_no_files_of_other_drafts(client, address):
    photo, document = factories.photo(factories.draft()), factories.document(factories.draft())
    assert client.get(f"{address[:-1]}{photo.url}").status_code == 404
    assert client.get(f"{address[:-1]}{document.get_absolute_url()}").status_code == 404


def end_by_revoking(post):
    post.preview_links.get().revoke()


def end_by_expiry(post):
    post.preview_links.update(expires_at=timezone.now())


def end_by_deletion(post):
    post.delete()


@pytest.mark.parametrize("end", [end_by_revoking, end_by_expiry, end_by_deletion])
def test_an_ended_link_shows_neither_page_nor_files(client, post, address, end):
    photo = factories.photo(post=post)
    end(post)
    response = client.get(address)
    assert response.status_code == 404
    assert "Попросите у колледжа новую ссылку" in text(response)
    assert "Черновик о практике" not in text(response)
    assert client.get(f"{address[:-1]}{photo.url}").status_code == 404


def test_every_link_that_does_not_work_gives_the_same_page(client, post, address):
    end_by_revoking(post)
    pages = {client.get(path).content for path in (address, "/preview/x/", f"{address[:-2]}/")}
    assert len(pages) == 1


def test_a_link_ends_after_seven_days(client, address):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=6, hours=23)):
        assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(days=7)):
        assert client.get(address).status_code == 404


def test_after_publication_the_link_leads_to_the_page(client, post, address):
    post.publish()
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (302, post.get_absolute_url())
    assert response.headers["Cache-Control"] == "no-store"


def test_a_scheduled_post_is_shown_with_its_future_date(client, address, post):
    post.published_at = datetime.datetime(2041, 3, 2, 9, tzinfo=datetime.UTC)
    post.save()
    assert "2 марта 2041 года" in text(client.get(address))


@pytest.mark.parametrize("kind", ["page", "photo", "document", "ended"])
def test_no_answer_is_stored_indexed_or_passed_on(client, post, address, kind):
    files = {"photo": factories.photo(post=post).url}
    files["document"] = factories.document(post=post).get_absolute_url()
    path = {"page": address, "ended": "/preview/x/"}.get(kind) or address[:-1] + files[kind]
    response = client.get(path, headers={"accept-encoding": "gzip, br"})
    response.getvalue()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not {"ETag", "Last-Modified", "Content-Encoding"} & response.headers.keys()
    assert not response.cookies


def test_the_page_repeats_the_token_only_in_addresses_of_its_files(client, post, address):
    factories.photo(post=post)
    page = text(client.get(address))
    rest = page.replace(f"{address}photos/", "").replace(f"{address}documents/", "")
    assert address.split("/")[2] not in rest


def test_the_page_offers_no_link_that_a_draft_does_not_have(client, post, address):
    post.event_date = timezone.localdate() + datetime.timedelta(days=3)
    post.save()
    page = text(client.get(address))
    assert "event.ics" not in page
    assert "Поделиться" not in page


def test_opening_is_noted_without_changing_the_pages_of_visitors(client, post, address):
    factories.college()
    before = client.get("/news/").headers["ETag"]
    client.head(address)
    assert PreviewLink.objects.get().last_opened_at is None
    client.get(address)
    assert PreviewLink.objects.get().last_opened_at is not None
    assert client.get("/news/").headers["ETag"] == before


def test_the_accessible_version_can_be_tried_without_a_cookie(client, address):
    response = client.get(f"{address}?accessible=1")
    assert 'class="accessible-version' in text(response)
    assert not response.cookies


def test_a_failure_is_logged_without_the_token(strict_client, address, monkeypatch, capsys):
    def fail(*args):
        raise ValueError(f"no such page: {address}")

    monkeypatch.setattr("news.views.previews.render_preview", fail)
    stream = logging.getLogger().handlers
    formatter = next(each.formatter for each in stream if type(each) is logging.StreamHandler)
    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(formatter.format(record))
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        assert strict_client.get(address).status_code == 500
    finally:
        logger.removeHandler(handler)
    assert "Internal Server Error: /preview/" in lines[0]
    assert address.split("/")[2] not in "\n".join(lines)
