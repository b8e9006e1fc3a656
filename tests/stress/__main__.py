"""`make torture`: kill, flood, lock and attack a scratch copy of the site."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
django.setup()

from tests.stress.trials import main  # noqa: E402 - models need the setup above

main()
