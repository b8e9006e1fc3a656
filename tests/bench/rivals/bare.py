"""The least that a WSGI application can do: the same headers and bytes for every request."""

import json
import os
from pathlib import Path

FOLDER = Path(os.environ["BARE_FOLDER"])
BODY = (FOLDER / "body").read_bytes()
HEADERS = [tuple(pair) for pair in json.loads((FOLDER / "headers").read_text())]


def application(environ, start_response):
    start_response("200 OK", list(HEADERS))
    return [BODY]
