"""Sitemaps in pages of a bounded size, and their index.

Each app registers a function that returns the paths of its sitemaps; the index lists all of them.
"""

import datetime
from html import escape
from itertools import chain
from typing import NamedTuple

from django.db.models import Max
from django.http import HttpResponse
from django.urls import register_converter, reverse

from college_site.pages.absolute_urls import absolute_url
from college_site.registry import registry
from college_site.templatetags.iso_dates import iso_moment

XML = "application/xml; charset=utf-8"
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
IMAGE_SCHEMA = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
PAGE_ROWS = 100  # the format allows 50,000 rows, and as many pages: a small one is made quickly


class Address(NamedTuple):
    """An entry of a sitemap; `images` are the URL paths of its pictures."""

    path: str
    changed_at: datetime.datetime | None = None
    images: tuple = ()

    @property
    def url(self):
        return absolute_url(self.path)

    @property
    def image_urls(self):
        return [absolute_url(path) for path in self.images]


class PageNumber:
    """Path converter: a number from 1 to 999,999."""

    regex = "[1-9][0-9]{0,5}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


register_converter(PageNumber, "page_number")


def page_count(model):
    """The number of pages; each is a fixed range of primary keys.

    Hidden rows are counted as well, because the highest key can be read from an index.
    """
    last = model.objects.aggregate(last=Max("pk"))["last"] or 0
    return -(-last // PAGE_ROWS)


def page_paths(name, model):
    """The paths of all pages; `name` is a URL name whose argument is the page number."""
    before, after = reverse(name, args=[1]).rsplit("1", 1)
    return [f"{before}{number}{after}" for number in range(1, page_count(model) + 1)]


def rows_of_page(rows, number):
    """The rows of page `number`, ordered by primary key."""
    last = number * PAGE_ROWS
    return rows.filter(pk__gt=last - PAGE_ROWS, pk__lte=last).order_by("pk")


def index_response(changed_at):
    """The index of all sitemaps; `changed_at` is a datetime or None.

    All entries have the lastmod of the whole site: computing one for each sitemap would read all
    rows and miss deleted ones.
    """
    paths = chain.from_iterable(paths() for paths in registry.sitemaps)
    lastmod = write_lastmod(changed_at)
    entries = [
        f"<sitemap>{write_location(absolute_url(path))}{lastmod}</sitemap>" for path in paths
    ]
    return xml_response(f"<sitemapindex {SCHEMA}>", entries, "</sitemapindex>")


def addresses_response(addresses):
    """A sitemap of Addresses."""
    entries = [
        f"<url>{write_location(address.url)}{write_lastmod(address.changed_at)}"
        f"{''.join(map(write_image, address.image_urls))}</url>"
        for address in addresses
    ]
    return xml_response(f"<urlset {SCHEMA} {IMAGE_SCHEMA}>", entries, "</urlset>")


def xml_response(opening, entries, closing):
    """The lines as XML; a template with as many entries is ten times slower."""
    lines = [DECLARATION, opening, *entries, closing]
    return HttpResponse("\n".join(lines), content_type=XML)


def write_location(url):
    return f"<loc>{escape(url)}</loc>"


def write_lastmod(changed_at):
    return f"<lastmod>{iso_moment(changed_at)}</lastmod>" if changed_at else ""


def write_image(url):
    return f"<image:image><image:loc>{escape(url)}</image:loc></image:image>"
