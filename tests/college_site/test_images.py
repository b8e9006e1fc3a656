"""Uploaded pictures: accepted formats, limits, removed metadata."""

import io
import struct
import zlib

import pillow_heif
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from college_site.uploads.pictures import images, picture_cleaning
from college_site.uploads.pictures.images import clean_picture, clean_uploaded_photograph
from college_site.uploads.sandbox import staff_turn

GPS = 0x8825
ORIENTATION = 0x0112
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret-xmp</x:xmpmeta>"


def encode(image, format="JPEG", **options):
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def gradient(size=(120, 80)):
    """A picture with four different corners, so that rotation can be detected."""
    image = Image.new("RGB", size, "#2040a0")
    image.paste("#e02020", (0, 0, size[0] // 2, size[1] // 2))
    return image


def clean(data, name="photo.jpg"):
    return clean_picture(ContentFile(data, name=name))


def reopen(picture):
    picture.seek(0)
    image = Image.open(io.BytesIO(picture.read()))
    image.load()
    return image


def refusal(data, name="photo.jpg"):
    """The code of the ValidationError for a file."""
    with pytest.raises(ValidationError) as caught:
        clean(data, name)
    return caught.value.code


def png_header(width, height):
    """A PNG with these dimensions and almost no pixel data."""

    def chunk(kind, body):
        crc = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


# Removed metadata ---------------------------------------------------------------------------------


def exif_with_location():
    exif = Image.Exif()
    exif[0x010F] = "secret-maker"
    exif[0x9286] = "secret-comment"
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 1.0, 0.0), 3: "E", 4: (47.0, 48.0, 0.0)})
    return exif


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_exif_and_xmp_metadata_are_removed(format):
    data = encode(gradient(), format, exif=exif_with_location(), xmp=XMP)
    picture = clean(data)
    assert b"secret" in data or format == "PNG"
    assert b"secret" not in picture.read()
    assert not reopen(picture).getexif()


def test_jpeg_comments_are_removed():
    picture = clean(encode(gradient(), comment=b"secret-comment"))
    assert b"secret" not in picture.read()
    assert "comment" not in reopen(picture).info


def test_png_text_chunks_are_removed():
    texts = PngInfo()
    texts.add_text("Author", "secret-author")
    assert b"secret" not in clean(encode(gradient(), "PNG", pnginfo=texts)).read()


def test_data_appended_to_the_picture_is_removed():
    data = encode(gradient()) + b"<script>secret</script>" + b"PK\x03\x04"
    assert b"secret" not in clean(data).read()


# Orientation and colours --------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_picture_is_rotated_by_its_exif_orientation(orientation):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    lying = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    picture = clean(encode(gradient().transpose(lying), exif=exif, quality=95))
    assert (picture.width, picture.height) == (120, 80)
    red, _, blue = reopen(picture).getpixel((10, 10))
    assert red > 180 > 90 > blue


def test_transparency_becomes_white():
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    assert reopen(clean(encode(image, "PNG"))).getpixel((20, 20)) == (255, 255, 255)


def test_a_transparent_palette_colour_becomes_white():
    image = Image.new("P", (40, 40), 0)
    image.putpalette([255, 0, 0] * 256)
    data = encode(image, "PNG", transparency=0)
    assert reopen(clean(data)).getpixel((20, 20)) == (255, 255, 255)


def test_colours_are_converted_by_the_colour_profile():
    # This profile swaps red and blue, which shows whether it was applied.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"----", 1).replace(b"bXYZ", b"rXYZ", 1)
    data = encode(
        Image.new("RGB", (40, 40), "red"), icc_profile=swapped.replace(b"----", b"bXYZ", 1)
    )
    red, _, blue = reopen(clean(data)).getpixel((20, 20))
    assert red < 60 < 200 < blue


def test_the_colour_profile_is_removed():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = clean(encode(gradient(), icc_profile=profile))
    assert "icc_profile" not in reopen(picture).info


def test_a_picture_with_a_damaged_profile_is_accepted():
    picture = clean(encode(gradient(), icc_profile=b"not a profile" * 20))
    assert (picture.width, picture.height) == (120, 80)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_cmyk_jpegs_are_converted_to_rgb(mode):
    picture = clean(encode(gradient().convert(mode)))
    assert reopen(picture).mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_png_colour_mode_is_converted_to_rgb(mode):
    image = Image.new("I;16", (40, 40)) if mode == "I;16" else gradient((40, 40)).convert(mode)
    assert reopen(clean(encode(image, "PNG"))).mode == "RGB"


def test_a_sixteen_bit_picture_keeps_its_brightness():
    image = Image.new("I;16", (40, 40), 0x8000)
    grey = reopen(clean(encode(image, "PNG"))).getpixel((20, 20))
    assert all(120 <= value <= 136 for value in grey)


# Accepted files -----------------------------------------------------------------------------------


