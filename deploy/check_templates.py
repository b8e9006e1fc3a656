"""Compiles all templates of the project and prints the errors."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.template import TemplateSyntaxError, engines


def template_names(backend):
    """Yield the names of all templates of the project, without installed packages."""
    for folder in map(Path, backend.template_dirs):
        if folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts:
            for path in sorted(folder.rglob("*.*")):
                yield str(path.relative_to(folder))


def failure(backend, name):
    """The error of the template `name` as one line, or None if it compiles."""
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
