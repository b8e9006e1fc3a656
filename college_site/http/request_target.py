"""Addresses with raw Cyrillic letters, which old programs send and gunicorn would refuse."""

import re
from urllib.parse import quote

from gunicorn.http.message import Request

NOT_ASCII = re.compile(rb"[\x80-\xff]+")


class EncodingRequest(Request):
    """A request whose address is percent-encoded, as it should have come, before it is checked."""

    def parse_request_line(self, line_bytes):
        super().parse_request_line(NOT_ASCII.sub(percent_encoded, line_bytes))


def percent_encoded(match):
    """Raw bytes as UTF-8 in percent-encoding; what is no UTF-8 is taken for Windows-1251."""
    try:
        text = match[0].decode()
    except UnicodeDecodeError:
        text = match[0].decode("cp1251", errors="replace")
    return quote(text).encode()
