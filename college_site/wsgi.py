"""The WSGI application that gunicorn serves."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")

CHARSET = re.compile(r";\s*charset\s*\*?\s*=[^;]*", re.IGNORECASE)
django_application = get_wsgi_application()


def application(environ, start_response):
    """Django's, reading every request as UTF-8, which our forms are sent in.

    Django would follow the header to any codec that Python has, many of which are none for text.
    It also leaves it to the server to drop the body of an answer to HEAD, which gunicorn reports
    as our mistake.
    """
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    response = django_application(environ, start_response)
    if environ["REQUEST_METHOD"] == "HEAD":
        response.close()
        return []
    return response
