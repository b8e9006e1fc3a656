"""Stored files for download: whole, or the one byte range that was asked for (RFC 9110, 14)."""

import os
import re
from http import HTTPStatus

from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE)
CHUNK = 64 * 1024


def send_file(request, file, **options):
    """A FileResponse with `options`, 206 for a range, 304 if the browser has the file already.

    Several ranges at once are answered with the whole file, as the standard allows.
    """
    status = os.fstat(file.fileno())
    etag = quote_etag(f"{status.st_mtime_ns:x}-{status.st_size:x}")
    response = get_conditional_response(request, etag)
    wanted = requested_positions(request, etag, status.st_size)
    if response is None and wanted is not None and not wanted:
        response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        response.headers["Content-Range"] = f"bytes */{status.st_size}"
    if response is not None:
        file.close()
    else:
        response = FileResponse(file, **options)
        if wanted:
            keep_part(response, wanted, status.st_size)
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
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
