"""Uploaded pictures: everything that is stored was cleaned by `reencode_picture`.

What comes in by a form is cleaned in the sandbox; `clean_picture` does it at once, for pictures
that the code itself brings.
"""

import hashlib
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.template.defaultfilters import filesizeformat

from college_site.uploads.pictures.picture_cleaning import PREVIEW_WIDTH, reencode_picture
from college_site.uploads.pictures.renditions import rendition_name
from college_site.uploads.sandbox import staff_turn

MAX_BYTES = 30 * 1024 * 1024
MOST_CLEANED = 8 * 1024 * 1024  # bytes: the most detailed JPEG of MASTER_SIDE squared takes less
MASTER_SIDE = 2560
LEAST_SIDE = 300  # of a photograph: pages would blow a smaller one up


class CleanPicture(ContentFile):
    """A cleaned picture: its bytes and what `Reencoded` tells of them.

    `digest` is the SHA-256 of the upload, "" of a picture that the code itself brings.
    """

    digest = ""

    def __init__(self, content, width, height, lost, fingerprint, preview):
        self.width, self.height = width, height
        self.lost, self.fingerprint, self.preview = lost, fingerprint, preview
        super().__init__(content, name="master.jpg")


def clean_uploaded_picture(file, turn, side=MASTER_SIDE):
    """The uploaded `file` as a CleanPicture, at most `side` px on its longer side.

    Raises ValidationError, in words for the person who uploads, when it is no picture, is damaged
    or too large. `turn` is what `staff_turn()` gives.
    """
    check_size(file)
    file.seek(0)
    upload = file.read()
    facts, content = turn.clean("picture", upload, MOST_CLEANED, side)
    known = {name: facts[name] for name in ("width", "height", "lost", "fingerprint")}
    end = facts["master_bytes"]
    picture = CleanPicture(content[:end], **known, preview=content[end:])
    picture.digest = hashlib.sha256(upload).hexdigest()
    return picture


def clean_uploaded_photograph(file, turn):
    """The uploaded `file` as a CleanPicture that is large enough to be shown across a page.

    Raises ValidationError as `clean_uploaded_picture` does, and when its shorter side is under
    LEAST_SIDE.
    """
    picture = clean_uploaded_picture(file, turn)
    if min(picture.width, picture.height) < LEAST_SIDE:
        raise ValidationError(
            f"От снимка осталось бы {picture.width} × {picture.height} точек, а меньшая сторона "
            f"должна быть не короче {LEAST_SIDE}. Загрузите исходный снимок с телефона или "
            "не такой вытянутый.",
            code="picture_too_small",
        )
    return picture


def clean_picture(file, side=MASTER_SIDE):
    """As `clean_uploaded_picture`, within this process: for files that are not from outside."""
    check_size(file)
    return CleanPicture(*reencode_picture(file, side))


def check_size(file):
    if file.size > MAX_BYTES:
        raise ValidationError(
            f"Файл занимает {filesizeformat(file.size)}, а принимаются до "
            f"{filesizeformat(MAX_BYTES)}. Уменьшите фотографию и загрузите её снова.",
            code="picture_too_large",
        )


# Fields -------------------------------------------------------------------------------------------


class PictureFormField(forms.FileField):
    """A file input whose value is a CleanPicture."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/*,.heic,.heif"})

    def __init__(self, *args, side=MASTER_SIDE, **kwargs):
        super().__init__(*args, **kwargs)
        self.side = side

    def to_python(self, data):
        file = super().to_python(data)
        if not file:
            return file
        with staff_turn() as turn:
            return clean_uploaded_picture(file, turn, self.side)


class PictureField(models.FileField):
    """A stored picture, at most `side` px on its longer side.

    It fills `width` and `height` of its row, which follow it in the model. With `has_preview` the
    smallest JPEG rendition is stored at once.
    """

    def __init__(self, *args, side=MASTER_SIDE, has_preview=False, **kwargs):
        kwargs.setdefault("upload_to", master_path)
        super().__init__(*args, **kwargs)
        self.side, self.has_preview = side, has_preview

    def pre_save(self, model_instance, add):
        fieldfile = getattr(model_instance, self.attname)
        if fieldfile and not fieldfile._committed:
            picture = fieldfile.file
            if not isinstance(picture, CleanPicture):
                picture = clean_picture(picture, self.side)
            model_instance.width, model_instance.height = picture.width, picture.height
            fieldfile.save("master.jpg", picture, save=False)
            if self.has_preview:
                name = rendition_name(fieldfile.name, min(PREVIEW_WIDTH, picture.width), "jpg")
                fieldfile.storage.save(name, ContentFile(picture.preview))
        return fieldfile

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField, "side": self.side, **kwargs})


def master_path(instance, filename):
    """A folder with an unguessable name of its own: nothing of the uploader's file name remains."""
    return f"{instance._meta.model_name}s/{uuid4().hex}/master.jpg"
