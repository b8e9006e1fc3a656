"""A scratch site with ten new suggestions, and a mail server that counts what arrives."""

import json
from contextlib import contextmanager
from pathlib import Path

from tests.scratch_site import serve_scratch_site
from tests.stress.mail_day import Server

FILL = "from tests.bench.desk.ten import fill; fill()"


class Site:
    """`suggestions` is {name: (number, key)} of those of ten.py."""

    def __init__(self, address, server, folder):
        self.address, self.server = address, server
        self.suggestions = json.loads(Path(folder, "ten.json").read_text())

    def number(self, name):
        return self.suggestions[name][0]

    def page(self, name):
        """The address of the page of a suggestion at the desk."""
        return f"{self.address}/admin/feedback/suggestion/{self.suggestions[name][1]}/change/"


@contextmanager
def serve(folder):
    """The Site, with the accounts «deputy» and «colleague»."""
    with Server() as server:
        url = f"smtp://127.0.0.1:{server.port}"
        set_up = ["shell", "--no-imports", "-c", FILL]
        with serve_scratch_site(folder, set_up, EMAIL_URL=url) as (address, _):
            yield Site(address, server, folder)
