"""Links that pass a post on: plain addresses, no script of another company."""

from typing import NamedTuple
from urllib.parse import quote, urlencode


class ShareLink(NamedTuple):
    title: str
    url: str


def share_links(post, url):
    """Where a reader may pass `post` on; `url` is its absolute address.

    The addresses are those that each service documents; MAX: https://dev.max.ru/help/deeplinks.
    """
    words = f"{post.title} {url}"
    return [
        ShareLink("ВКонтакте", f"https://vk.com/share.php?{encode_query(url=url)}"),
        ShareLink("Telegram", f"https://t.me/share/url?{encode_query(url=url, text=post.title)}"),
        ShareLink("MAX", f"https://max.ru/:share?{encode_query(text=words)}"),
        ShareLink("Почта", f"mailto:?{encode_query(subject=post.title, body=words)}"),
    ]


def encode_query(**parameters):
    """The parameters as a query string, with %20 for a space: a letter would show a plus sign."""
    return urlencode(parameters, quote_via=quote)
