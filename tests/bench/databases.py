"""Scratch databases and random text to fill them."""

import re
from contextlib import contextmanager
from itertools import accumulate

from django.conf import settings
from django.db import connection

from college_site.models import College


@contextmanager
def scratch_databases(*names):
    """Create migrated databases with a college next to the configured one; drop them afterwards."""
    configured = connection.settings_dict["NAME"]
    try:
        for name in names:
            connection.settings_dict["TEST"]["NAME"] = file_name(name)
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            College.objects.create(name="Техникум", full_name="Техникум", email="a@example.ru")
        yield
    finally:
        for name in names:
            use(name)
            connection.creation.destroy_test_db(configured, verbosity=0)


def use(name):
    """Connect to the scratch database `name`."""
    connection.close()
    connection.settings_dict["NAME"] = file_name(name)
    connection.ensure_connection()


def file_name(name):
    """The engine's name of a database: a file in DATA_DIR, or a database of the server."""
    if connection.vendor == "sqlite":
        return str(settings.DATA_DIR / f"{name}.sqlite3")
    return f"bench_{name}"


def sentence_maker(text, common, generator):
    """A function that makes a sentence of a number of words from the text.

    The frequencies follow Zipf's law; `common` is the sixth word. `generator` is a random.Random.
    """
    words = sorted(set(re.findall("[А-Яа-яЁё]{3,}", text)) - {common})
    generator.shuffle(words)
    words.insert(5, common)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    return lambda length: " ".join(generator.choices(words, cum_weights=weights, k=length)) + ". "
