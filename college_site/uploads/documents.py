"""Uploaded documents: recognised by content, bounded, cleaned, stored under a random name."""

import re
import unicodedata
from pathlib import PurePath
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.template.defaultfilters import filesizeformat

from college_site.uploads.sandbox import staff_turn
from college_site.uploads.staff_document_cleaning import ACCEPT_CHANGES, PDF, rewrite_document

MAX_BYTES = 30 * 1024 * 1024
CONTENT_TYPES = {
    PDF: "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# In names of files: what Windows forbids or takes for devices, and what separates folders.
FORBIDDEN = re.compile(r'[:*?"<>\s]+')
SEPARATORS = re.compile(r"\s*[/\\|]\s*")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
INVISIBLE = {"Cf", "Cn", "Co", "Cs"}  # categories: direction marks and what has no shape
MOST_NAME = 240  # bytes; a file system takes 255 with the extension


class CleanDocument(ContentFile):
    """A cleaned document, with its kind and the number of its pages or None."""

    def __init__(self, content, name, kind, pages):
        super().__init__(content, name)
        self.kind, self.pages = kind, pages


def clean_uploaded_document(file, *, accept_changes=False):
    """The uploaded `file` as a CleanDocument; raises ValidationError in words for the uploader.

    With `accept_changes` its tracked changes are accepted and its comments removed; without, a
    document that has any is refused.
    """
    check_size(file)
    file.seek(0)
    options = [ACCEPT_CHANGES] if accept_changes else []
    with staff_turn() as turn:
        facts, content = turn.clean("document", file.read(), MAX_BYTES, *options)
    return CleanDocument(content, file.name, facts["kind"], facts["pages"])


def clean_document(file):
    """As `clean_uploaded_document`, within this process: for files that are not from outside."""
    check_size(file)
    content, kind, pages = rewrite_document(file)
    return CleanDocument(content, file.name, kind, pages)


def download_name(title, kind):
    """A name under which every system can save a document: its title and one extension."""
    name = unicodedata.normalize("NFC", title)
    name = "".join(sign for sign in name if unicodedata.category(sign) not in INVISIBLE)
    name = " ".join(FORBIDDEN.sub(" ", SEPARATORS.sub("-", name)).split())
    name = re.sub(rf"(\s*\.{kind})+$", "", name, flags=re.IGNORECASE).strip(". ")
    name = name.encode()[:MOST_NAME].decode(errors="ignore").strip(". ")
    if not name or RESERVED.fullmatch(name):
        name = f"Документ {name}".strip()
    return f"{name}.{kind}"


def check_size(file):
    if file.size > MAX_BYTES:
        raise ValidationError(
            f"Файл занимает {filesizeformat(file.size)}, а принимаются до "
            f"{filesizeformat(MAX_BYTES)}. Разделите документ или сожмите картинки в нём.",
            code="document_too_large",
        )


class DocumentFormField(forms.FileField):
    """A file input whose value is a CleanDocument; a form may set `accept_changes`."""

    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.xlsx,.pptx"})
    accept_changes = False

    def to_python(self, data):
        file = super().to_python(data)
        return file and clean_uploaded_document(file, accept_changes=self.accept_changes)


class DocumentField(models.FileField):
    """A stored document; fills `kind`, `size` and `pages` of its row, which stand after it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", document_path)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        fieldfile = getattr(model_instance, self.attname)
        if fieldfile and not fieldfile._committed:
            document = fieldfile.file
            if not isinstance(document, CleanDocument):
                document = clean_document(document)
            model_instance.kind, model_instance.pages = document.kind, document.pages
            model_instance.size = document.size
            fieldfile.save(PurePath(fieldfile.name).name, document, save=False)
        return fieldfile

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": DocumentFormField, **kwargs})


def document_path(instance, filename):
    """An unguessable name; the title that a reader sees stands in the database."""
    return f"documents/{uuid4().hex}"
