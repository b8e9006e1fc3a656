"""Compresses public text responses.

An attacker who makes a visitor's browser request pages can derive a secret from the compressed size
of a page that also reflects the request (BREACH, 2013). Therefore the admin, responses to POST and
private pages (`holds_secrets`) are not compressed; CSRF tokens are masked by Django.
"""

import gzip
import re
from functools import lru_cache, partial

import brotli
from django.utils.cache import patch_vary_headers

from college_site.pages.absolute_urls import fixed_path

MIN_LENGTH = 500  # bytes; for shorter bodies the headers outweigh the savings
ENCODERS = {  # in order of preference; higher quality takes far longer for a few per cent
    "br": partial(brotli.compress, mode=brotli.MODE_TEXT, quality=5),
    "gzip": partial(gzip.compress, compresslevel=5, mtime=0),
}
TEXT = re.compile(r"text/|application/([a-z]+\+)?(xml|json)\b")
REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")


def compression_middleware(get_response):
    """Middleware: compress the response in the best encoding that the browser accepts."""

    def middleware(request):
        response = get_response(request)
        if may_be_compressed(request, response):
            patch_vary_headers(response, ["Accept-Encoding"])
            compress(response, choose_encoding(request.headers.get("Accept-Encoding", "")))
        return response

    return middleware


def may_be_compressed(request, response):
    return (
        request.method in ("GET", "HEAD")
        and TEXT.match(response.headers.get("Content-Type", ""))
        and not response.streaming
        and not response.has_header("Content-Encoding")
        and not getattr(response, "holds_secrets", False)
        and not request.path.startswith(fixed_path("admin:index"))
    )


@lru_cache(maxsize=64)
def choose_encoding(header):
    """The best encoding in an Accept-Encoding header, without those with q=0; "" for none."""
    entries = [entry for entry in header.split(",") if not REFUSED.search(entry)]
    names = {entry.partition(";")[0].strip().lower() for entry in entries}
    return next((name for name in ENCODERS if name in names), "")


def compress(response, encoding):
    """Encode the body in place; weak ETags remain valid."""
    if not encoding or len(response.content) < MIN_LENGTH:
        return
    response.content = ENCODERS[encoding](response.content)
    response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(response.content))
