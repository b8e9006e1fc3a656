"""Structured data of posts and events, checked against the requirements of search engines."""

import datetime
import json

import pytest
from html5lib import parse

from news.feeds.structured_data import shorten
from news.models import Participation, Photo
from tests import factories, schema_org_checks

pytestmark = pytest.mark.django_db
# Google requires no properties of an article, but recommends these:
# https://developers.google.com/search/docs/appearance/structured-data/article
ARTICLE = {"headline", "image", "datePublished", "dateModified", "author"}
# https://developers.google.com/search/docs/appearance/structured-data/event: the first three are
# required, and location.address; the others are recommended.
EVENT = {
    "name",
    "startDate",
    "location",
    "description",
    "eventStatus",
    "eventAttendanceMode",
    "image",
    "organizer",
}
# https://developers.google.com/search/docs/appearance/structured-data/breadcrumb
STEP = {"position", "name", "item"}
# https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata
# Yandex requires contentUrl of pictures (https://yandex.com/support/images/en/schema-org) and takes
# no articles or events (https://yandex.com/support/webmaster/en/recommendations/site-content.md).
IMAGE = {"contentUrl", "creditText"}


@pytest.fixture
def graph(client):
    """A function that returns the objects of a post's page by type, parsed like in a browser."""

    def read(post):
        html = client.get(post.get_absolute_url()).content
        tree = parse(html, namespaceHTMLElements=False, transport_encoding="utf-8")
        scripts = tree.findall(".//script[@type='application/ld+json']")
        graphs = [json.loads(script.text)["@graph"] for script in scripts]
        return {entry["@type"]: entry for graph in graphs for entry in graph}

    return read


def test_an_article_has_the_properties_google_recommends(graph):
    factories.college()
    post = factories.post(topic=factories.topic(title="Практика"))
    found = graph(post)
    article = found["NewsArticle"]
    assert article.keys() >= ARTICLE
    assert article["headline"] == post.title
    assert article["url"] == f"http://testserver{post.get_absolute_url()}"
    assert article["articleSection"] == "Практика"
    for name in ("datePublished", "dateModified"):
        assert datetime.datetime.fromisoformat(article[name]).utcoffset() is not None
    assert article["dateModified"] >= article["datePublished"]
    organization = found["EducationalOrganization"]
    assert article["author"] == article["publisher"] == {"@id": organization["@id"]}
    assert organization["name"]
    assert organization["url"]


def test_every_property_conforms_to_schema_org(graph):
    factories.college(latitude=52, longitude=47, phone="1", fax="2", email="a@example.ru")
    post = factories.announcement(topic=factories.topic(), event_time=datetime.time(10))
    factories.photo(post, is_cover=True, alt="Цех", credit="И. Иванов")
    Participation.objects.create(post=post, partner=factories.partner(site="https://a.example/"))
    found = graph(post)
    assert {"NewsArticle", "Event", "BreadcrumbList", "EducationalOrganization"} <= found.keys()
    assert schema_org_checks.find_problems(found.values()) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"@type": "NewsPost"},
        {"@type": "Event", "headline": "x"},
        {"@type": "Event", "startDate": {"@type": "Place", "name": "x"}},
        {"@type": "Event", "eventStatus": "https://schema.org/EventDone"},
        {"@type": "Event", "organizer": {"@id": "#nobody"}},
        {"@type": "Event", "location": {"@type": "Place", "street": "x"}},
    ],
)
def test_unknown_types_properties_and_values_are_detected(entry):
    assert len(schema_org_checks.find_problems([entry])) == 1


def test_a_long_headline_is_shortened_between_words():
    assert shorten("слово " * 30, 110) == "слово " * 17 + "слово…"
    assert shorten("Коротко", 110) == "Коротко"
    assert len(shorten("х" * 250, 110)) <= 110


def test_markup_in_a_title_is_escaped(graph):
    post = factories.post(title="</script><script>alert(1)</script>")
    assert graph(post)["NewsArticle"]["headline"] == post.title


