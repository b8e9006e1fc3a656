"""Decodes a picture within a limit of memory and re-encodes it without any metadata.

Runs in the sandbox (picture_process.py), where each import costs time: it knows no forms and no
models. A picture is recognised by its first bytes, decoded as small as its format permits, turned
upright, converted to sRGB and stripped of every tag (position, camera, comments).
"""

import io
from itertools import pairwise
from typing import NamedTuple

import pillow_heif
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageFile, ImageMode

from college_site.uploads.pictures.picture_parts import SRGB_GAMMA, read_webp_size, take_apart

pillow_heif.register_heif_opener(thumbnails=False)

# The most pixels of each format, so that no picture takes more than 250 MB: decoders of WebP hold
# 16 bytes a pixel, of HEIC 7, of PNG with transparency 10. A JPEG is decoded to a smaller size at
# once, if it is not progressive: then all of it is held, up to 8 bytes a pixel.
MOST_PIXELS = {"JPEG": 51_000_000, "MPO": 51_000_000, "HEIF": 25_000_000}
MOST_PIXELS |= {"PNG": 18_000_000, "WEBP": 12_600_000}
MOST_PROGRESSIVE = 18_000_000
ONE_BYTE_MODES, MOST_IN_ONE_BYTE = ("1", "L", "P"), 45_000_000
STRIP = 2**20  # pixels that are converted at once
PREVIEW_WIDTH = 480  # pixels: of the smallest rendition, which is made at once
GREY = 128
FIRST_ROWS = 16  # the least that a JPEG without any pixels may show
TURNS = {  # by orientation: what makes a picture upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
Image.MAX_IMAGE_PIXELS = None  # check_pixels() compares before anything is decoded
CUT = "низ снимка (файл обрезан или повреждён)"
# How coarsely a JPEG rounds each of 8 × 8 frequencies: the table of N. Robidoux, which ImageMagick
# and mozjpeg have, at 40 %, for brightness and colour. It takes the place of a quality.
QUANTIZATION_ROWS = """
    6  6  6  7 10 15 22  34
    6  7  8 11 14 16 21  30
    6  8 10 12 17 25 36  54
    7 11 12 16 21 30 42  62
   10 14 17 21 28 38 52  76
   15 16 25 30 38 50 68  95
   22 21 36 42 52 68 90 124
   34 30 54 62 76 95 124 167
"""
QUANTIZATION = [int(step) for step in QUANTIZATION_ROWS.split()]
ENCODINGS = {  # of renditions; docs/decisions/uploads.md says how they were chosen
    "avif": {"format": "AVIF", "quality": 55, "speed": 6},
    "webp": {"format": "WEBP", "quality": 74, "method": 6},
    "jpg": {"format": "JPEG", "qtables": [QUANTIZATION], "progressive": True},
}
LARGE_JPEG = {"format": "JPEG", "quality": 90, "optimize": True}


class Reencoded(NamedTuple):
    """A JPEG and what it tells.

    `width` and `height` in pixels; `lost` is what the original had no more ("" if nothing);
    `fingerprint` is alike for pictures that look alike (make_fingerprint); `preview` is a small
    JPEG.
    """

    content: bytes
    width: int
    height: int
    lost: str
    fingerprint: str
    preview: bytes


def reencode_picture(file, side):
    """A picture as Reencoded, no side longer than `side` pixels.

    Raises ValidationError, in words for the person who uploads, when it is no picture, is damaged
    or has too many pixels.
    """
    if not is_known(file):
        raise ValidationError(
            "Это не фотография: принимаются JPEG, PNG, WebP и HEIC. "
            "Откройте файл в программе просмотра и сохраните как JPEG.",
            code="picture_unknown",
        )
    try:
        image, lost = decode(file, side)
        return describe(image, lost)
    except (ValidationError, MemoryError):
        raise
    except Exception as error:  # Pillow's parsers raise whatever a damaged file makes them raise
        raise damaged_error() from error


def describe(image, lost=""):
    """The Reencoded of an image in RGB.

    A baseline JPEG is somewhat larger than a progressive one and encoded in less than half of the
    time; it is shown until there are renditions.
    """
    content = encode(image, LARGE_JPEG)
    width = min(PREVIEW_WIDTH, image.width)
    size = (width, max(1, round(image.height * width / image.width)))
    small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    preview = encode(small, ENCODINGS["jpg"])
    return Reencoded(content, *image.size, lost, make_fingerprint(image), preview)


def damaged_error():
    return ValidationError(
        "Файл повреждён, открыть его не удалось. Скопируйте фотографию с телефона ещё раз.",
        code="picture_damaged",
    )


def is_known(file):
    """Whether the first bytes are those of a format that is accepted; leaves the file rewound."""
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    heif = head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or heif or webp


def decode(file, side):
    """(image, what it lacks): upright, in sRGB, without metadata, no side over `side` pixels."""
    parts = take_apart(file.read())
    if parts.content.startswith(b"RIFF"):  # its decoder takes memory as soon as it is opened
        check_pixels("WEBP", read_webp_size(parts.content))
    image = Image.open(io.BytesIO(parts.content), formats=FORMATS)
    is_progressive = "progressive" in image.info
    check_pixels(image.format, image.size, image.mode, is_progressive=is_progressive)
    size = fit(image.size, side)
    parts.profile = parts.profile or image.info.get("icc_profile")
    if image.format == "WEBP":  # a HEIC is upright once it is open
        parts.metadata = [image.info[key] for key in ("exif", "xmp") if key in image.info]
    image, lost = load(image, size, parts)
    image = shrink(image, size, parts)
    if parts.orientation in TURNS:
        image = image.transpose(TURNS[parts.orientation])
    return image, lost


def load(image, size, parts):
    """(the decoded image, what it lacks); raises ValidationError if hardly a row is there."""
    image.draft("RGB", size)  # JPEG decodes straight to a smaller size
    try:
        image.load()
        is_cut = parts.is_cut and is_grey(image.crop((0, image.height - 1, *image.size)))
    except OSError:
        image = Image.open(io.BytesIO(parts.content), formats=FORMATS)
        load_beginning(image)
        is_cut = True
    if is_cut and is_even(image.crop((0, min(FIRST_ROWS, image.height - 1), *image.size))):
        raise damaged_error()
    return image, CUT if is_cut else ""


def load_beginning(image):
    """Load the rows in front of a damaged place, the others black or transparent."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def is_grey(image):
    """Whether the image is the even grey that the decoder of JPEG leaves where data are missing."""
    return is_even(image) and image.getpixel((0, 0)) in (GREY, (GREY, GREY, GREY))


def is_even(image):
    """Whether the image has one colour."""
    extrema = image.getextrema()
    bands = extrema if isinstance(extrema[0], tuple) else [extrema]
    return all(least == most for least, most in bands)


def fit(size, side):
    """The width and height of a picture once no side is longer than `side`."""
    longer = max(*size, side)
    return tuple(max(1, round(length * side / longer)) for length in size)


def shrink(image, size, parts):
    """The image in sRGB, what was transparent in it on white, in `size`."""
    if image.mode in ("L", "RGB") and not image.has_transparency_data:
        image = image.resize(size, Image.Resampling.LANCZOS)
        return flatten(colour_converter(image.mode, parts)(image))
    return shrink_by_strips(image, size, parts)


def shrink_by_strips(image, size, parts):
    """As `shrink`, for palettes, transparency, 16 bits and other pixels that cannot be mixed.

    Each strip is brought to colours before its pixels are mixed, and a second image of full size
    never exists. First the rows become shorter, then the columns.
    """
    to_srgb = None
    narrow = Image.new("RGB", (size[0], image.height))
    height = max(1, STRIP // image.width)
    for top in range(0, image.height, height):
        box = (0, top, image.width, min(top + height, image.height))
        strip = bring_to_colours(image.crop(box), parts.depth)
        if to_srgb is None:
            to_srgb = colour_converter(strip.mode, parts)
        strip = flatten(to_srgb(strip))
        narrow.paste(strip.resize((size[0], strip.height), Image.Resampling.LANCZOS), (0, top))
    return narrow.resize(size, Image.Resampling.LANCZOS)


def check_pixels(format, size, mode="RGB", *, is_progressive=False):
    """Raise ValidationError if a picture, by its header, would take too much memory."""
    name = format.replace("MPO", "JPEG").replace("HEIF", "HEIC").replace("WEBP", "WebP")
    most, pixels = MOST_PIXELS[format], size[0] * size[1]
    if is_progressive:
        most, name = MOST_PROGRESSIVE, "прогрессивном JPEG"
    elif format == "PNG" and mode in ONE_BYTE_MODES:
        most, name = MOST_IN_ONE_BYTE, "сером PNG и PNG с палитрой"
    if pixels > most:
        raise ValidationError(
            f"В фотографии {size[0]} × {size[1]} точек, это {millions(pixels)} млн, а "
            f"в {name} принимается до {millions(most)} млн. Уменьшите её и загрузите снова, "
            f"лучше как обычный JPEG: в нём до {millions(MOST_PIXELS['JPEG'])} млн точек.",
            code="picture_too_many_pixels",
        )


def millions(pixels):
    return f"{pixels / 1e6:.1f}".removesuffix(".0").replace(".", ",")


def bring_to_colours(image, depth):
    """The image in L, RGB, RGBA or CMYK: shades, whose pixels can be mixed, 8 bits each."""
    key = image.info.get("transparency")
    if isinstance(key, int | tuple) and depth != 8 and image.mode != "P":
        keys = key if isinstance(key, tuple) else (key,)
        keys = tuple(value * 255 // (2**depth - 1) for value in keys)
        key = image.info["transparency"] = keys if isinstance(key, tuple) else keys[0]
    if image.mode.startswith("I"):  # 16 bits a channel, which convert() would cut off
        image = image.convert("I").point(lambda value: value / 257 + 0.5).convert("L")
        if key is not None:
            image.info["transparency"] = key
    elif image.mode == "1":
        image = image.convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def colour_converter(mode, parts):
    """A function that converts images of a mode to sRGB, by their profile or else their gamma.

    An unusable profile is left out of account.
    """
    if parts.profile:
        target = "RGBA" if mode == "RGBA" else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(parts.profile))
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.buildTransform(source, srgb, mode, target).apply
        except (ImageCms.PyCMSError, OSError):
            pass
    elif parts.gamma and abs(parts.gamma - SRGB_GAMMA) > 0.01:
        table = [encode_srgb((value / 255) ** (1 / parts.gamma)) for value in range(256)]
        colours = len(ImageMode.getmode(mode).bands) - (mode == "RGBA")
        table = table * colours + list(range(256)) * (mode == "RGBA")
        return lambda image: image.point(table)
    return lambda image: image


def encode_srgb(light):
    """The value of sRGB, 0 to 255, for an amount of light from 0 to 1."""
    value = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * value)


def make_fingerprint(image):
    """16 hexadecimal digits: whether each of 8 × 8 fields is brighter than its right neighbour.

    It is the "difference hash" of N. Krawetz, "Kind of Like That" (2013): it survives a smaller
    size and another compression.
    """
    pixels = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    rows = [pixels[start : start + 9] for start in range(0, 72, 9)]
    bits = [left > right for row in rows for left, right in pairwise(row)]
    return f"{sum(bit << place for place, bit in enumerate(bits)):016x}"


def flatten(image):
    """The image in RGB, what was transparent in it on white."""
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return image.convert("RGB")


def encode(image, encoding):
    """The image's bytes in one of ENCODINGS or as LARGE_JPEG."""
    buffer = io.BytesIO()
    image.save(buffer, **encoding)
    return buffer.getvalue()
