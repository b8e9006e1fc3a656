"""The WSGI application that gunicorn serves."""

import os
import re

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")

CHARSET = re.compile(r";\s*charset\s*\*?\s*=[^;]*", re.IGNORECASE)
django_application = get_wsgi_application()

from college_site.http.page_store import PageStore, store_pages  # noqa: E402 - needs settings
from college_site.http.request_counts import count_requests  # noqa: E402 - likewise

page_application = store_pages(django_application, PageStore())
if settings.METRICS_TOKEN:
    page_application = count_requests(page_application)


def application(environ, start_response):
    """Django's application behind the page store, without charsets and bodies of HEAD responses.

    Django would decode a request with any codec named in its Content-Type, including those that
    are not text encodings; forms are always sent as UTF-8. Gunicorn logs an error if a response to
    HEAD has a body.
    """
    if "CONTENT_TYPE" in environ:
        environ["CONTENT_TYPE"] = CHARSET.sub("", environ["CONTENT_TYPE"])
    response = page_application(environ, start_response)
    if environ["REQUEST_METHOD"] == "HEAD" and response:
        response.close()
        return []
    return response
