"""Odd pictures of real programs: what is thrown away anyway never decides, colours come first."""

import struct
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from college_site.uploads.pictures.picture_cleaning import MOST_PIXELS
from college_site.uploads.pictures.picture_parts import png_chunk
from tests import factories
from tests.college_site.test_images import XMP, clean, encode, gradient, refusal, reopen

CASES = Path(__file__).resolve().parents[1] / "cases" / "pictures"
XMP_TURNED = b"<rdf:Description xmlns:tiff='http://ns.adobe.com/tiff/1.0/' tiff:Orientation='6'/>"
TIFF_TURNED = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"


def with_chunk(chunk, picture=None, before=b"IDAT"):
    """A PNG with another chunk, given as bytes."""
    data = picture or encode(gradient(), "PNG")
    place = data.index(before) - 4
    return data[:place] + chunk + data[place:]


def with_segment(marker, body, data=None):
    """A JPEG with another segment at its beginning."""
    data = data or encode(gradient())
    return data[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body + data[2:]


# What is thrown away anyway -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "exif_png_garbage.png",
        "exif_png_no_tiff.png",
        "jpeg_cut_1.jpg",
        "jpeg_cut_20.jpg",
        "jpeg_no_eoi.jpg",
        "png_icc_2mb.png",
        "png_ztxt_2mb.png",
    ],
)
def test_a_picture_that_every_browser_shows_is_accepted(name):
    data = (CASES / name).read_bytes()
    expected = (1200, 800) if name.startswith("jpeg") else (600, 400)
    picture = clean(data)
    assert (picture.width, picture.height) == expected


ODD_CHUNKS = {
    "a text with a wrong checksum": png_chunk(b"tEXt", b"Author\0Ann")[:-4] + b"0000",
    "a text that unpacks to 300 MB": png_chunk(
        b"zTXt", b"a\0\0" + zlib.compress(bytes(300_000_000), 9)
    ),
    "a text that is not compressed": png_chunk(b"zTXt", b"a\0\0not flate"),
    "a text that ends in its header": png_chunk(b"iTXt", b"XML:com.adobe.xmp"),
    "a profile of another compression": png_chunk(b"iCCP", b"sRGB\0\x07abc"),
    "an empty profile": png_chunk(b"iCCP", b""),
    "a colour key of one byte": png_chunk(b"tRNS", b"\1"),
    "an empty gamma": png_chunk(b"gAMA", b""),
    "an animation of no frames": png_chunk(b"acTL", bytes(8)),
    "a physical size of two bytes": png_chunk(b"pHYs", b"ab"),
    "an Exif text of odd digits": png_chunk(b"tEXt", b"Raw profile type exif\0\nexif\n  3\nabc"),
}


@pytest.mark.parametrize("chunk", ODD_CHUNKS.values(), ids=ODD_CHUNKS)
def test_an_odd_chunk_refuses_no_png(chunk):
    red, _, blue = reopen(clean(with_chunk(chunk))).getpixel((10, 10))
    assert red > 180 > 90 > blue


ODD_SEGMENTS = {
    "Exif of garbage": (0xE1, b"Exif\0\0" + b"z" * 50),
    "an index of pictures that is damaged": (0xE2, b"MPF\0" + b"\xff" * 30),
    "a part of a profile without the others": (0xE2, b"ICC_PROFILE\0\x02\x05abc"),
    "Photoshop's data cut short": (0xED, b"Photoshop 3.0\x008BIM\x03\xed\0\0\0\0\xff\xff"),
    "a comment": (0xFE, b"\xff\xd9" * 9),
}


@pytest.mark.parametrize(("marker", "body"), ODD_SEGMENTS.values(), ids=ODD_SEGMENTS)
def test_an_odd_segment_refuses_no_jpeg(marker, body):
    red, _, blue = reopen(clean(with_segment(marker, body))).getpixel((10, 10))
    assert red > 180 > 90 > blue


def test_bytes_between_two_segments_are_skipped():
    data = encode(gradient())
    assert clean(data[:20] + b"\0junk\0" + data[20:]).width == 120


