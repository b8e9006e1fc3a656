"""What holds for every page that a visitor can open."""

import json
import re
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from html5lib import HTMLParser

from college_site.pages.stylesheets import bundle

pytestmark = pytest.mark.django_db

FIRST_ROUND_TRIP = 14 * 1024  # bytes: what a server may send before it is acknowledged (RFC 6928)
LOADED_LINKS = {"stylesheet", "icon", "preload", "manifest", "apple-touch-icon", "modulepreload"}


def style_sheet():
    return bundle(lambda name: Path(finders.find(name)).read_text(encoding="utf-8"))


def test_a_page_takes_twelve_queries_at_most(fetch, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        fetch()


def test_a_page_and_its_style_fit_the_first_round_trip(fetch, client):
    """As it is sent; what is never compressed (test_compression.py), as it would be."""
    client.defaults["HTTP_ACCEPT_ENCODING"] = "br"
    page = fetch()
    body = page.content if "Content-Encoding" in page.headers else brotli.compress(page.content)
    assert len(body) + len(brotli.compress(style_sheet().encode())) <= FIRST_ROUND_TRIP


def test_a_page_loads_nothing_from_another_host(fetch, read_page):
    elements = list(read_page(fetch()).root.all())
    addresses = [
        address
        for element in elements
        if element.name in ("img", "script", "source", "iframe", "video", "audio", "embed")
        for name in ("src", "srcset", "poster")
        for address in (element.get(name) or "").split(", ")
    ]
    for element in elements:
        if element.name == "link" and LOADED_LINKS & set(element["rel"].split()):
            addresses.append(element["href"])
    assert [url for url in addresses if url and not re.match(r"/(?!/)", url)] == []


def test_a_form_is_sent_to_this_site(fetch, read_page):
    forms = read_page(fetch()).root.all("form")
    assert [form for form in forms if not (form.get("action") or "/").startswith("/")] == []


def test_a_page_has_no_style_attributes(fetch, read_page):
    root = read_page(fetch()).root
    assert not [element.name for element in root.all() if element.get("style") is not None]
    assert not list(root.all("style"))


def test_a_page_has_no_inline_scripts(fetch, read_page):
    root = read_page(fetch()).root
    inline = [script for script in root.all("script") if not script.get("src")]
    assert [each.text() for each in inline if each.get("type") != "application/ld+json"] == []


def test_a_page_has_no_event_attributes(fetch, read_page):
    names = {name for element in read_page(fetch()).root.all() for name in element.attributes}
    assert not {name for name in names if name.startswith("on")}


def test_a_page_has_one_main_heading(fetch, read_page):
    headings = [heading.text() for heading in read_page(fetch()).root.all("h1")]
    assert len(headings) == 1
    assert headings[0]


def test_headings_skip_no_level(fetch, read_page):
    headings = read_page(fetch()).root.all("h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(heading.name[1]) for heading in headings]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_pictures_state_their_size_and_what_they_show(fetch, read_page):
    for image in read_page(fetch()).root.all("img"):
        assert int(image["width"]) > 0
        assert int(image["height"]) > 0
        assert image.get("alt") is not None


def test_sizes_of_sources_are_valid_html(fetch, read_page):
    """The Nu checker takes «auto» on a lazy <img> alone; on a <source> it would be what decides."""
    sources = read_page(fetch()).root.all("source")
    assert not [source["sizes"] for source in sources if "auto" in source["sizes"]]


def test_a_page_is_html5_as_the_strict_parser_reads_it(fetch):
    """Whatever the HTML standard calls a parse error stops it."""
    HTMLParser(strict=True).parse(fetch().content, transport_encoding="utf-8")


def test_the_page_is_in_russian(fetch, read_page):
    assert next(read_page(fetch()).root.all("html"))["lang"] == "ru"


def test_the_title_names_the_page_and_the_college(fetch, read_page):
    assert re.fullmatch(r".+ — Учебный техникум", next(read_page(fetch()).root.all("title")).text())


def test_elements_are_nested_as_html_allows(fetch, read_page):
    assert read_page(fetch()).problems == []


def test_ids_are_unique_and_references_lead_to_one(fetch, read_page):
    elements = list(read_page(fetch()).root.all())
    ids = [element["id"] for element in elements if element.get("id")]
    assert len(ids) == len(set(ids))
    references = [
        reference
        for element in elements
        for name in ("aria-labelledby", "aria-describedby", "for")
        for reference in (element.get(name) or "").split()
    ]
    anchors = [
        element["href"][1:]
        for element in elements
        if element.name == "a" and (element.get("href") or "").startswith("#")
    ]
    assert {*references, *anchors} <= set(ids)


def test_every_field_has_a_label(fetch, read_page):
    root = read_page(fetch()).root
    labelled = {label["for"] for label in root.all("label")}
    fields = [
        field
        for field in root.all("input", "select", "textarea")
        if field.get("type") not in ("hidden", "submit")
    ]
    assert [field["name"] for field in fields if field.get("id") not in labelled] == []


def test_every_link_has_words(fetch, read_page):
    links = list(read_page(fetch()).root.all("a", "button"))
    assert [link.attributes for link in links if not (link.text() or link.get("aria-label"))] == []


def test_a_page_that_is_found_elsewhere_says_how_it_is_to_be_shown(fetch, read_page):
    elements = list(read_page(fetch()).root.all("link", "meta"))
    canonical = [each["href"] for each in elements if each.get("rel") == "canonical"]
    told = {each.get("property") or each.get("name"): each.get("content") for each in elements}
    if not canonical:
        assert told["robots"] == "noindex"
        return
    assert told["og:url"] == canonical[0]
    assert told["og:title"]
    assert told["og:image"].startswith("http://testserver/")
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:description"] == told["description"] != ""


def test_search_engines_are_told_the_crumbs_that_visitors_see(fetch, read_page):
    page = read_page(fetch()).root
    shown = [each for each in page.all("nav") if each.get("aria-label") == "Вы здесь"]
    graphs = [json.loads(each.text())["@graph"] for each in page.all("script") if is_data(each)]
    told = [each for graph in graphs for each in graph if each["@type"] == "BreadcrumbList"]
    if not shown or any(each.get("content") == "noindex" for each in page.all("meta")):
        assert len(told) <= len(shown)
        return
    links = [(plain(link.text()), link["href"]) for link in shown[0].all("a")]
    steps = told[0]["itemListElement"]
    told_links = [(step["name"], step["item"].removeprefix("http://testserver")) for step in steps]
    assert told_links[:-1] == links
    assert steps[-1]["item"].removeprefix("http://testserver").startswith("/")


def plain(text):
    return text.replace("\N{WORD JOINER}", "")


def is_data(element):
    return element.get("type") == "application/ld+json"


def test_head_is_answered_like_get(client, site):
    for path in ("/", "/news/", site.post.get_absolute_url(), "/feedback/", "/feedback/new/"):
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (200, b"")


def test_moments_are_written_as_html_knows_them(fetch, read_page):
    """HTML allows three digits of a second's fraction, a database keeps six."""
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
    for element in read_page(fetch()).root.all("time"):
        assert moment.fullmatch(element["datetime"])
