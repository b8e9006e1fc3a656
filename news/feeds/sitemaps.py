"""Sitemaps: posts, other pages, recent posts for Google News."""

import datetime

from django.db.models import DateTimeField, ExpressionWrapper, F
from django.urls import reverse
from django.utils import timezone

from college_site.pages.plain_text import printable
from college_site.pages.sitemaps import Address, page_paths, rows_of_page
from college_site.registry import registry
from news.archive import list_archive_entries
from news.models import Partner, Post, Topic
from news.photos.social_images import WIDEST

MAX_ADDRESSES = 50_000  # the limit of the format for one file
NEWS_DAYS = datetime.timedelta(days=2)  # Google ignores older posts in a news sitemap …
NEWS_POSTS = 1000  # … and more than these


def paths():
    """The URL paths of the sitemaps of the news; Google wants none without entries."""
    news = [reverse("news:sitemap_news_file")] if recent_posts().exists() else []
    return [
        reverse("news:sitemap_pages_file"),
        *news,
        *page_paths("news:sitemap_posts_file", Post),
    ]


def post_addresses(number):
    """Addresses of the published posts of page `number`, with their photographs."""
    return [
        Address(
            post.get_absolute_url(),
            max(post.updated_at, post.published_at),
            [photo.widest_jpeg(WIDEST)[2] for photo in post.pictures],
        )
        for post in rows_of_page(Post.objects.published().for_sitemap(), number)
    ]


def page_addresses():
    """Addresses of the registered pages and of the years, topics and partners with posts."""
    years, _ = list_archive_entries()
    found = [
        *(reverse(name) for name in registry.pages),
        *(year.url for year in years),
        *(topic.get_absolute_url() for topic in Topic.objects.with_posts()),
        *(partner.get_absolute_url() for partner in Partner.objects.with_posts()),
    ]
    return [Address(path) for path in found[:MAX_ADDRESSES]]


def newest_expiry():
    """When the last post expired from the news sitemap, as a queryset of one datetime."""
    expired_at = ExpressionWrapper(F("published_at") + NEWS_DAYS, DateTimeField())
    return Post.objects.published(before=timezone.now() - NEWS_DAYS).values(expired_at=expired_at)[
        :1
    ]


def next_expiry():
    """When the next post expires from the news sitemap, or None."""
    oldest = recent_posts().values_list("published_at", flat=True).last()
    return oldest and oldest + NEWS_DAYS


def recent_posts():
    return Post.objects.published(since=timezone.now() - NEWS_DAYS)


def news_entries():
    """The posts for the news sitemap; `headline` is their title without invalid characters."""
    posts = list(recent_posts().only("slug", "title", "published_at")[:NEWS_POSTS])
    for post in posts:
        post.headline = printable(post.title)
    return posts
