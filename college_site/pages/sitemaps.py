"""Sitemaps in pages of a bounded size, and their index.

Each app registers a function that returns the paths of its sitemaps; the index lists all of them.
"""

import datetime
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from django.db.models import Max
from django.shortcuts import render
from django.urls import register_converter, reverse

from college_site.pages.absolute_urls import absolute_url
from college_site.registry import registry
from college_site.templatetags.iso_dates import iso_moment

XML = "application/xml; charset=utf-8"
PAGE_ROWS = 1000  # the format allows 50,000; a smaller page is rendered quickly


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


def render_index(changed_at):
    """The index of all sitemaps as XML; `changed_at` is a datetime or None.

    All entries have the lastmod of the whole site: computing one for each sitemap would read all
    rows and miss deleted ones. The XML is built here, because a template with many lines is slow.
    """
    root = Element("sitemapindex", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    lastmod = changed_at and iso_moment(changed_at)
    for path in chain.from_iterable(paths() for paths in registry.sitemaps):
        entry = SubElement(root, "sitemap")
        SubElement(entry, "loc").text = absolute_url(path)
        if lastmod:
            SubElement(entry, "lastmod").text = lastmod
    return tostring(root, encoding="utf-8", xml_declaration=True)


def addresses_response(request, addresses):
    """A sitemap of Addresses."""
    context = {"addresses": addresses}
    return render(request, "shared/sitemap_addresses.xml", context, content_type=XML)
