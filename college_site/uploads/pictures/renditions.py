"""Renditions of a stored picture: the same in several widths and encodings."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from college_site.uploads.pictures.picture_cleaning import ENCODINGS, PREVIEW_WIDTH, encode

WIDTHS = (PREVIEW_WIDTH, 960, 1440, 2000)


def rendition_widths(width):
    """The widths made of a picture `width` pixels wide: never larger than the picture itself."""
    return [step for step in WIDTHS if step < width] or [width]


def rendition_name(master_name, width, extension):
    """The storage name of one rendition: it stands in its master's folder."""
    return str(PurePosixPath(master_name).with_name(f"{width}.{extension}"))


def make_renditions(master_name):
    """Write every rendition of a stored master, also over what a killed worker left half done."""
    with default_storage.open(master_name) as file:
        master = Image.open(file, formats=("JPEG",))
        master.load()
    for width in rendition_widths(master.width):
        height = max(1, round(master.height * width / master.width))
        resized = master.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        for extension, encoding in ENCODINGS.items():
            name = rendition_name(master_name, width, extension)
            content = ContentFile(encode(resized, encoding))
            default_storage.delete(name)
            default_storage.save(name, content)


def crop(file, size, centering=(0.5, 0.4)):
    """A JPEG of exactly `size` (width, height), cut out of a stored master.

    `centering` says which part stays, from the left and from the top. By default more of the height
    is lost at the bottom: faces stand above the middle.
    """
    master = Image.open(file, formats=("JPEG",))
    master.draft("RGB", size)  # decodes straight to the nearest size that is not smaller
    fitted = ImageOps.fit(master, size, Image.Resampling.LANCZOS, centering=centering)
    return encode(fitted, ENCODINGS["jpg"])


def delete_picture(master_name, master_width):
    """Delete a master and its renditions; a file that is missing is no error."""
    for width in rendition_widths(master_width):
        for extension in ENCODINGS:
            default_storage.delete(rendition_name(master_name, width, extension))
    default_storage.delete(master_name)
    with suppress(OSError):  # not empty
        default_storage.delete(str(PurePosixPath(master_name).parent))


@dataclass(frozen=True)
class Source:
    """One <source> of a <picture>: its MIME type and its srcset."""

    type: str
    srcset: str
