"""The photographs of a post as one ZIP file, made while it is sent."""

import io
import zipfile
from contextlib import suppress

from PIL import Image

from college_site.uploads.pictures.picture_cleaning import LARGE_JPEG, encode
from college_site.uploads.stored_files import open_stored

MOST_PHOTOS = 10  # of one post in VK or Telegram


class Outlet(io.RawIOBase):
    """Takes what is written and gives it away in pieces; nobody can seek in it."""

    def __init__(self):
        super().__init__()
        self.pieces = []

    def writable(self):
        return True

    def write(self, data):
        self.pieces.append(bytes(data))
        return len(data)

    def take(self):
        piece, self.pieces = b"".join(self.pieces), []
        return piece


def choose_photos(post):
    """The photographs that go out: the cover, then the first ones in order."""
    photos = sorted(post.photos.all(), key=lambda photo: (not photo.is_cover, photo.order))
    return photos[:MOST_PHOTOS]


def stream_archive(photos, side):
    """Yield the bytes of a ZIP file with the photographs, at most `side` pixels long.

    One photograph at a time is in memory. They are stored as they are: JPEG cannot be compressed.
    """
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for number, photo in enumerate(photos, start=1):
            with suppress(FileNotFoundError):  # open_stored() logs it
                archive.writestr(f"{number:02}.jpg", read_photo(photo, side))
            yield outlet.take()
    yield outlet.take()


def read_photo(photo, side):
    """The bytes of the JPEG, made smaller if a side is longer than `side` pixels."""
    with open_stored(photo.image.storage, photo.image.name) as file:
        if max(photo.width, photo.height) <= side:
            return file.read()
        picture = Image.open(file, formats=("JPEG",))
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        return encode(picture, LARGE_JPEG)
