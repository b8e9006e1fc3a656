"""Compile every template of the project; each that fails is named with its error."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.template import TemplateSyntaxError, engines


def template_names(backend):
    """The names of all templates in the project's own folders, installed packages left out."""
    for folder in map(Path, backend.template_dirs):
        if folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts:
            for path in sorted(folder.rglob("*.*")):
                yield str(path.relative_to(folder))


def failure(backend, name):
    """The error of template `name`, or None when it compiles."""
    try:
        backend.get_template(name)
    except (TemplateSyntaxError, UnicodeDecodeError) as error:
        return f"{name}: {error}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
    django.setup()
    backend = engines["django"]
    names = list(template_names(backend))
    failures = [line for name in names if (line := failure(backend, name))]
    print(*failures, f"{len(names) - len(failures)} of {len(names)} templates compile.", sep="\n")
    sys.exit(bool(failures))
