"""Requirements that every public page meets."""

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from html5lib import HTMLParser

from college_site.pages.stylesheets import TABLES_OF_CONTENTS, bundle
from tests.public_pages import PUBLIC_PAGES, get_rendered

pytestmark = pytest.mark.django_db

FIRST_ROUND_TRIP = 14 * 1024  # bytes, the initial congestion window (RFC 6928)
LOADED_LINKS = {"stylesheet", "icon", "preload", "manifest", "apple-touch-icon", "modulepreload"}


@cache
def read_style_sheet(address):
    """The bundle that a page loads from this address."""
    name = address.removeprefix(settings.STATIC_URL)
    return bundle(lambda name: Path(finders.find(name)).read_text(encoding="utf-8"), name)


def style_sheets(root):
    """The bundles that a page loads, in their order."""
    links = [link["href"] for link in root.all("link") if link.get("rel") == "stylesheet"]
    return [read_style_sheet(address) for address in links]


def class_names(css):
    return set(re.findall(r"\.(-?[a-z_][\w-]*)", css))


def test_a_page_takes_twelve_queries_at_most(public_page):
    queries = [query["sql"] for query in public_page.queries]
    assert len(queries) <= 12, queries


def test_a_page_and_its_style_fit_the_first_round_trip(browser_response, markup):
    """Pages that are never compressed (test_compression.py) are measured as if they were."""
    body = browser_response.content
    if "Content-Encoding" not in browser_response.headers:
        body = brotli.compress(body)
    sheets = [len(brotli.compress(css.encode())) for css in style_sheets(markup.root)]
    assert len(body) + sum(sheets) <= FIRST_ROUND_TRIP


def test_a_page_loads_the_sheets_that_style_its_classes(markup):
    """The sheet that declares the order of the layers comes first."""
    loaded = style_sheets(markup.root)
    assert loaded[0].startswith("@layer reset, ")
    used = {name for each in markup.root.all() for name in (each.get("class") or "").split()}
    styled = set().union(*[class_names(read_style_sheet(name)) for name in TABLES_OF_CONTENTS])
    assert (used & styled) - set().union(*[class_names(css) for css in loaded]) == set()


def test_a_page_loads_no_resources_from_other_hosts(markup):
    elements = list(markup.root.all())
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


def test_a_form_is_sent_to_this_site(markup):
    forms = markup.root.all("form")
    assert [form for form in forms if not (form.get("action") or "/").startswith("/")] == []


def test_a_page_has_no_style_attributes(markup):
    root = markup.root
    assert not [element.name for element in root.all() if element.get("style") is not None]
    assert not list(root.all("style"))


def test_a_page_has_no_inline_scripts(markup):
    root = markup.root
    inline = [script for script in root.all("script") if not script.get("src")]
    assert [
        element.text() for element in inline if element.get("type") != "application/ld+json"
    ] == []


def test_a_page_has_no_event_attributes(markup):
    names = {name for element in markup.root.all() for name in element.attributes}
    assert not {name for name in names if name.startswith("on")}


def test_a_page_has_one_main_heading(markup):
    headings = [heading.text() for heading in markup.root.all("h1")]
    assert len(headings) == 1
    assert headings[0]


