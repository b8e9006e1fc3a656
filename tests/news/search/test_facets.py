"""The filters of a search."""

import datetime
import re

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db


def october(year):
    return timezone.make_aware(datetime.datetime(year, 10, 1))


def page(client, **parameters):
    return client.get("/search/", {"q": "верстак", **parameters}).content.decode()


def choices(client, name, **parameters):
    """The options of the select `name` without «any»."""
    select = page(client, **parameters).partition(f'name="{name}"')[2].partition("</select>")[0]
    return re.findall(r'value="([^"]+)"', select)


def test_a_chosen_filter_still_offers_its_other_values(client):
    for year, slug in ((2021, "art"), (2022, "sport")):
        fields = {"topic": factories.topic(slug=slug), "published_at": october(year)}
        post = factories.post(title="Верстак", **fields)
        post.participations.create(partner=factories.partner(slug=f"zavod-{slug}"))
    assert sorted(choices(client, "topic", topic="art")) == ["art", "sport"]
    assert sorted(choices(client, "partner", partner="zavod-art")) == ["zavod-art", "zavod-sport"]
    assert choices(client, "year", year="2021-2022") == ["2022-2023", "2021-2022"]
    assert choices(client, "year", topic="art") == ["2021-2022"]


def test_filters_without_results_still_offer_their_choices(client):
    for slug, title in (("art", "Верстак"), ("sport", "Станок")):
        factories.post(title=title, topic=factories.topic(slug=slug))
    html = page(client, topic="sport", year="2001-2002")
    assert '<option value="sport" selected>' in html
    assert '<option value="2001-2002" selected>' in html
    assert "Поиск сужен" in html
    assert sorted(choices(client, "topic", topic="sport")) == ["art", "sport"]


def test_a_topic_used_by_drafts_only_is_not_offered(client):
    factories.post(title="Верстак")
    factories.draft(title="Верстак", topic=factories.topic(slug="secret"))
    assert choices(client, "topic", topic="secret") == []


def test_a_partner_of_drafts_only_is_not_offered(client):
    factories.post(title="Верстак")
    factories.draft(title="Верстак").participations.create(partner=factories.partner(slug="zavod"))
    assert choices(client, "partner", partner="zavod") == []


def test_a_limited_number_of_partners_is_offered(client, monkeypatch):
    monkeypatch.setattr("news.search.facets.MAX_PARTNERS", 2)
    for name in ("a", "b", "c"):
        partner = factories.partner(slug=name)
        factories.post(title="Верстак").participations.create(partner=partner)
    assert sorted(choices(client, "partner")) == ["a", "b"]
