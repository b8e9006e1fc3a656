"""Compresses text that everybody may read.

An attacker who makes a visitor's browser ask for pages may guess, from their compressed size, a
secret on a page that also repeats the request (BREACH, 2013). So the admin, answers to what was
sent and pages for one person (`holds_secrets`) leave as they are; Django masks CSRF tokens
differently each time.
"""

import gzip
import re
from functools import partial

import brotli
from django.urls import reverse
from django.utils.cache import patch_vary_headers

LEAST = 500  # bytes: below that the headers weigh more than what is saved
ENCODERS = {  # the best first; a higher quality takes many times as long for a few per cent
    "br": partial(brotli.compress, mode=brotli.MODE_TEXT, quality=5),
    "gzip": partial(gzip.compress, compresslevel=5, mtime=0),
}
TEXT = re.compile(r"text/|application/([a-z]+\+)?(xml|json)\b")
REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")


def compression_middleware(get_response):
    """Middleware: the answer in the best encoding that the browser takes."""

    def middleware(request):
        response = get_response(request)
        if may_be_compressed(request, response):
            patch_vary_headers(response, ["Accept-Encoding"])
            compress(response, accepted_encodings(request.headers.get("Accept-Encoding", "")))
        return response

    return middleware


def may_be_compressed(request, response):
    return (
        request.method in ("GET", "HEAD")
        and TEXT.match(response.headers.get("Content-Type", ""))
        and not response.streaming
        and not response.has_header("Content-Encoding")
        and not getattr(response, "holds_secrets", False)
        and not request.path.startswith(reverse("admin:index"))
    )


def accepted_encodings(header):
    """The names in an Accept-Encoding header, without those that it refuses."""
    entries = [entry for entry in header.split(",") if not REFUSED.search(entry)]
    return {entry.partition(";")[0].strip().lower() for entry in entries}


def compress(response, names):
    """Encode the body; its validators stay, since they are weak ones."""
    encoding = next((name for name in ENCODERS if name in names), None)
    if encoding is None or len(response.content) < LEAST:
        return
    response.content = ENCODERS[encoding](response.content)
    response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(response.content))
