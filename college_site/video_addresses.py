"""Videos hosted on RuTube and VK Video: parses pasted URLs, builds page and player URLs."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from django.core.exceptions import ValidationError

LONGEST = 2000
RUTUBE_HOSTS = {"rutube.ru", "www.rutube.ru", "m.rutube.ru"}
VK_HOSTS = {
    f"{prefix}{host}" for host in ("vk.com", "vk.ru", "vkvideo.ru") for prefix in ("", "www.", "m.")
}
IFRAME = re.compile(r"""<iframe\s[^>]{0,1000}?\bsrc\s*=\s*["']([^"']{1,1000})["']""", re.IGNORECASE)
RUTUBE_PATH = re.compile(
    r"/(?:video(?:/private|/embed)?|play/embed|embed|shorts)/(?P<key>[0-9a-f]{32})/?\Z"
)
VK_VIDEO = re.compile(r"(?:video|clip)(?P<owner>-?[0-9]{1,20})_(?P<number>[0-9]{1,20})(?![0-9])")
WORD = re.compile(r"[0-9A-Za-z_-]{1,100}\Z")


class VideoAddress(NamedTuple):
    """A video on one of the two hosts; `access` is the key of an unlisted video, or ""."""

    host: str
    key: str
    access: str = ""

    @property
    def title(self):
        """The name of the service."""
        return {"rutube.ru": "RuTube", "vkvideo.ru": "VK Видео"}[self.host]

    @property
    def watch_url(self):
        """The canonical URL of the video's page; models store this one."""
        if self.host == "rutube.ru" and self.access:
            return f"https://rutube.ru/video/private/{self.key}/?{urlencode({'p': self.access})}"
        if self.host == "rutube.ru":
            return f"https://rutube.ru/video/{self.key}/"
        return self.player_url if self.access else f"https://vkvideo.ru/video{self.key}"

    @property
    def player_url(self):
        """The URL of the player, for an <iframe>."""
        if self.host == "rutube.ru":
            query = f"?{urlencode({'p': self.access})}" if self.access else ""
            return f"https://rutube.ru/play/embed/{self.key}{query}"
        owner, _, number = self.key.partition("_")
        access = {"hash": self.access} if self.access else {}
        query = urlencode({"oid": owner, "id": number, **access})
        return f"https://vkvideo.ru/video_ext.php?{query}"

    @property
    def autoplay_url(self):
        """The URL of a player that starts immediately, used after the visitor's click."""
        start = {"rutube.ru": "autoplay=true", "vkvideo.ru": "autoplay=1"}[self.host]
        return f"{self.player_url}{'&' if '?' in self.player_url else '?'}{start}"


def parse_video_address(pasted):
    """Parse a pasted URL or <iframe> code into a VideoAddress.

    Raises ValidationError with a message for staff.
    """
    frame = IFRAME.search(pasted[:LONGEST])
    text = (frame[1] if frame else pasted).strip().replace("&amp;", "&")
    try:
        url = urlsplit(f"https:{text}" if text.startswith("//") else text)
        host, query = (url.hostname or "").rstrip("."), parse_qs(url.query, max_num_fields=50)
    except ValueError:
        url = host = query = None
    address = None
    if url and url.scheme in ("http", "https") and len(text) <= LONGEST:
        address = parse_rutube(host, url.path, query) or parse_vk(host, url.path, query)
    if not address:
        raise ValidationError(explain_rejection(host), code="video_address")
    return address


def parse_rutube(host, path, query):
    match = RUTUBE_PATH.match(path)
    if host in RUTUBE_HOSTS and match:
        return VideoAddress("rutube.ru", match["key"], read_key(query, "p"))
    return None


def parse_vk(host, path, query):
    if host not in VK_HOSTS:
        return None
    if path == "/video_ext.php":
        owner, number = (query.get(name, [""])[0] for name in ("oid", "id"))
        match = VK_VIDEO.fullmatch(f"video{owner}_{number}")
    else:
        match = VK_VIDEO.search(query.get("z", [""])[0]) or VK_VIDEO.search(path)
    if not match:
        return None
    return VideoAddress(
        "vkvideo.ru", f"{match['owner']}_{match['number']}", read_key(query, "hash")
    )


def read_key(query, name):
    """The value of `name` in a parsed query if it is a valid key, otherwise ""."""
    value = query.get(name, [""])[0]
    return value if WORD.match(value) else ""


def explain_rejection(host):
    """The error message for a rejected URL; `host` may be None."""
    if host and ("youtube" in host or host == "youtu.be"):
        return (
            "YouTube в России открывается не у всех. Загрузите видео на RuTube или VK Видео "
            "и вставьте его адрес оттуда."
        )
    return (
        "Это не похоже на адрес видео. Откройте видео на RuTube или VK Видео и скопируйте адрес "
        "из строки браузера: https://rutube.ru/video/… или https://vkvideo.ru/video-…"
    )
