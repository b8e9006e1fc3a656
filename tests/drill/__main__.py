"""`make drill`: a scratch site is backed up while people write, destroyed, restored, compared."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
django.setup()

from tests.drill.drill import main  # noqa: E402 - models need the setup above

main()
