"""The renditions of a stored picture."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from college_site.uploads.pictures import renditions
from college_site.uploads.pictures.images import clean_picture
from college_site.uploads.pictures.picture_cleaning import ENCODINGS, QUANTIZATION, encode
from college_site.uploads.pictures.renditions import make_renditions, rendition_widths


def store_master(size=(120, 80)):
    """Store a master picture; returns its name."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "#2040a0").save(buffer, "JPEG")
    picture = clean_picture(ContentFile(buffer.getvalue()))
    return default_storage.save("photos/x/master.jpg", picture)


@pytest.mark.parametrize("width", [1, 64, 479, 480, 481, 960, 1440, 2000, 2560])
def test_a_rendition_is_never_larger_than_its_master(width):
    assert rendition_widths(width)
    assert max(rendition_widths(width)) <= width


def test_every_rendition_that_is_listed_exists():
    name = store_master((1000, 700))
    make_renditions(name)
    assert rendition_widths(1000) == [480, 960]
    for width in rendition_widths(1000):
        for extension, options in ENCODINGS.items():
            with default_storage.open(f"photos/x/{width}.{extension}") as file:
                image = Image.open(file)
                image.load()
            assert image.format == options["format"]
            assert image.size == (width, round(width * 0.7))


def test_existing_renditions_are_not_duplicated():
    name = store_master()
    make_renditions(name)
    before = sorted(default_storage.listdir("photos/x")[1])
    make_renditions(name)
    assert sorted(default_storage.listdir("photos/x")[1]) == before


def test_a_truncated_rendition_is_replaced():
    """A killed worker or a full disk can leave a truncated file."""
    name = store_master()
    half = b"\xff\xd8\xff half a picture"
    default_storage.save("photos/x/120.jpg", ContentFile(half))
    make_renditions(name)
    with default_storage.open("photos/x/120.jpg") as file:
        assert file.read() != half


def test_a_picture_is_deleted_with_its_renditions():
    name = store_master()
    make_renditions(name)
    renditions.delete_picture(name, 120)
    assert not default_storage.exists("photos/x")


def test_deleting_a_missing_picture_is_no_error():
    renditions.delete_picture("photos/none/master.jpg", 2560)


@pytest.mark.parametrize("extension", ENCODINGS)
def test_renditions_have_no_metadata(extension):
    name = store_master()
    make_renditions(name)
    with default_storage.open(f"photos/x/120.{extension}") as file:
        image = Image.open(file)
        image.load()
    assert not image.getexif()
    assert not {"xmp", "icc_profile", "comment"} & set(image.info)


@pytest.mark.parametrize(
    ("extension", "setting", "other"),
    [
        ("avif", "quality", 20),
        ("avif", "speed", 10),
        ("webp", "quality", 20),
        ("webp", "method", 0),
        ("jpg", "qtables", [[16] * 64]),
        ("jpg", "progressive", False),
    ],
)
def test_every_setting_of_an_encoding_reaches_the_encoder(extension, setting, other):
    picture = Image.effect_mandelbrot((160, 120), (-2, -1, 1, 1), 90).convert("RGB")
    encoding = ENCODINGS[extension]
    assert setting in encoding
    assert encode(picture, encoding) != encode(picture, {**encoding, setting: other})


def test_only_renditions_in_jpeg_are_rounded_by_the_table():
    name = store_master()
    make_renditions(name)
    with default_storage.open("photos/x/120.jpg") as file:
        assert Image.open(file).quantization == {0: QUANTIZATION}
    with default_storage.open(name) as file:
        assert Image.open(file).quantization[0] != QUANTIZATION
