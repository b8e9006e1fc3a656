"""Structured data of the college and the site."""

import json
from decimal import Decimal

import pytest

from college_site.models import College
from college_site.pages import structured_data
from tests import factories, schema_org_checks

pytestmark = pytest.mark.django_db


def read(html):
    """The graph of a script element; fails if it contains anything else."""
    start, end = '<script type="application/ld+json">', "</script>"
    assert html.startswith(start)
    assert html.endswith(end)
    text = html[len(start) : -len(end)]
    assert not set("<>&\u2028\u2029") & set(text)
    return json.loads(text)["@graph"]


def test_no_value_can_close_the_script_element():
    hostile = "</script><!--<script>&\u2028\u2029"
    assert read(structured_data.markup({"name": hostile})) == [{"name": hostile}]


def test_empty_properties_are_left_out_at_any_depth():
    found = {"name": "x", "lead": "", "place": {"url": None, "name": "y"}, "zero": 0}
    assert read(structured_data.markup(found)) == [{"name": "x", "place": {"name": "y"}, "zero": 0}]


def test_the_organization_has_the_properties_search_engines_recommend():
    # https://developers.google.com/search/docs/appearance/structured-data/organization: no
    # required properties, these recommended ones; Yandex requires name, url, address and telephone:
    # https://yandex.ru/support/webmaster/supported-schemas/address-organization.html
    factories.college(latitude=Decimal("52.0213"), longitude=Decimal("47.8"))
    found = structured_data.organization(College.objects.current())
    assert found["name"] == "Учебный техникум имени теста"
    assert found["url"] == "http://testserver/"
    assert found["telephone"] == "+78452112233"
    assert found["email"] == "school@example.ru"
    assert found["logo"]["url"] == "http://testserver/static/img/icon-512.png"
    assert found["geo"] == {"@type": "GeoCoordinates", "latitude": 52.0213, "longitude": 47.8}
    assert found["address"] == {
        "@type": "PostalAddress",
        "postalCode": "410000",
        "addressRegion": "Саратовская обл.",
        "addressLocality": "г. Саратов",
        "streetAddress": "ул. Учебная, д. 1",
        "addressCountry": "RU",
    }


def test_every_object_conforms_to_schema_org():
    factories.college(latitude=Decimal("52.0213"), longitude=Decimal("47.8"), fax="8 1")
    college = College.objects.current()
    steps = structured_data.breadcrumbs(("Новости", "/news/"))
    objects = [structured_data.organization(college), steps]
    assert schema_org_checks.find_problems(read(structured_data.markup(*objects))) == []


def test_an_empty_college_has_required_properties_only():
    college = College.objects.current()
    found = read(structured_data.markup(structured_data.organization(college)))[0]
    assert set(found) == {"@type", "@id", "name", "url", "logo"}


def test_the_home_page_describes_the_college_and_the_search(client):
    factories.college()
    html = client.get("/").content.decode()
    start = html.index('<script type="application/ld+json">')
    graph = read(html[start : html.index("</script>", start) + len("</script>")])
    assert [entry["@type"] for entry in graph] == ["WebSite", "EducationalOrganization"]
    action = graph[0]["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/search/?q={search_term_string}"
    assert action["query-input"] == "required name=search_term_string"
    assert graph[0]["publisher"]["@id"] == graph[1]["@id"]
    assert schema_org_checks.find_problems(graph) == []
