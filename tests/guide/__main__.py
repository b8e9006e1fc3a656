"""`make guide`: the pictures of the guide for staff."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
django.setup()

from tests.guide.tour import main  # noqa: E402 - the Word file is built with the tests' factories

main()