def test_the_picture_has_its_size_and_caption(graph):
    post = factories.post()
    factories.photo(post, size=(300, 200), is_cover=True, alt="Цех", credit="И. Иванов")
    picture = graph(post)["NewsArticle"]["image"][0]
    assert picture.keys() >= IMAGE
    assert picture["caption"] == "Цех"
    assert (picture["width"], picture["height"]) == (300, 200)
    assert picture["url"] == f"http://testserver{Photo.objects.get().url}"


def test_an_article_without_a_photograph_uses_its_card(graph):
    post = factories.post()
    picture = graph(post)["NewsArticle"]["image"][0]
    assert picture["url"] == f"http://testserver/cards/{post.slug}.png"
    assert (picture["width"], picture["height"]) == (1200, 630)


@pytest.mark.parametrize("kind", ["announcement", "report"])
def test_an_event_has_the_properties_google_requires_and_recommends(graph, kind):
    factories.college()
    post = factories.post(
        kind=kind,
        event_date=datetime.date(2026, 2, 24),
        event_time=datetime.time(10),
        place="Актовый зал",
    )
    partner = factories.partner(name="Завод")
    Participation.objects.create(post=post, partner=partner)
    event = graph(post)["Event"]
    assert event.keys() >= EVENT
    assert event["startDate"] == "2026-02-24T10:00:00+04:00"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["location"]["name"] == "Актовый зал"
    assert event["organizer"] == {"@id": "http://testserver/#college"}
    assert event["contributor"] == [{"@type": "Organization", "name": "Завод"}]


def test_hosting_partners_are_the_organizers_of_an_event(graph):
    factories.college()
    post = factories.announcement()
    for name in ("Завод", "Депо"):
        partner = factories.partner(name=name)
        Participation.objects.create(post=post, partner=partner, is_host=name == "Завод")
    event = graph(post)["Event"]
    assert event["organizer"] == [{"@type": "Organization", "name": "Завод"}]
    assert event["contributor"] == [{"@type": "Organization", "name": "Депо"}]
    assert schema_org_checks.find_problems([event]) == []


def test_the_location_of_an_event_defaults_to_the_college(graph):
    factories.college()
    elsewhere = graph(factories.announcement(place="Энгельс, ул. Ленина, 1"))["Event"]["location"]
    assert elsewhere["address"] == elsewhere["name"] == "Энгельс, ул. Ленина, 1"
    here = graph(factories.announcement())["Event"]["location"]
    assert here["name"] == "Учебный техникум"
    assert here["address"]["streetAddress"] == "ул. Учебная, д. 1"


def test_an_event_of_one_day_with_a_time_has_no_end_date(graph):
    factories.college()
    day = datetime.date(2026, 2, 24)
    ends = [
        graph(factories.post(event_date=day, **fields))["Event"].get("endDate")
        for fields in (
            {},
            {"event_time": datetime.time(10)},
            {"event_time": datetime.time(10), "event_end_date": datetime.date(2026, 2, 25)},
        )
    ]
    assert ends == ["2026-02-24", None, "2026-02-25"]


def test_an_event_of_several_days_has_start_and_end_dates(graph):
    factories.college()
    post = factories.post(
        event_date=datetime.date(2026, 2, 24), event_end_date=datetime.date(2026, 2, 26)
    )
    event = graph(post)["Event"]
    assert (event["startDate"], event["endDate"]) == ("2026-02-24", "2026-02-26")
    assert event["location"]["name"] == "Учебный техникум"


def test_posts_and_notices_are_not_described_as_events(graph):
    factories.college()
    assert "Event" not in graph(factories.post())
    today = datetime.date(2026, 2, 24)
    assert "Event" not in graph(factories.post(kind="notice", event_date=today))


def test_an_event_without_an_address_is_left_out(graph):
    assert "Event" not in graph(factories.announcement())


def test_a_post_has_structured_breadcrumbs(graph):
    post = factories.post()
    steps = graph(post)["BreadcrumbList"]["itemListElement"]
    assert all(step.keys() >= STEP for step in steps)
    assert [(step["position"], step["name"]) for step in steps] == [
        (1, "Главная"),
        (2, "Новости"),
        (3, post.title),
    ]


def test_a_text_that_just_fits_is_not_shortened():
    assert shorten("Урок труда", 10) == "Урок труда"
    assert shorten("Урок труда!", 10) == "Урок…"
