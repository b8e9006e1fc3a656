"""A site to back up, with the key of its college."""

import io
import tarfile
from pathlib import Path

import pyrage
from django.conf import settings
from django.core.management import call_command

from college_site.backup import keeping
from news.photos.rendition_job import render_due_photo
from tests import factories

KEY = pyrage.x25519.Identity.generate()


def back_up():
    """The archive that the command makes."""
    call_command("backup", stdout=io.StringIO(), stderr=io.StringIO())
    return keeping.list_archives(Path(settings.BACKUP_DIR))[0]


def unpack(archive):
    """{member: bytes}"""
    plain = io.BytesIO(pyrage.decrypt(archive.read_bytes(), [KEY]))
    with tarfile.open(fileobj=plain) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def drill(archive, identity):
    output = io.StringIO()
    call_command("restore", str(archive), identity=identity, drill=True, stdout=output)
    return output.getvalue()


def photo_with_renditions():
    photo = factories.photo()
    while render_due_photo():
        pass
    photo.refresh_from_db()
    return photo
