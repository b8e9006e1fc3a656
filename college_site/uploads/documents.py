"""Uploaded documents: recognised by content, bounded, cleaned, stored under a random name."""

from pathlib import PurePath
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.template.defaultfilters import filesizeformat

from college_site.uploads.sandbox import staff_turn
from college_site.uploads.staff_document_cleaning import PDF, rewrite_document

MAX_BYTES = 30 * 1024 * 1024
CONTENT_TYPES = {
    PDF: "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


class CleanDocument(ContentFile):
    """A cleaned document, with its kind and the number of its pages or None."""

    def __init__(self, content, name, kind, pages):
        super().__init__(content, name)
        self.kind, self.pages = kind, pages


def clean_uploaded_document(file):
    """The uploaded `file` as a CleanDocument; raises ValidationError in words for the uploader."""
    check_size(file)
    file.seek(0)
    with staff_turn() as turn:
        facts, content = turn.clean("document", file.read(), MAX_BYTES)
    return CleanDocument(content, file.name, facts["kind"], facts["pages"])


def clean_document(file):
    """As `clean_uploaded_document`, within this process: for files that are not from outside."""
    check_size(file)
    content, kind, pages = rewrite_document(file)
    return CleanDocument(content, file.name, kind, pages)


def check_size(file):
    if file.size > MAX_BYTES:
        raise ValidationError(
            f"Файл занимает {filesizeformat(file.size)}, а принимаются до "
            f"{filesizeformat(MAX_BYTES)}. Разделите документ или сожмите картинки в нём.",
            code="document_too_large",
        )


class DocumentFormField(forms.FileField):
    """A file input whose value is a CleanDocument."""

    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.docx,.xlsx,.pptx"})

    def to_python(self, data):
        file = super().to_python(data)
        return file and clean_uploaded_document(file)


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
