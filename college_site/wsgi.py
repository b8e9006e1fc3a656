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
    """
    environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
    return django_application(environ, start_response)
