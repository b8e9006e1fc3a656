"""Runs a module of the tests as a command, with the settings of production."""

import os
import subprocess
import sys

from django.conf import settings


def run_module(name, *options, **environment):
    """The CompletedProcess of `python -m name`, its output as text."""
    return subprocess.run(
        [sys.executable, "-m", name, *options],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "college_site.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
