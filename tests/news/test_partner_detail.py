"""The page of a partner and its posts."""

import datetime
import json

import pytest
from django.utils import timezone

from news.models import Participation, Post
from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db


def at(*parts):
    return timezone.make_aware(datetime.datetime(*parts))


def add_participation(partner, **fields):
    post = factories.post(**fields)
    post.participations.create(partner=partner)
    return post


def list_posts(client, partner):
    return list(client.get(partner.get_absolute_url()).context["page"])


def test_the_page_shows_the_partners_description_and_site(client):
    partner = factories.partner(description="Варит сталь.", site="https://www.example.ru/about")
    add_participation(partner)
    html = client.get(partner.get_absolute_url()).content.decode()
    assert "Варит сталь." in html
    assert '<a class="more-link" href="https://www.example.ru/about">www.example.ru</a>' in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("https://xn--d1abbgf6aiiy.xn--p1ai/", "президент.рф"),
        ("https://www.xn--e1afmkfd.xn--p1ai/a", "www.пример.рф"),
        ("https://xn--99999999999999.ru/", "xn--99999999999999.ru"),
    ],
)
def test_an_internationalised_host_name_is_decoded(site, host):
    assert factories.partner(site=site).site_host == host


def test_the_posts_are_grouped_by_academic_year(client, read_page):
    partner = factories.partner()
    add_participation(partner, published_at=at(2021, 9, 1))
    add_participation(partner, published_at=at(2022, 8, 31))
    add_participation(partner, published_at=at(2022, 9, 1))
    sections = read_page(client.get(partner.get_absolute_url())).root.all("section")
    found = [
        (next(section.all("h2")).text(), len(list(section.all("article")))) for section in sections
    ]
    assert found == [("2022–\u20602023 учебный год", 1), ("2021–\u20602022 учебный год", 2)]


def test_only_the_partners_own_posts_are_listed(client):
    partner = factories.partner()
    post = add_participation(partner)
    add_participation(factories.partner())
    assert list_posts(client, partner) == [post]


def test_an_empty_kind_links_to_all_posts_of_the_partner(client):
    partner = factories.partner()
    add_participation(partner, kind="report")
    path = partner.get_absolute_url()
    html = flat(client.get(path, {"kind": "notice"}).content.decode())
    assert f'с этим партнёром пока нет. <a href="{path}">Посмотрите все публикации' in html


def test_an_unknown_partner_is_not_found(client):
    assert client.get("/partners/no-such-partner/").status_code == 404


def test_a_post_links_its_partners(client):
    partner = factories.partner()
    html = client.get(add_participation(partner).get_absolute_url()).content.decode()
    assert f'<a href="{partner.get_absolute_url()}">{partner}</a>' in html


def hide(post):
    post.unpublish()


def hide_many(post):
    Post.objects.filter(pk=post.pk).update(published_at=None)


def hide_in_bulk(post):
    post.published_at = None
    Post.objects.bulk_update([post], ["published_at"])


@pytest.mark.parametrize("way", [hide, hide_many, hide_in_bulk])
def test_the_page_follows_unpublishing_and_republishing(client, way):
    partner = factories.partner()
    post = add_participation(partner)
    way(post)
    assert client.get(partner.get_absolute_url()).status_code == 404
    assert list(client.get("/partners/").context["page"]) == []
    Post.objects.update(published_at=timezone.now())
    assert list_posts(client, partner) == [post]


def test_participations_copy_kind_and_time_of_their_post():
    post, partner = factories.post(kind="report"), factories.partner()
    Participation.objects.bulk_create([Participation(post=post, partner=partner)])
    Post.objects.update(kind="notice")
    assert Participation.objects.get().kind == "notice"
    post.kind = "report"
    post.save()
    assert Participation.objects.get().kind == "report"
    assert Participation.objects.get().published_at == post.published_at
    assert not Participation.objects.outdated().exists()


def test_the_page_has_metadata_feeds_and_structured_breadcrumbs(client, read_page):
    partner = factories.partner(name="А & Б", slug="a-b", description="О чём")
    add_participation(partner)
    page = read_page(client.get(partner.get_absolute_url())).root
    metadata = {
        meta.get("property"): meta["content"] for meta in page.all("meta") if meta.get("property")
    }
    assert (metadata["og:title"], metadata["og:description"]) == ("А & Б", "О чём")
    feeds = [link["href"] for link in page.all("link") if link["rel"] == "alternate"]
    assert {f"/partners/a-b/{name}" for name in ("rss.xml", "atom.xml", "feed.json")} <= set(feeds)
    data = next(each for each in page.all("script") if each.get("type") == "application/ld+json")
    steps = json.loads(data.text())["@graph"][0]["itemListElement"]
    assert [step["name"] for step in steps] == ["Главная", "Новости", "Партнёры", "А & Б"]