@pytest.mark.parametrize("missing", [4, 8, 12, 16])
def test_a_png_without_its_end_is_accepted(missing):
    assert clean(encode(gradient(), "PNG")[:-missing]).width == 120


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"format": "PNG"}])
def test_a_picture_shows_the_part_that_has_arrived(options):
    data = factories.noise_bytes(**options)
    picture = clean(data[: len(data) * 3 // 5])
    assert picture.height == 400
    assert count_colours(picture) > 100


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_cut_picture_tells_what_it_lacks(format):
    data = factories.noise_bytes(format=format)
    assert "низ снимка" in clean(data[: len(data) * 4 // 5]).lost
    assert clean(data[:-12]).lost == clean(data).lost == ""


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_picture_of_which_no_row_has_arrived_is_refused(format):
    data = factories.noise_bytes(format=format)
    header = data.index({"JPEG": b"\xff\xda", "PNG": b"IDAT"}[format]) + 14
    assert refusal(data[:header]) == "picture_damaged"


def count_colours(picture):
    return len(reopen(picture).crop((0, 0, 400, 180)).getcolors(400 * 180))


def test_damaged_pixels_show_the_rows_in_front_of_them():
    data = bytearray(factories.noise_bytes(format="PNG"))
    data[len(data) // 2 : len(data) // 2 + 99] = bytes(99)
    picture = clean(bytes(data))
    assert "низ снимка" in picture.lost
    assert count_colours(picture) > 100


def test_pixels_with_a_wrong_checksum_are_accepted():
    data = bytearray(encode(gradient(), "PNG"))
    data[-14] ^= 1
    red, _, blue = reopen(clean(bytes(data))).getpixel((10, 10))
    assert red > 180 > 90 > blue


def test_a_cut_png_that_claims_many_rows_is_refused():
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 6, 0, 0, 0)
    pixels = png_chunk(b"IDAT", zlib.compress(bytes(9_000_000)))[:-4]
    data = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + pixels
    assert refusal(data) == "picture_too_many_pixels"


def test_a_progressive_jpeg_without_its_finest_details_is_accepted():
    data = factories.noise_bytes(progressive=True)
    assert clean(data[: len(data) * 4 // 5]).height == 400


def test_a_whole_jpeg_may_end_in_an_even_grey():
    image = gradient()
    image.paste((128, 128, 128), (0, 40, 120, 80))
    assert clean(encode(image, quality=95)).height == 80


# Orientation --------------------------------------------------------------------------------------


def raw_profile(name, data):
    text = f"\n{name.decode().split()[-1]}\n{len(data):8}\n{data.hex()}\n".encode()
    return png_chunk(b"tEXt", name + b"\0" + text)


TURNED = {
    "XMP in a JPEG": (CASES / "xmp_only_o6.jpg").read_bytes(),
    "a text of Exif in a PNG": (CASES / "png_raw_profile_exif_o6.png").read_bytes(),
    "a text named APP1": with_chunk(raw_profile(b"Raw profile type APP1", TIFF_TURNED)),
    "a text behind the pixels": with_chunk(
        raw_profile(b"Raw profile type exif", b"Exif\0\0" + TIFF_TURNED), before=b"IEND"
    ),
    "a compressed XMP in a PNG": with_chunk(
        png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP_TURNED))
    ),
    "a text of XMP in a PNG": with_chunk(raw_profile(b"Raw profile type xmp", XMP_TURNED)),
    "XMP as an element": with_segment(
        0xE1, b"http://ns.adobe.com/xap/1.0/\0<tiff:Orientation>6</tiff:Orientation>"
    ),
    "XMP beside a damaged Exif": with_segment(
        0xE1, b"Exif\0\0zz", with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP_TURNED)
    ),
    "XMP in a WebP": encode(gradient(), "WEBP", xmp=XMP_TURNED),
}


@pytest.mark.parametrize("data", TURNED.values(), ids=TURNED)
def test_the_orientation_is_read_wherever_it_stands(data):
    picture = clean(data)
    assert picture.width < picture.height


def test_exif_counts_for_more_than_xmp():
    exif = Image.Exif()
    exif[0x0112] = 1
    assert clean(encode(gradient(), exif=exif, xmp=XMP_TURNED)).width == 120


def test_xmp_without_an_orientation_leaves_the_picture_as_it_is():
    assert clean(encode(gradient(), xmp=XMP)).width == 120


# Colours before sizes -----------------------------------------------------------------------------


def hairlines(mode):
    """A page of 5120 rows with a black line of one pixel in every 37."""
    page = Image.new("L", (400, 5120), 255)
    for row in range(20, 5120, 37):
        page.paste(0, (0, row, 400, row + 1))
    if mode == "I;16":
        return Image.frombytes("I;16", page.size, b"".join(bytes([b, b]) for b in page.tobytes()))
    return page.convert(mode)


@pytest.mark.parametrize("mode", ["1", "P", "L", "LA", "RGB", "RGBA", "I;16"])
def test_no_hairline_is_lost_when_a_page_shrinks(mode):
    page = reopen(clean(encode(hairlines(mode), "PNG"))).convert("L")
    column = [page.getpixel((100, row)) for row in range(page.height)]
    assert page.height == 2560
    assert all(min(column[(row - 3) // 2 : (row + 5) // 2]) < 190 for row in range(20, 5120, 37))


def test_a_colour_key_leaves_no_fringe():
    logo = reopen(clean((CASES / "logo_colour_key_large.png").read_bytes()))
    colours = [colour for _, colour in logo.getcolors(maxcolors=2**24)]
    assert not [colour for colour in colours if min(colour[0], colour[2]) - colour[1] > 60]


@pytest.mark.parametrize(
    ("depth", "key", "row"),
    [(1, 0, b"\0"), (2, 1, b"\x55"), (4, 5, b"\x55"), (8, 85, b"\x55"), (16, 0x5555, b"\x55")],
)
def test_a_transparent_grey_becomes_white_at_every_depth(depth, key, row):
    header = struct.pack(">IIBBBBB", 40, 40, depth, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + row * (40 * depth // 8)) * 40)
    chunks = {b"IHDR": header, b"tRNS": struct.pack(">H", key), b"IDAT": pixels}
    data = b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks.items())
    assert reopen(clean(data)).getpixel((20, 20)) == (255, 255, 255)


def grey_png(*chunks):
    data = encode(Image.new("RGB", (40, 40), (128, 128, 128)), "PNG")
    for chunk in chunks:
        data = with_chunk(chunk, data)
    return reopen(clean(data)).getpixel((20, 20))[0]


GAMMA_1 = png_chunk(b"gAMA", struct.pack(">I", 100_000))


def test_the_gamma_of_a_png_is_applied():
    assert grey_png(GAMMA_1) == pytest.approx(188, abs=2)


def test_the_usual_gamma_changes_nothing():
    assert grey_png(png_chunk(b"gAMA", struct.pack(">I", 45_455))) == pytest.approx(128, abs=1)


def test_a_mark_of_srgb_counts_for_more_than_the_gamma():
    assert grey_png(png_chunk(b"sRGB", b"\0"), GAMMA_1) == pytest.approx(128, abs=1)


def test_a_gamma_does_not_change_how_transparent_a_picture_is():
    half = encode(Image.new("RGBA", (40, 40), (0, 0, 0, 128)), "PNG")
    grey = reopen(clean(with_chunk(GAMMA_1, half))).getpixel((20, 20))[0]
    assert grey == pytest.approx(127, abs=2)


# Claims -------------------------------------------------------------------------------------------


def test_a_webp_of_many_pixels_is_refused_before_its_decoder_starts():
    data = (CASES / "webp_38_bytes_50_megapixels.webp").read_bytes()
    with pytest.raises(ValidationError, match="7100 × 7100") as caught:
        clean(data)
    assert caught.value.code == "picture_too_many_pixels"


@pytest.mark.parametrize("options", [{"lossless": True}, {"quality": 50}, {"xmp": XMP}])
def test_the_claimed_size_of_each_kind_of_webp_is_read(options, monkeypatch):
    data = encode(gradient((300, 70)), "WEBP", **options)
    monkeypatch.setitem(MOST_PIXELS, "WEBP", 300 * 70)
    assert clean(data).width == 300
    monkeypatch.setattr(Image, "open", pytest.fail)
    monkeypatch.setitem(MOST_PIXELS, "WEBP", 300 * 70 - 1)
    assert refusal(data) == "picture_too_many_pixels"
