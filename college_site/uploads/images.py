"""Uploaded pictures: everything that is stored passed `clean_picture`.

A picture is recognised by its first bytes, decoded within a limit of pixels, turned upright,
converted to sRGB, stripped of every tag (position, camera, comments) and re-encoded.
"""

import io
import warnings
from uuid import uuid4

import pillow_heif
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.template.defaultfilters import filesizeformat
from PIL import Image, ImageCms, ImageOps

pillow_heif.register_heif_opener(thumbnails=False)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MAX_BYTES = 30 * 1024 * 1024
MAX_PIXELS = 51_000_000  # a telephone's 8192 × 6144 included
Image.MAX_IMAGE_PIXELS = MAX_PIXELS  # Pillow compares it with the header, before it decodes
MASTER_SIDE = 2560
LEAST_SIDE = 300  # of a photograph: pages would blow a smaller one up
ENCODINGS = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 7},
    "webp": {"format": "WEBP", "quality": 74, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}


class CleanPicture(ContentFile):
    """The bytes of a cleaned picture, with its width and height in pixels."""

    def __init__(self, image):
        self.width, self.height = image.size
        super().__init__(encode(image, "jpg", quality=90), name="master.jpg")


def clean_photograph(file):
    """The uploaded `file` as a CleanPicture that is large enough to be shown across a page.

    Raises ValidationError as `clean_picture` does, and when its shorter side is under LEAST_SIDE.
    """
    picture = clean_picture(file)
    if min(picture.width, picture.height) < LEAST_SIDE:
        raise ValidationError(
            f"От снимка осталось бы {picture.width} × {picture.height} точек, а меньшая сторона "
            f"должна быть не короче {LEAST_SIDE}. Загрузите исходный снимок с телефона или "
            "не такой вытянутый.",
            code="picture_too_small",
        )
    return picture


def clean_picture(file, side=MASTER_SIDE):
    """The uploaded `file` as a CleanPicture, at most `side` px on its longer side.

    Raises ValidationError, in words for the person who uploads, when it is no picture, is damaged
    or is larger than MAX_BYTES or MAX_PIXELS.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(
            f"Файл занимает {filesizeformat(file.size)}, а принимаются до "
            f"{filesizeformat(MAX_BYTES)}. Уменьшите фотографию и загрузите её снова.",
            code="picture_too_large",
        )
    if not is_known(file):
        raise ValidationError(
            "Это не фотография: принимаются JPEG, PNG, WebP и HEIC. "
            "Откройте файл в программе просмотра и сохраните как JPEG.",
            code="picture_unknown",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return CleanPicture(decode(file, side))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValidationError(
            f"В фотографии больше {MAX_PIXELS // 1_000_000} млн точек. "
            "Уменьшите её и загрузите снова.",
            code="picture_too_many_pixels",
        ) from error
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
    profile = image.info.get("icc_profile")
    image.draft("RGB", (side, side))  # JPEG decodes straight to a smaller size
    image = ImageOps.exif_transpose(image)
    image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = convert_to_srgb(flatten(image), profile)
    image.info.clear()
    return image


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


# Fields -------------------------------------------------------------------------------------------


class PictureFormField(forms.FileField):
    """A file input whose value is a CleanPicture."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/*,.heic,.heif"})

    def __init__(self, *args, side=MASTER_SIDE, **kwargs):
        super().__init__(*args, **kwargs)
        self.side = side

    def to_python(self, data):
        file = super().to_python(data)
        return file and clean_picture(file, self.side)


class PictureField(models.FileField):
    """A stored picture, at most `side` px on its longer side.

    It fills `width` and `height` of its row, which follow it in the model.
    """

    def __init__(self, *args, side=MASTER_SIDE, **kwargs):
        kwargs.setdefault("upload_to", master_path)
        super().__init__(*args, **kwargs)
        self.side = side

    def pre_save(self, model_instance, add):
        fieldfile = getattr(model_instance, self.attname)
        if fieldfile and not fieldfile._committed:
            picture = fieldfile.file
            if not isinstance(picture, CleanPicture):
                picture = clean_picture(picture, self.side)
            model_instance.width, model_instance.height = picture.width, picture.height
            fieldfile.save("master.jpg", picture, save=False)
        return fieldfile

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField, "side": self.side, **kwargs})


def master_path(instance, filename):
    """A folder with an unguessable name of its own: nothing of the uploader's file name remains."""
    return f"{instance._meta.model_name}s/{uuid4().hex}/master.jpg"
