"""The page of a post."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from news.models import Participation, Photo
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_post(client, read_page):
    """A function that opens the page of a post; returns its parsed root."""

    def page(post):
        response = client.get(post.get_absolute_url())
        assert response.status_code == 200
        return read_page(response).root

    return page


def text(root):
    return root.text().replace("\u00a0", " ")


def test_a_draft_is_not_found(client):
    assert client.get(factories.draft().get_absolute_url()).status_code == 404


def test_a_scheduled_post_is_not_found_until_published(client):
    moment = timezone.now() + datetime.timedelta(hours=1)
    post = factories.post(published_at=moment)
    assert client.get(post.get_absolute_url()).status_code == 404
    with time_machine.travel(moment, tick=False):
        assert client.get(post.get_absolute_url()).status_code == 200


def test_a_withdrawn_post_is_not_found(client):
    post = factories.post()
    post.unpublish()
    assert client.get(post.get_absolute_url()).status_code == 404


def test_an_unknown_slug_is_not_found(client):
    assert client.get("/news/no-such-post/").status_code == 404


def test_title_lead_and_body_are_shown(open_post):
    post = factories.post(lead="Коротко о главном.", body="<p>Подробно.</p>")
    page = text(open_post(post))
    assert post.title in page
    assert "Коротко о главном." in page
    assert "Подробно." in page


def test_the_date_is_written_in_full(open_post):
    moment = datetime.datetime(2022, 2, 23, 21, 0, tzinfo=datetime.UTC)  # in Saratov the 24th
    assert "24 февраля 2022 года" in text(open_post(factories.post(published_at=moment)))


def test_the_date_is_machine_readable(open_post):
    moment = datetime.datetime(2022, 2, 23, 21, 0, tzinfo=datetime.UTC)
    time = next(open_post(factories.post(published_at=moment)).all("time"))
    assert datetime.datetime.fromisoformat(time["datetime"]) == moment


def test_date_time_and_place_of_an_event_are_shown(open_post):
    day = datetime.date(2022, 2, 24)
    post = factories.post(event_date=day, event_time=datetime.time(14, 0), place="Актовый зал")
    page = text(open_post(post))
    assert "24 февраля 2022 года, начало в 14:00" in page
    assert "Актовый зал" in page


def test_partners_are_shown_in_order(open_post):
    post = factories.post()
    partners = [factories.partner() for _ in range(3)]
    for order, partner in enumerate(reversed(partners)):
        Participation.objects.create(post=post, partner=partner, order=order)
    section = next(s for s in open_post(post).all("section") if s["aria-labelledby"] == "partners")
    names = [item.text() for item in section.all("li")]
    assert names == [partner.name for partner in reversed(partners)]


def test_documents_are_shown_with_kind_and_size(open_post):
    post = factories.post()
    document = factories.document(post=post, title="Положение")
    link = next(a for a in open_post(post).all("a") if a["href"] == document.get_absolute_url())
    assert "Положение" in link.text()
    assert f"PDF, {document.size} байт" in link.text().replace("\u00a0", " ")


def test_the_cover_precedes_the_gallery(open_post):
    post = factories.post()
    second = factories.photo(post=post, order=2)
    cover = factories.photo(post=post, order=3, is_cover=True)
    first = factories.photo(post=post, order=1)
    sources = [image["src"] for image in open_post(post).all("img")]
    assert sources == [photo.url for photo in (cover, first, second)]


def test_the_photographs_of_the_gallery_are_counted(open_post):
    post = factories.post()
    for order in range(3):
        factories.photo(post=post, order=order, is_cover=order == 0)
    assert "2 снимка" in text(open_post(post))


def test_a_photograph_links_its_full_size(open_post):
    photo = factories.photo()
    assert photo.url in [link["href"] for link in open_post(photo.post).all("a")]


def test_a_photograph_without_renditions_is_shown_in_full_size(open_post):
    photo = factories.photo()
    image = next(open_post(photo.post).all("img"))
    assert image["src"] == photo.url
    assert image.get("srcset") is None


def test_a_photograph_with_renditions_is_offered_in_every_size(open_post):
    photo = factories.photo()
    Photo.objects.update(width=2000, height=1333, renditions_due_at=None)
    root = open_post(photo.post)
    image = next(root.all("img"))
    assert image["src"].endswith("/960.jpg")
    assert [part.split()[1] for part in image["srcset"].split(", ")] == ["480w", "960w", "1440w"]
    assert [source["type"] for source in root.all("source")] == ["image/avif", "image/webp"]
    assert image["sizes"]


def test_alternative_text_caption_and_author_are_shown(open_post):
    photo = factories.photo(alt="Станок", caption="У станка", credit="И. Иванов")
    root = open_post(photo.post)
    assert next(root.all("img"))["alt"] == "Станок"
    assert next(root.all("figcaption")).text() == "У станка Фото: И. Иванов"


def test_the_posts_before_and_after_are_linked(open_post):
    now = timezone.now()
    old, post, new = (
        factories.post(published_at=now - datetime.timedelta(hours=hours)) for hours in (3, 2, 1)
    )
    links = {link.get("rel"): link["href"] for link in open_post(post).all("a")}
    assert links["prev"] == old.get_absolute_url()
    assert links["next"] == new.get_absolute_url()


def test_the_neighbours_are_the_nearest_posts(open_post):
    now = timezone.now()
    posts = [factories.post(published_at=now - datetime.timedelta(hours=h)) for h in range(1, 6)]
    links = {link.get("rel"): link["href"] for link in open_post(posts[2]).all("a")}
    assert links["prev"] == posts[3].get_absolute_url()
    assert links["next"] == posts[1].get_absolute_url()


def test_posts_of_the_same_time_are_neighbours(open_post):
    moment = timezone.now() - datetime.timedelta(hours=1)
    first, middle, last = (factories.post(published_at=moment) for _ in range(3))
    links = {link.get("rel"): link["href"] for link in open_post(middle).all("a")}
    assert links["prev"] == first.get_absolute_url()
    assert links["next"] == last.get_absolute_url()


def test_drafts_and_scheduled_posts_are_not_neighbours(open_post):
    post = factories.post()
    factories.draft()
    factories.post(published_at=timezone.now() + datetime.timedelta(hours=1))
    assert not [link for link in open_post(post).all("a") if link.get("rel") in ("prev", "next")]


def test_a_table_is_in_a_focusable_scroll_container(open_post):
    post = factories.post(body="<table><tbody><tr><td>x</td></tr></tbody></table>")
    table = next(open_post(post).all("table"))
    assert table.parent["tabindex"] == "0"
    assert table.parent["aria-label"] == "Таблица"


def test_the_meta_description_is_the_lead(open_post):
    post = factories.post(lead='Коротко "о" <главном>.')
    descriptions = [
        m["content"] for m in open_post(post).all("meta") if m.get("name") == "description"
    ]
    assert descriptions == ['Коротко "о" <главном>.']


def test_the_page_takes_twelve_queries_at_most(client, django_assert_max_num_queries):
    post = factories.post()
    for order in range(6):
        factories.photo(post=post, order=order, is_cover=order == 0)
        factories.document(post=post)
        Participation.objects.create(post=post, partner=factories.partner())
    with django_assert_max_num_queries(12):
        client.get(post.get_absolute_url())


def test_the_facts_name_the_organizer(open_post):
    post = factories.post()
    post.participations.create(partner=factories.partner(name="АО «Гость»"))
    assert "Организатор" not in text(open_post(post))
    post.participations.create(partner=factories.partner(name="АО «Хозяин»"), is_host=True)
    assert "Организатор АО «Хозяин»" in text(open_post(post))


def test_the_number_of_pages_of_a_document_is_shown(open_post):
    document = factories.document()
    type(document).objects.update(pages=21)
    assert "21 страница" in text(open_post(document.post))


def facts(root):
    """The text of the facts next to the body."""
    return text(next(part for part in root.all("dl")))


def test_a_past_announcement_is_marked_and_links_its_report(open_post):
    post = factories.announcement(days_ahead=-1)
    report = factories.post(announcement=post, title="Праздник — удался")
    root = open_post(post)
    assert "Событие прошло" in facts(root)
    assert "Как это было Праздник — удался" in facts(root)
    assert report.get_absolute_url() in [link["href"] for link in root.all("a")]


def test_todays_announcement_and_reports_are_not_marked_as_past(open_post):
    assert "прошло" not in facts(open_post(factories.announcement(days_ahead=0)))
    assert "прошло" not in text(open_post(factories.post(event_date=datetime.date(2022, 2, 24))))


def test_titles_and_leads_are_typeset(client):
    post = factories.post(title="Вы предложили — мы сделали", lead="Вход — до 16:00.")
    page = client.get(post.get_absolute_url()).content.decode()
    assert "предложили\u00a0— мы" in page
    assert "Вход\u00a0— до" in page


@pytest.mark.parametrize(
    ("lead", "description"), [("О станках.", "О станках."), ("", "Круглый стол")]
)
def test_the_description_is_the_lead_or_the_title(client, read_page, lead, description):
    post = factories.post(title="Круглый стол", lead=lead)
    metas = read_page(client.get(post.get_absolute_url())).root.all("meta")
    told = {meta.get("name") or meta.get("property"): meta.get("content") for meta in metas}
    assert told["description"] == told["og:description"] == description


def test_a_picture_has_the_proportions_of_its_photograph(client, read_page):
    post = factories.photo(size=(600, 400), is_cover=True).post
    picture = next(read_page(client.get(post.get_absolute_url())).root.all("img"))
    assert (picture["width"], picture["height"]) == ("600", "400")