def test_headings_skip_no_level(markup):
    headings = markup.root.all("h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(heading.name[1]) for heading in headings]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_pictures_have_dimensions_and_alternative_text(markup):
    for image in markup.root.all("img"):
        assert int(image["width"]) > 0
        assert int(image["height"]) > 0
        assert image.get("alt") is not None


def test_source_elements_have_valid_sizes(markup):
    """The Nu checker accepts «auto» only on a lazy <img>, not on a <source>."""
    sources = markup.root.all("source")
    assert not [source["sizes"] for source in sources if "auto" in source["sizes"]]


def test_a_page_is_valid_html5(public_page):
    """The strict parser raises an exception for each parse error of the HTML standard."""
    HTMLParser(strict=True).parse(public_page.response.content, transport_encoding="utf-8")


def test_the_page_is_in_russian(markup):
    assert next(markup.root.all("html"))["lang"] == "ru"


def test_the_title_contains_the_page_and_the_college(markup):
    assert re.fullmatch(r".+ — Учебный техникум", next(markup.root.all("title")).text())


def test_elements_are_nested_correctly(markup):
    assert markup.problems == []


def test_ids_are_unique_and_references_valid(markup):
    elements = list(markup.root.all())
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


def test_every_field_has_a_label(markup):
    root = markup.root
    labelled = {label["for"] for label in root.all("label")}
    fields = [
        field
        for field in root.all("input", "select", "textarea")
        if field.get("type") not in ("hidden", "submit")
    ]
    assert [field["name"] for field in fields if field.get("id") not in labelled] == []


def test_a_field_that_may_stay_empty_says_so(pages):
    names = ("suggestion_form", "receipt_verification")
    roots = [get_rendered(pages, name).markup.root for name in names]
    labels = [label.text() for root in roots for label in root.all("label", "legend")]
    marked = [label.split()[0] for label in labels if "необязательно" in label]
    assert marked == ["Файлы", "Оставьте", "Текст"]


def test_every_hint_and_error_is_read_with_its_field(markup):
    elements = list(markup.root.all())
    described = {name for each in elements for name in (each.get("aria-describedby") or "").split()}
    notes = {each["id"] for each in elements if re.search("_(helptext|error)$", each.get("id", ""))}
    assert notes <= described


def test_the_first_link_skips_to_the_content(markup):
    assert next(markup.root.all("a"))["href"] == "#content"
    content = next(each for each in markup.root.all() if each.get("id") == "content")
    assert (content.name, content["tabindex"]) == ("main", "-1")


def test_wide_tables_can_be_scrolled_with_the_keyboard(markup):
    for table in markup.root.all("table"):
        assert table.parent["tabindex"] == "0"


def test_a_form_with_a_file_is_sent_as_multipart(markup):
    for form in markup.root.all("form"):
        if any(field.get("type") == "file" for field in form.all("input")):
            assert form["enctype"] == "multipart/form-data"


def test_every_link_and_button_has_a_name(markup):
    links = list(markup.root.all("a", "button"))
    assert [link.attributes for link in links if not (link.text() or link.get("aria-label"))] == []


def test_an_indexed_page_has_open_graph_metadata(markup):
    elements = list(markup.root.all("link", "meta"))
    canonical = [element["href"] for element in elements if element.get("rel") == "canonical"]
    metadata = {
        element.get("property") or element.get("name"): element.get("content")
        for element in elements
    }
    if not canonical:
        assert metadata["robots"] == "noindex"
        return
    assert metadata["og:url"] == canonical[0]
    assert metadata["og:title"]
    assert metadata["og:image"].startswith("http://testserver/")
    assert (metadata["og:image:width"], metadata["og:image:height"]) == ("1200", "630")
    assert metadata["og:description"] == metadata["description"] != ""


def test_structured_breadcrumbs_match_the_visible_ones(markup):
    page = markup.root
    breadcrumbs = [
        element for element in page.all("nav") if element.get("aria-label") == "Вы здесь"
    ]
    graphs = [
        json.loads(element.text())["@graph"]
        for element in page.all("script")
        if is_structured_data(element)
    ]
    structured = [
        element for graph in graphs for element in graph if element["@type"] == "BreadcrumbList"
    ]
    if not breadcrumbs or any(element.get("content") == "noindex" for element in page.all("meta")):
        assert len(structured) <= len(breadcrumbs)
        return
    links = [(remove_word_joiners(link.text()), link["href"]) for link in breadcrumbs[0].all("a")]
    steps = structured[0]["itemListElement"]
    structured_links = [
        (step["name"], step["item"].removeprefix("http://testserver")) for step in steps
    ]
    assert structured_links[:-1] == links
    assert steps[-1]["item"].removeprefix("http://testserver").startswith("/")


def remove_word_joiners(text):
    return text.replace("\N{WORD JOINER}", "")


def is_structured_data(element):
    return element.get("type") == "application/ld+json"


def test_head_is_answered_with_an_empty_body(client, site):
    for path in ("/", "/news/", site.post.get_absolute_url(), "/feedback/", "/feedback/new/"):
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (200, b"")


def test_time_elements_have_valid_datetimes(markup):
    """HTML allows three fractional digits of a second; the database has six."""
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
    for element in markup.root.all("time"):
        assert moment.fullmatch(element["datetime"])


@pytest.mark.parametrize("name", ["img", "source", "time"])
def test_the_checked_elements_occur_on_some_page(pages, name):
    markups = [get_rendered(pages, page).markup for page in PUBLIC_PAGES]
    assert any(list(markup.root.all(name)) for markup in markups)


def test_the_qr_code_of_the_receipt_has_alternative_text(pages):
    qr_code = next(get_rendered(pages, "receipt").markup.root.all("img"))
    assert qr_code["alt"] == "QR-код этого адреса"


def test_the_receipt_is_downloaded_not_opened(pages):
    links = get_rendered(pages, "receipt").markup.root.all("a")
    files = [link for link in links if link["href"].endswith((".txt", "/code/", "/file/"))]
    assert files
    assert [link["href"] for link in files if "download" not in link.attributes] == []


def test_hints_are_read_out_as_they_appear(pages):
    elements = get_rendered(pages, "suggestion_form").markup.root.all("div")
    (place,) = [each for each in elements if "data-hints" in each.attributes]
    assert place["aria-live"] == "polite"


def test_every_fieldset_has_a_legend(markup):
    bare = [
        fieldset
        for fieldset in markup.root.all("fieldset")
        if not any(legend.text().strip() for legend in fieldset.all("legend"))
    ]
    assert bare == []


def test_search_forms_of_one_page_have_names_of_their_own(markup):
    searches = [form for form in markup.root.all("form") if form.get("role") == "search"]
    names = [form.get("aria-label") for form in searches]
    assert len(searches) < 2 or (all(names) and len(set(names)) == len(names))
