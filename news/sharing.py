"""Links to share a post: plain URLs, without third-party scripts."""

from typing import NamedTuple
from urllib.parse import quote, urlencode


class ShareLink(NamedTuple):
    title: str
    url: str


def share_links(post, url):
    """ShareLinks of a post; `url` is its absolute URL.

    The URL formats are documented by each service; MAX: https://dev.max.ru/help/deeplinks.
    """
    text = f"{post.title} {url}"
    return [
        ShareLink("ВКонтакте", f"https://vk.com/share.php?{encode_query(url=url)}"),
        ShareLink("Telegram", f"https://t.me/share/url?{encode_query(url=url, text=post.title)}"),
        ShareLink("MAX", f"https://max.ru/:share?{encode_query(text=text)}"),
        ShareLink("Почта", f"mailto:?{encode_query(subject=post.title, body=text)}"),
    ]


def encode_query(**parameters):
    """Encode a query string with %20 for spaces: mail programs would show a plus sign."""
    return urlencode(parameters, quote_via=quote)