def test_a_heif_photograph_is_accepted():
    pillow_heif.register_heif_opener(thumbnails=False)
    picture = clean(encode(gradient(), "HEIF", exif=exif_with_location()), "IMG_1.HEIC")
    assert (picture.width, picture.height) == (120, 80)
    assert b"secret" not in picture.read()


def test_the_first_picture_of_an_mpo_is_used():
    other = Image.new("RGB", (120, 80), "white")
    data = encode(gradient(), "MPO", save_all=True, append_images=[other])
    picture = clean(data)
    red, _, _ = reopen(picture).getpixel((10, 10))
    assert red > 180


def test_the_file_name_does_not_matter():
    assert clean(encode(gradient(), "PNG"), "photo.jpg").width == 120


def test_the_result_is_always_a_jpeg():
    assert reopen(clean(encode(gradient(), "WEBP"))).format == "JPEG"


def test_a_large_picture_is_scaled_down():
    picture = clean(encode(Image.new("RGB", (5120, 2560))))
    assert (picture.width, picture.height) == (2560, 1280)


def test_a_small_picture_keeps_its_size():
    picture = clean(encode(gradient((33, 17))))
    assert (picture.width, picture.height) == (33, 17)


def test_a_single_pixel_is_accepted():
    assert clean(encode(Image.new("RGB", (1, 1)), "PNG")).width == 1


def test_a_very_narrow_picture_is_accepted():
    picture = clean(encode(Image.new("RGB", (6000, 1)), "PNG"))
    assert (picture.width, picture.height) == (2560, 1)


# Rejected files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"This is text.",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a<script>alert(1)</script>",
        b"%PDF-1.7\n",
        b"PK\x03\x04" + b"\0" * 30,
        b"\0\0\0\x1cftypavif\0\0\0\0",
        b"RIFF\0\0\0\0WAVE",
        b"II*\0\x08\0\0\0",
        b"BM" + b"\0" * 60,
    ],
)
def test_a_file_that_is_no_photograph_is_refused(data):
    assert refusal(data) == "picture_unknown"


def test_an_animated_gif_is_refused():
    frames = [Image.new("P", (20, 20), index) for index in (0, 1)]
    data = encode(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert refusal(data, "fun.gif") == "picture_unknown"


@pytest.mark.parametrize("format", ["WEBP", "HEIF"])
def test_a_truncated_file_is_refused(format):
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    data = encode(noise, format)
    assert refusal(data[: len(data) // 2]) == "picture_damaged"


@pytest.mark.parametrize("magic", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic"])
def test_a_file_signature_without_a_picture_is_refused(magic):
    assert refusal(magic + b"<script>alert(1)</script>" * 9) == "picture_damaged"


def test_a_decompression_bomb_is_refused_before_decoding(monkeypatch):
    monkeypatch.setattr(Image.Image, "load", pytest.fail)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", pytest.fail)
    assert refusal(png_header(10_000, 6_000)) == "picture_too_many_pixels"


def test_an_oversized_file_is_refused_unread(monkeypatch):
    monkeypatch.setattr(images, "reencode_picture", pytest.fail)
    file = ContentFile(b"")
    file.size = images.MAX_BYTES + 1
    with pytest.raises(ValidationError, match="принимаются до") as caught:
        clean_picture(file)
    assert caught.value.code == "picture_too_large"


def test_a_file_of_the_maximum_size_is_accepted():
    file = ContentFile(encode(gradient()))
    file.size = images.MAX_BYTES
    assert clean_picture(file).width == 120


def photograph(size):
    """What becomes of an uploaded photograph of this size."""
    with staff_turn() as turn:
        return clean_uploaded_photograph(ContentFile(encode(gradient(size))), turn)


@pytest.mark.parametrize("size", [(300, 300), (300, 2560), (1200, 300), (9000, 1100)])
def test_a_photograph_of_the_minimum_size_is_accepted(size):
    assert photograph(size).width


@pytest.mark.parametrize(
    ("size", "left"),
    [
        ((1, 1), "1 × 1"),
        ((299, 800), "299 × 800"),
        ((800, 299), "800 × 299"),
        ((9000, 4), "2560 × 1"),
        ((9000, 1000), "2560 × 284"),
    ],
)
def test_a_photograph_below_the_minimum_size_is_refused(size, left):
    with pytest.raises(
        ValidationError, match=rf"осталось бы {left} точек.*не короче 300"
    ) as caught:
        photograph(size)
    assert caught.value.code == "picture_too_small"


def test_a_logo_may_be_small():
    assert clean_picture(ContentFile(encode(gradient((64, 48))))).width == 64


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1", b"msf1"])
def test_every_brand_of_heif_is_recognised(brand):
    assert picture_cleaning.is_known(ContentFile(b"\0\0\0\x18ftyp" + brand + b"\0" * 8))
