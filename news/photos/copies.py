"""A photograph once more, for another post: a row and files of its own.

Whatever happens to one of them, the others stay. They have the same digest, by which take_down()
finds all.
"""

from pathlib import PurePosixPath
from uuid import uuid4

from django.utils import timezone

from college_site.uploads.pictures.renditions import delete_picture
from college_site.uploads.stored_files import open_stored
from news.models import Photo, Takedown

COPIED = ("width", "height", "alt", "is_decorative", "caption", "credit", "consent")
COPIED += ("focus", "digest", "fingerprint")


def copy_photo(photo, files, **place):
    """A stored copy of a photograph; `place` says to what it belongs, with order and cover.

    Adds (name of the master, width) to `files` before it writes the first one: a caller whose
    transaction fails passes them to delete_copies(). Raises FileNotFoundError if the master is
    missing or taken down.
    """
    if Takedown.objects.find(photo.digest):
        raise FileNotFoundError(photo.image.name)
    name = f"photos/{uuid4().hex}/master.jpg"
    files.append((name, photo.width))
    copy_file(photo, photo.image.name, name)
    copied = {field: getattr(photo, field) for field in COPIED}
    due = None if copy_renditions(photo, name) else timezone.now()
    return Photo.objects.create(image=name, renditions_due_at=due, **copied, **place)


def copy_renditions(photo, name):
    """Copy what the worker has made, at least the preview; whether nothing was missing."""
    try:
        for rendition in sorted({photo.small_name, *photo.rendition_names}):
            target = str(PurePosixPath(name).with_name(rendition))
            copy_file(photo, photo.file_name(rendition), target)
    except FileNotFoundError:
        return False
    return photo.renditions_due_at is None


def copy_file(photo, source, target):
    with open_stored(photo.image.storage, source) as file:
        photo.image.storage.save(target, file)


def delete_copies(files):
    for name, width in files:
        delete_picture(name, width)
