"""What search engines are told about: every public address, in pages of a bounded size."""

import datetime
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from college_site.plain_text import printable
from college_site.templatetags.iso_dates import iso_moment
from news.models import Partner, Post, Topic
from news.preview_image import whole_image

PAGE_POSTS = 1000  # the format allows 50,000; a page of a thousand is made in a blink
PAGES = (
    *("news:home", "news:post_list", "news:topic_list", "news:partner_list", "news:event_list"),
    *("feedback:publication_list", "feedback:figures"),
    *("feedback:feedback_home", "feedback:suggestion_form", "feedback:suggestion_status"),
)
MOST_ADDRESSES = 50_000  # that the format allows on one page
NEWS_DAYS = datetime.timedelta(days=2)  # Google reads no older ones in a news sitemap …
NEWS_POSTS = 1000  # … and no more than these


class Address(NamedTuple):
    """An entry of a sitemap: absolute URLs, the datetime of the last change or None."""

    url: str
    changed_at: datetime.datetime | None = None
    image: str = ""


def page_count():
    """How many pages hold all posts. A page is a range of keys: it stays what it is for ever.

    The highest key is read off an index, a draft's as well; which posts stand on a page is up to
    published().
    """
    last = Post.objects.aggregate(last=Max("pk"))["last"] or 0
    return -(-last // PAGE_POSTS)


def sitemap_urls(request):
    """The addresses of all sitemaps."""
    paths = [
        reverse("news:sitemap_pages_file"),
        reverse("news:sitemap_news_file"),
        *(reverse("news:sitemap_posts_file", args=[n]) for n in range(1, page_count() + 1)),
    ]
    site = request.build_absolute_uri("/").removesuffix("/")
    return [site + path for path in paths]


def index(urls, changed_at):
    """The index of the sitemaps at `urls` as XML; `changed_at` is a datetime or None.

    lastmod is that of the whole newsroom: a sitemap's own would ask all its rows, and none tells
    of a post that left it. It is built here, since a template takes longest where lines are many.
    """
    root = Element("sitemapindex", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    lastmod = changed_at and iso_moment(changed_at)
    for url in urls:
        entry = SubElement(root, "sitemap")
        SubElement(entry, "loc").text = url
        if lastmod:
            SubElement(entry, "lastmod").text = lastmod
    return tostring(root, encoding="utf-8", xml_declaration=True)


def post_addresses(request, number):
    """The published posts of page `number`, from 1 on, as Addresses."""
    last = number * PAGE_POSTS
    posts = Post.objects.published().filter(pk__gt=last - PAGE_POSTS, pk__lte=last)
    site = request.build_absolute_uri("/").removesuffix("/")
    return [
        Address(
            site + post.get_absolute_url(),
            max(post.updated_at, post.published_at),
            site + whole_image(post).path if post.cover else "",
        )
        for post in posts.changed()
    ]


def page_addresses(request):
    """The pages that stand by themselves, those of topics and of partners that visitors see."""
    paths = [
        *(reverse(name) for name in PAGES),
        *(topic.get_absolute_url() for topic in Topic.objects.with_posts()),
        *(partner.get_absolute_url() for partner in Partner.objects.with_posts()),
    ]
    return [Address(request.build_absolute_uri(path)) for path in paths[:MOST_ADDRESSES]]


def recent_posts():
    """The posts of the last two days for the news sitemap; `headline` is their title for XML."""
    posts = Post.objects.published().filter(published_at__gt=timezone.now() - NEWS_DAYS)
    posts = list(posts.only("slug", "title", "published_at")[:NEWS_POSTS])
    for post in posts:
        post.headline = printable(post.title)
    return posts
