"""The one door for documents: recognised by content, bounded, stored under a random name."""

import re
import zipfile
import zlib
from pathlib import PurePath
from uuid import uuid4

import pikepdf
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat

MAX_BYTES = 30 * 1024 * 1024
PDF = "pdf"
PAGES = re.compile(rb"<(?:Pages|Slides)>([0-9]{1,5})<")
MOST_PROPERTIES = 100_000  # bytes
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
CONTENT_TYPES = {
    PDF: "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def recognised(file):
    """The kind of a document by its content: a key of CONTENT_TYPES, or None."""
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head == b"%PDF-":
        return PDF
    if head.startswith(b"PK") and zipfile.is_zipfile(file):
        file.seek(0)
        try:
            names = set(zipfile.ZipFile(file).namelist())
        except Exception:  # a damaged archive makes zipfile raise several kinds
            return None
        finally:
            file.seek(0)
        if not any(name.endswith("vbaProject.bin") for name in names):
            return next((kind for kind, part in OFFICE.items() if part in names), None)
    return None


def page_count(file, kind):
    """How many pages or slides a checked document says it has, or None; leaves it rewound."""
    file.seek(0)
    try:
        if kind == PDF:
            with pikepdf.open(file) as document:
                return len(document.pages) or None
        with zipfile.ZipFile(file) as archive, archive.open("docProps/app.xml") as properties:
            said = PAGES.search(properties.read(MOST_PROPERTIES))
            return int(said[1]) or None if said else None
    except (pikepdf.PdfError, zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError):
        return None  # a number that is nice to know is no reason to refuse the document
    finally:
        file.seek(0)


def checked_document(file):
    """The kind of an acceptable document; raises ValidationError in words for the uploader."""
    if file.size > MAX_BYTES:
        raise ValidationError(
            f"Файл занимает {filesizeformat(file.size)}, а принимаются до "
            f"{filesizeformat(MAX_BYTES)}. Разделите документ или сожмите картинки в нём.",
            code="document_too_large",
        )
    kind = recognised(file)
    if kind is None:
        raise ValidationError(
            "Принимаются PDF, DOCX, XLSX и PPTX без макросов. Сохраните документ как PDF.",
            code="document_unknown",
        )
    return kind


class DocumentFormField(forms.FileField):
    """A file input that accepts only what `checked_document` does."""

    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.xlsx,.pptx"})

    def to_python(self, data):
        file = super().to_python(data)
        if file:
            checked_document(file)
        return file


class DocumentField(models.FileField):
    """A stored document; fills `kind`, `size` and `pages` of its row, which stand after it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", document_path)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        fieldfile = getattr(model_instance, self.attname)
        if fieldfile and not fieldfile._committed:
            model_instance.kind = checked_document(fieldfile.file)
            model_instance.size = fieldfile.size
            model_instance.pages = page_count(fieldfile.file, model_instance.kind)
            fieldfile.save(PurePath(fieldfile.name).name, fieldfile.file, save=False)
        return fieldfile

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": DocumentFormField, **kwargs})


def document_path(instance, filename):
    """An unguessable name; the title that a reader sees stands in the database."""
    return f"documents/{uuid4().hex}"
