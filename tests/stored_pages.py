"""The site behind a page store, asked as gunicorn asks it."""

import datetime

from django.test import RequestFactory

from college_site.http.page_store import PageStore, store_pages
from college_site.wsgi import django_application

NOON = datetime.datetime(2027, 11, 24, 12, tzinfo=datetime.UTC)


class Server:
    """The site behind an empty store; `rendered` are the paths that Django answered."""

    def __init__(self):
        self.rendered = []
        self.store = PageStore()
        self.application = store_pages(self.render, self.store)

    def render(self, environ, start_response):
        self.rendered.append(environ["PATH_INFO"])
        return django_application(environ, start_response)

    def visit(self, path, method="GET", data=b"", **headers):
        """(status, {header: value}, body)"""
        extra = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        environ = RequestFactory().generic(method, path, data, **extra).environ
        heads = []
        response = self.application(environ, lambda line, head: heads.append((line, head)))
        body = b"".join(response)
        line, head = heads[0]
        return int(line[:3]), dict(head), body

    def is_stored(self, path, **headers):
        """Whether the next request for the path is answered by the store."""
        before = len(self.rendered)
        self.visit(path, **headers)
        return len(self.rendered) == before
