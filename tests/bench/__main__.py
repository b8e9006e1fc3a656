"""`make bench`: how pages slow down as the data grow."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
django.setup()

from tests.bench.comparison import main  # noqa: E402 - models need the setup above

main()
