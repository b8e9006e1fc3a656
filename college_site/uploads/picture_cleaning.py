"""Decodes a picture within a limit of memory and re-encodes it without any metadata.

Runs in the sandbox (sandbox_process.py), where each import costs time: it knows no forms and no
models. A picture is recognised by its first bytes, decoded as small as its format permits, turned
upright, converted to sRGB and stripped of every tag (position, camera, comments).
"""

import io

import pillow_heif
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageOps

pillow_heif.register_heif_opener(thumbnails=False)

# The most pixels of each format, so that no picture takes more than 250 MB: decoders of WebP hold
# 16 bytes a pixel, of HEIC 7, of PNG with transparency 10. A JPEG is decoded to a smaller size at
# once, if it is not progressive: then all of it is held, up to 8 bytes a pixel.
MOST_PIXELS = {"JPEG": 51_000_000, "MPO": 51_000_000, "HEIF": 25_000_000}
MOST_PIXELS |= {"PNG": 18_000_000, "WEBP": 12_600_000}
MOST_PROGRESSIVE = 18_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
Image.MAX_IMAGE_PIXELS = None  # check_pixels() compares before anything is decoded
ENCODINGS = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 7},
    "webp": {"format": "WEBP", "quality": 74, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}


def reencode_picture(file, side):
    """(JPEG, width, height) of a picture, no side longer than `side` pixels.

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
        image = decode(file, side)
        return encode(image, "jpg", quality=90), *image.size
    except (ValidationError, MemoryError):
        raise
    except Exception as error:  # Pillow's parsers raise whatever a damaged file makes them raise
        raise ValidationError(
            "Файл повреждён, открыть его не удалось. Скопируйте фотографию с телефона ещё раз.",
            code="picture_damaged",
        ) from error


def is_known(file):
    """Whether the first bytes are those of a format that is accepted; leaves the file rewound."""
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    heif = head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or heif or webp


def decode(file, side):
    """An upright RGB image in sRGB without any metadata, no side longer than `side`."""
    image = Image.open(file, formats=FORMATS)
    check_pixels(image)
    profile = image.info.get("icc_profile")
    image.draft("RGB", (side, side))  # JPEG decodes straight to a smaller size
    image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = ImageOps.exif_transpose(image)
    image = convert_to_srgb(flatten(image), profile)
    image.info.clear()
    return image


def check_pixels(image):
    """Raise ValidationError if the picture, by its header, would take too much memory."""
    most, pixels = MOST_PIXELS[image.format], image.width * image.height
    name = image.format.replace("MPO", "JPEG").replace("HEIF", "HEIC").replace("WEBP", "WebP")
    if "progressive" in image.info:
        most, name = MOST_PROGRESSIVE, "прогрессивном JPEG"
    if pixels > most:
        raise ValidationError(
            f"В фотографии {image.width} × {image.height} точек, это {millions(pixels)} млн, а "
            f"в {name} принимается до {millions(most)} млн. Уменьшите её и загрузите снова, "
            f"лучше как обычный JPEG: в нём до {millions(MOST_PIXELS['JPEG'])} млн точек.",
            code="picture_too_many_pixels",
        )


def millions(pixels):
    return f"{pixels / 1e6:.1f}".removesuffix(".0").replace(".", ",")


def flatten(image):
    """The image in RGB, what was transparent in it on white."""
    if image.mode.startswith("I"):  # 16 bits a channel, which convert() would cut off
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return image if image.mode in ("RGB", "CMYK") else image.convert("RGB")


def convert_to_srgb(image, profile):
    """The image converted from its colour profile; an unusable profile is left out of account."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            pass
    return image.convert("RGB")


def encode(image, extension, **options):
    """The image's bytes in one of ENCODINGS."""
    buffer = io.BytesIO()
    image.save(buffer, **{**ENCODINGS[extension], **options})
    return buffer.getvalue()
