"""Videos that stand on RuTube and VK Video: the addresses people paste, and the ones we make."""

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
    """A video of one of the two hosts; `access` is the key of one that only a link opens."""

    host: str
    key: str
    access: str = ""

    @property
    def title(self):
        """The host as readers know it."""
        return {"rutube.ru": "RuTube", "vkvideo.ru": "VK Видео"}[self.host]

    @property
    def watch_url(self):
        """The page of the video on its host, which is also what is stored."""
        if self.host == "rutube.ru" and self.access:
            return f"https://rutube.ru/video/private/{self.key}/?{urlencode({'p': self.access})}"
        if self.host == "rutube.ru":
            return f"https://rutube.ru/video/{self.key}/"
        return self.player_url if self.access else f"https://vkvideo.ru/video{self.key}"

    @property
    def player_url(self):
        """The player, to be shown in a frame."""
        if self.host == "rutube.ru":
            query = f"?{urlencode({'p': self.access})}" if self.access else ""
            return f"https://rutube.ru/play/embed/{self.key}{query}"
        owner, _, number = self.key.partition("_")
        access = {"hash": self.access} if self.access else {}
        query = urlencode({"oid": owner, "id": number, **access})
        return f"https://vkvideo.ru/video_ext.php?{query}"

    @property
    def autoplay_url(self):
        """The player that starts by itself, once a visitor has asked for it."""
        start = {"rutube.ru": "autoplay=true", "vkvideo.ru": "autoplay=1"}[self.host]
        return f"{self.player_url}{'&' if '?' in self.player_url else '?'}{start}"


def parse_video_address(pasted):
    """The VideoAddress in what was pasted: an address or the code of a player.

    Raises ValidationError in words for the person who pasted it.
    """
    frame = IFRAME.search(pasted[:LONGEST])
    text = (frame[1] if frame else pasted).strip().replace("&amp;", "&")
    try:
        url = urlsplit(f"https:{text}" if text.startswith("//") else text)
        host, query = (url.hostname or "").rstrip("."), parse_qs(url.query, max_num_fields=50)
    except ValueError:
        url = host = query = None
    found = None
    if url and url.scheme in ("http", "https") and len(text) <= LONGEST:
        found = parse_rutube(host, url.path, query) or parse_vk(host, url.path, query)
    if not found:
        raise ValidationError(explain_rejection(host), code="video_address")
    return found


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
    """The query's value of `name` where it is a key, otherwise ""."""
    value = query.get(name, [""])[0]
    return value if WORD.match(value) else ""


def explain_rejection(host):
    """Why a pasted address will not do, and what will."""
    if host and ("youtube" in host or host == "youtu.be"):
        return (
            "YouTube в России открывается не у всех. Загрузите видео на RuTube или VK Видео "
            "и вставьте его адрес оттуда."
        )
    return (
        "Это не похоже на адрес видео. Откройте видео на RuTube или VK Видео и скопируйте адрес "
        "из строки браузера: https://rutube.ru/video/… или https://vkvideo.ru/video-…"
    )
