"""The newest posts as RSS 2.0, Atom and JSON Feed 1.1."""

import json

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import (
    Atom1Feed,
    Enclosure,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)
from django.utils.html import escape

from college_site.pages.absolute_urls import absolute_reverse, absolute_url, site_host
from college_site.pages.context_processors import current_college
from college_site.pages.plain_text import printable
from college_site.rich_text import make_urls_absolute
from news.photos.placement import PlacedVideo, split_body
from news.photos.social_images import feed_image

SIZE = 30


class RssFeed(Rss201rev2Feed):
    """RSS 2.0 with leads and pictures, without the body."""

    content_type = "application/rss+xml; charset=utf-8"


class AtomFeed(Atom1Feed):
    """Atom with the whole body."""

    content_type = "application/atom+xml; charset=utf-8"

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org/version/1.1) with the whole body."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"], "url": self.feed["link"]}],
            "items": [json_item(item) for item in self.items],
        }
        json.dump(feed, outfile, ensure_ascii=False)


def json_item(item):
    pictures = [
        {"url": picture.url, "mime_type": picture.mime_type, "size_in_bytes": int(picture.length)}
        for picture in item["enclosures"]
    ]
    fields = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "summary": item["summary"],
        "content_html": item["content"],
        "image": pictures[0]["url"] if pictures else None,
        "date_published": rfc3339_date(item["pubdate"]),
        "date_modified": rfc3339_date(item["updateddate"]),
        "tags": list(item["categories"]),
        "attachments": pictures,
    }
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


FORMATS = {"rss.xml": RssFeed, "atom.xml": AtomFeed, "feed.json": JsonFeed}


def build_feed(request, posts, name, title):
    """A feed of the newest `posts` in the format FORMATS[name], with absolute URLs.

    Descriptions in RSS and Atom are HTML, summaries in JSON Feed are plain text.
    """
    feed = FORMATS[name](
        title=printable(title),
        link=absolute_reverse("news:home"),
        description=printable(title),
        language="ru",
        author_name=printable(str(current_college(request))),
        feed_url=absolute_url(request.path),
        feed_guid=absolute_url(request.path),
    )
    for post in posts.for_feed()[:SIZE]:
        feed.add_item(**feed_item(post))
    return feed


def feed_item(post):
    """The arguments of SyndicationFeed.add_item() for a post, and its text as `content`."""
    picture = feed_image(post)
    url = picture and absolute_url(picture.path)
    return {
        "title": printable(post.title),
        "link": absolute_url(post.get_absolute_url()),
        "description": escape(printable(post.lead)),
        "summary": printable(post.lead),
        "content": feed_item_content(post),
        "unique_id": feed_item_id(post),
        "unique_id_is_permalink": False,
        "pubdate": timezone.localtime(post.published_at),
        "updateddate": timezone.localtime(max(post.updated_at, post.published_at)),
        "categories": [printable(str(post.topic))] if post.topic else [],
        "enclosures": [Enclosure(url, str(picture.bytes), picture.type)] if picture else [],
    }


def feed_item_id(post):
    """A tag URI (RFC 4151), which stays the same if the slug changes."""
    return f"tag:{site_host()},{post.created_at:%Y-%m-%d}:post-{post.pk}"


def feed_item_content(post):
    """The body with absolute URLs, or the lead if there is no body, as HTML."""
    address = absolute_url(post.get_absolute_url())
    html = make_urls_absolute(printable(post.body), address)
    parts = split_body(html, post.photos.all())
    html = "".join(part if isinstance(part, str) else render_placed(part) for part in parts)
    return html or escape(printable(post.lead))


def render_placed(part):
    if isinstance(part, PlacedVideo):
        return render_to_string("news/_feed_video.html", {"video": part})
    return render_to_string("news/_feed_photo.html", {"photo": part})
