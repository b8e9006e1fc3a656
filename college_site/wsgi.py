"""The WSGI application that gunicorn serves."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")

CHARSET = re.compile(r";\s*charset\s*\*?\s*=[^;]*", re.IGNORECASE)
django_application = get_wsgi_application()


def application(environ, start_response):
    """Django's application, with the charset of requests and the body of HEAD responses removed.

    Django would decode a request with any codec named in its Content-Type, including those that
    are not text encodings; forms are always sent as UTF-8. Gunicorn logs an error if a response to
    HEAD has a body.
    """
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    response = django_application(environ, start_response)
    if environ["REQUEST_METHOD"] == "HEAD":
        response.close()
        return []
    return response
