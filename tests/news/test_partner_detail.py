"""The page of one partner: what it is and every event that it took part in."""

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


def took_part(partner, **fields):
    post = factories.post(**fields)
    post.participations.create(partner=partner)
    return post


def listed(client, partner):
    return list(client.get(partner.get_absolute_url()).context["page"])


def test_the_page_says_what_the_partner_is_and_links_its_site(client):
    partner = factories.partner(description="Варит сталь.", site="https://www.example.ru/about")
    took_part(partner)
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
def test_a_cyrillic_host_is_shown_as_it_is_read(site, host):
    assert factories.partner(site=site).site_host == host


def test_its_events_stand_by_academic_year(client, read_page):
    partner = factories.partner()
    took_part(partner, published_at=at(2021, 9, 1))
    took_part(partner, published_at=at(2022, 8, 31))
    took_part(partner, published_at=at(2022, 9, 1))
    sections = read_page(client.get(partner.get_absolute_url())).root.all("section")
    found = [
        (next(section.all("h2")).text(), len(list(section.all("article")))) for section in sections
    ]
    assert found == [("2022–\u20602023 учебный год", 1), ("2021–\u20602022 учебный год", 2)]


def test_only_its_own_events_are_listed(client):
    partner = factories.partner()
    post = took_part(partner)
    took_part(factories.partner())
    assert listed(client, partner) == [post]


def test_a_kind_that_a_partner_lacks_leads_on(client):
    partner = factories.partner()
    took_part(partner, kind="report")
    path = partner.get_absolute_url()
    html = flat(client.get(path, {"kind": "notice"}).content.decode())
    assert f'с этим партнёром пока нет. <a href="{path}">Посмотрите все публикации' in html


def test_an_unknown_partner_is_not_found(client):
    assert client.get("/partners/no-such-partner/").status_code == 404


def test_the_post_leads_to_its_partners(client):
    partner = factories.partner()
    html = client.get(took_part(partner).get_absolute_url()).content.decode()
    assert f'<a href="{partner.get_absolute_url()}">{partner}</a>' in html


def hide(post):
    post.unpublish()


def hide_many(post):
    Post.objects.filter(pk=post.pk).update(published_at=None)


def hide_in_bulk(post):
    post.published_at = None
    Post.objects.bulk_update([post], ["published_at"])


@pytest.mark.parametrize("way", [hide, hide_many, hide_in_bulk])
def test_a_hidden_post_leaves_the_page_and_comes_back(client, way):
    partner = factories.partner()
    post = took_part(partner)
    way(post)
    assert client.get(partner.get_absolute_url()).status_code == 404
    assert list(client.get("/partners/").context["page"]) == []
    Post.objects.update(published_at=timezone.now())
    assert listed(client, partner) == [post]


def test_participations_repeat_the_kind_and_the_moment_of_their_post():
    post, partner = factories.post(kind="report"), factories.partner()
    Participation.objects.bulk_create([Participation(post=post, partner=partner)])
    Post.objects.update(kind="notice")
    assert Participation.objects.get().kind == "notice"
    post.kind = "report"
    post.save()
    assert Participation.objects.get().kind == "report"
    assert Participation.objects.get().published_at == post.published_at
    assert not Participation.objects.outdated().exists()


def test_programs_learn_its_name_its_feed_and_the_way_to_it(client, read_page):
    partner = factories.partner(name="А & Б", slug="a-b", description="О чём")
    took_part(partner)
    page = read_page(client.get(partner.get_absolute_url())).root
    told = {
        meta.get("property"): meta["content"] for meta in page.all("meta") if meta.get("property")
    }
    assert (told["og:title"], told["og:description"]) == ("А & Б", "О чём")
    feeds = [link["href"] for link in page.all("link") if link["rel"] == "alternate"]
    assert {f"/partners/a-b/{name}" for name in ("rss.xml", "atom.xml", "feed.json")} <= set(feeds)
    data = next(each for each in page.all("script") if each.get("type") == "application/ld+json")
    steps = json.loads(data.text())["@graph"][0]["itemListElement"]
    assert [step["name"] for step in steps] == ["Главная", "Партнёры", "А & Б"]
