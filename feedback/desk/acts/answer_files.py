"""Documents that staff send with an answer: cleaned, then staged for the form until it is sent."""

import hashlib
from pathlib import PurePath
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from college_site.uploads.documents import (
    CONTENT_TYPES,
    clean_uploaded_document,
    download_name,
)
from feedback.models import Attachment, Register
from feedback.receipts.codes import staging_hash
from feedback.staged_files import (
    AlreadyStaged,
    AttachmentsField,
    AttachmentsInput,
    TooManyFiles,
    check_capacity,
    durable_file,
)


class DocumentsField(AttachmentsField):
    """Several documents at once; stage_documents() checks them."""

    widget = AttachmentsInput(attrs={"multiple": True, "accept": ".pdf,.docx,.xlsx,.pptx"})


class FilesMixin(forms.Form):
    """The files of an act, known by the hash of the form's key and the member of staff.

    prepare_files() stages new ones before the suggestion is locked: cleaning takes seconds.
    """

    files = DocumentsField(
        required=False,
        label="Файлы",
        help_text=f"PDF, Word, Excel, PowerPoint, до {Attachment.MAX_FILES}. Автор скачает их на "
        "своей странице.",
    )
    accept_changes = forms.BooleanField(
        label="Принять исправления и\u00a0убрать примечания в\u00a0файлах", required=False
    )
    file_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    upload_errors = ()
    has_new_key = False

    @property
    def staging_hash(self):
        """The hash that the files are staged under; "" if the form has no valid key."""
        try:
            key = UUID(str(self["file_key"].value()))
        except ValueError:
            return ""
        return staging_hash(key, f"staff {self.staff.pk}")

    @property
    def staged_files(self):
        is_known = self.staging_hash and not self.has_new_key
        return Attachment.objects.staged(self.staging_hash) if is_known else []

    def give_key(self):
        """A new key for a form that is shown the first time."""
        self.has_new_key = not (self.is_bound or self.initial.get("file_key"))
        if self.has_new_key:
            self.initial["file_key"] = uuid4()

    def prepare_files(self):
        """Delete the files that were ticked, stage the new ones; errors wait for clean()."""
        removed = self.data.getlist("remove")
        for file in self.staged_files if removed else ():
            if str(file.key) in removed:
                file.delete()
        uploads = [upload for upload in self.files.getlist("files") if upload]
        if uploads and self.staging_hash:
            accept = bool(self.data.get("accept_changes"))
            self.upload_errors = stage_documents(uploads, self.staging_hash, accept)

    def clean_files(self):
        if self.upload_errors:
            raise ValidationError(self.upload_errors)
        return None


def stage_documents(uploads, staging_hash, accept_changes):
    """Stage the documents for the form with this hash; returns a message for each refused one."""
    errors = []
    for upload in uploads[: 2 * Attachment.MAX_FILES]:
        try:
            stage_document(upload, staging_hash, accept_changes)
        except AlreadyStaged:
            continue
        except TooManyFiles:
            most = Attachment.MAX_FILES
            errors.append(f"«{upload.name}» не поместился: с ответом уходит до {most} файлов.")
        except ValidationError as error:
            errors.append(f"«{upload.name}»: {error.messages[0]}")
    return errors


def stage_document(upload, staging_hash, accept_changes):
    digest = hashlib.sha256(upload.read()).hexdigest()
    check_capacity(staging_hash, digest)
    document = clean_uploaded_document(upload, accept_changes=accept_changes)
    content = document.read()
    with durable_file(content) as path, transaction.atomic():
        Register.lock()
        check_capacity(staging_hash, digest)
        stem = PurePath(upload.name.replace("\\", "/")).stem
        Attachment.objects.create(
            staging_hash=staging_hash,
            name=download_name(stem[:140], document.kind),
            content_type=CONTENT_TYPES[document.kind],
            size=len(content),
            sha256=digest,
            file=path,
        )
