"""Responses as text without random and time-dependent parts."""

import gzip
import hashlib
import re
from urllib.parse import unquote

import brotli
from django.apps import apps
from django.db.models import FileField

CODE = re.compile(r"\b(?:[A-Z2-7]{4}[ \u00a0-]){6}[A-Z2-7]{4}\b")
KEY = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])"
)
TOKENS = [
    (re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*'), r"\1<token>"),
    (re.compile(r"(nonce[-=]\"?)[\w+/=-]{16,}"), r"\1<nonce>"),
    (re.compile(r"[\w-]+:[\w-]{6}:[\w-]{43}(?![\w-])"), "<signed>"),
    (CODE, "<code>"),
    (re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])"), "<digest>"),
    (re.compile(r"(?m)^((?:signature|key): +)\S+"), r"\1<signature>"),
    (re.compile(r"(/static/[^\s\"'<>?]+\.)[0-9a-f]{12}\."), r"\1<hash>."),
    (
        re.compile(r"([\"'(./][\w./-]+\.)[0-9a-f]{12}(\.(?:js|css|svg|png|ico|woff2)\b)"),
        r"\1<hash>\2",
    ),
]
HEADER_VALUES = {
    "ETag": lambda value: f"{'W/' * value.startswith('W/')}<etag>",
    "Last-Modified": lambda value: "<moment>",
    "Content-Length": lambda value: "<length>",
}
DECOMPRESS = {"gzip": gzip.decompress, "br": brotli.decompress}
PDF_ID = re.compile(rb"/ID ?\[.*?\](?=\s*(?:/|>>))", re.DOTALL)  # random for each file
PLAIN_COOKIE = re.compile(r'"?(?:[a-z]+-[a-z0-9]+(?:[.-][a-z0-9]+)*)?"?')


class Names:
    """Stable names for the random keys of files: the folder and the number of the row."""

    def __init__(self):
        self.known = {}

    def load(self):
        """Collect the random keys from the file fields of all models."""
        for model in apps.get_models():
            for field in model._meta.fields:
                if isinstance(field, FileField):
                    rows = model._base_manager.order_by("pk").values_list("pk", field.attname)
                    for pk, path in rows:
                        for key in KEY.findall(str(path)):
                            self.known[key] = f"{str(path).partition('/')[0]}-{pk}"

    def normalize(self, text):
        """Replace tokens and random keys; unknown keys are numbered within the text."""
        for pattern, replacement in TOKENS:
            text = pattern.sub(replacement, text)
        numbers = {}

        def name(match):
            key = match[0]
            if key in self.known:
                return KEY.sub("row", self.known[key])
            return f"<key {numbers.setdefault(key, len(numbers) + 1)}>"

        return KEY.sub(name, text)

    def headers(self, response):
        """The lines of the headers and cookies, sorted by name."""
        for name, value in sorted(response.headers.items()):
            value = HEADER_VALUES.get(name, lambda value: value)(value)
            yield f"{name}: {self.normalize(value)}"
        for _, cookie in sorted(response.cookies.items()):
            text = cookie.OutputString()
            if not PLAIN_COOKIE.fullmatch(cookie.coded_value):
                text = text.replace(cookie.coded_value, "<token>")
            yield f"Set-Cookie: {text}"

    def body(self, response):
        """The decompressed, normalised text, or the length and digest of binary content."""
        decompress = DECOMPRESS.get(response.headers.get("Content-Encoding"), bytes)
        content = decompress(content_of(response))
        try:
            return self.normalize(content.decode())
        except UnicodeDecodeError:
            content = PDF_ID.sub(b"", content)
            return f"{len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}\n"


def content_of(response):
    """The body of a response; a streaming one can still be read afterwards."""
    if response.streaming:
        content = b"".join(response.streaming_content)
        response.streaming_content = [content]
        return content
    return response.content


def file_name(title):
    """A valid file name for the title of a request."""
    name = re.sub(r"[^\w.,=&?<> -]", "~", unquote(title))
    digest = hashlib.sha256(title.encode()).hexdigest()[:8]
    return f"{name}.txt" if len(name.encode()) < 200 else f"{name[:90]}~{digest}.txt"
