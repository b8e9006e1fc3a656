"""Sitemaps: what search engines are told about, in pages of a bounded size.

Each app registers a function that gives the paths of its sitemaps; the index lists them all.
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
PAGE_ROWS = 1000  # the format allows 50,000; a page of a thousand is made in a blink


class Address(NamedTuple):
    """An entry of a sitemap: path, datetime of the last change or None, paths of its pictures."""

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
    """A number from 1 to 999,999."""

    regex = "[1-9][0-9]{0,5}"
    to_python = staticmethod(int)
    to_url = staticmethod(str)


register_converter(PageNumber, "page_number")


def page_count(model):
    """How many pages hold all rows. A page is a range of keys: it stays what it is for ever.

    The highest key is read off an index, a hidden row's as well; which rows stand on a page is up
    to their published().
    """
    last = model.objects.aggregate(last=Max("pk"))["last"] or 0
    return -(-last // PAGE_ROWS)


def page_paths(name, model):
    """The paths of all pages; `name` is the URL name of one, its argument the number."""
    before, after = reverse(name, args=[1]).rsplit("1", 1)
    return [f"{before}{number}{after}" for number in range(1, page_count(model) + 1)]


def rows_of_page(rows, number):
    """Those of the rows that stand on page `number`, in the order of keeping."""
    last = number * PAGE_ROWS
    return rows.filter(pk__gt=last - PAGE_ROWS, pk__lte=last).order_by("pk")


def index(changed_at):
    """The index of all sitemaps as XML; `changed_at` is a datetime or None.

    lastmod is that of the whole site: a sitemap's own would ask all its rows, and none tells of a
    row that left it. It is built here, since a template takes longest where lines are many.
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
