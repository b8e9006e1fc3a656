"""`make bench`: how pages slow down as the data grow; with --rivals beside other servers."""

import os
import sys

import django

from tests.bench.rivals.__main__ import main as compare_with_rivals

if "--rivals" in sys.argv:
    words = [word for word in sys.argv[1:] if word != "--rivals"]
    sys.exit(compare_with_rivals(words))

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
django.setup()

from tests.bench.comparison import main  # noqa: E402 - models need the setup above

main()
