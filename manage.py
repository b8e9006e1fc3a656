#!/usr/bin/env python
"""Development and maintenance commands: `manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # its message explains what to do
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)  # the conventional exit code after Ctrl-C
