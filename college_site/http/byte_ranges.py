"""Stored files for download: whole, or the one byte range that was asked for (RFC 9110, 14).

With ACCEL_REDIRECT nginx sends local files: the view, which has asked who may see the file, names
it in a header, and nginx looks after ranges.
"""

import os
import re
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.encoding import escape_uri_path
from django.utils.http import quote_etag

# The location in deploy/nginx.conf that only such a header opens.
PROTECTED = "/protected-media/"
RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
CHUNK = 64 * 1024


def send_file(request, file, **options):
    """A FileResponse with `options`, 206 for a range, 304 if the browser has the file already.

    Several ranges at once are answered with the whole file, as the standard allows.
    """
    etag, size = identify(file)
    response = get_conditional_response(request, etag)
    if response is None and settings.ACCEL_REDIRECT and is_local(file):
        response = hand_over(file, **options)
    wanted = requested_positions(request, etag, size)
    if response is None and wanted is not None and not wanted:
        response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        response.headers["Content-Range"] = f"bytes */{size}"
    if response is not None:
        file.close()
    else:
        response = FileResponse(file, **options)
        if wanted:
            keep_part(response, wanted, size)
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    return response


def identify(file):
    """(ETag, size) of a file, without reading it: one of a bucket has an ETag of its own."""
    if is_local(file):
        status = os.fstat(file.fileno())
        return quote_etag(f"{status.st_mtime_ns:x}-{status.st_size:x}"), status.st_size
    return file.obj.e_tag, file.size


def is_local(file):
    return Path(file.name).is_absolute()  # names of a bucket are relative


def hand_over(file, **options):
    """A response without a body that has nginx send the file, with the headers of FileResponse."""
    complete = FileResponse(file, **options)
    response = HttpResponse()
    for name in ("Content-Type", "Content-Disposition"):
        if complete.has_header(name):
            response.headers[name] = complete.headers[name]
    path = Path(file.name).relative_to(settings.MEDIA_ROOT)
    response.headers["X-Accel-Redirect"] = PROTECTED + escape_uri_path(str(path))
    return response


def requested_positions(request, etag, size):
    """The range() of bytes that a request asks for, empty if the file has none of them.

    None for the whole file: no range is asked for, an invalid one, several, or one of another
    version of the file.
    """
    match = RANGE.fullmatch(request.headers.get("Range", "").strip(" \t"))
    if match is None or request.method != "GET":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    return parse_positions(*match.groups(), size)


def parse_positions(first, last, size):
    """The range() of «first-last», «first-» or «-count»; None where they say nothing."""
    if first and last:
        return range(int(first), min(int(last) + 1, size)) if int(first) <= int(last) else None
    if first:
        return range(int(first), size)
    return range(max(size - int(last), 0), size) if last else None


def keep_part(response, positions, size):
    """Let the FileResponse send only these bytes of its file, with 206."""
    response.streaming_content = read_part(response.file_to_stream, positions)
    response.status_code = HTTPStatus.PARTIAL_CONTENT
    response.headers["Content-Length"] = str(len(positions))
    response.headers["Content-Range"] = f"bytes {positions[0]}-{positions[-1]}/{size}"


def read_part(file, positions):
    file.seek(positions.start)
    remaining = len(positions)
    while remaining and (chunk := file.read(min(CHUNK, remaining))):
        remaining -= len(chunk)
        yield chunk
