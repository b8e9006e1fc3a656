"""The one door for files of visitors: bounded, cleaned in a sandbox, stored before they count."""

import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePath
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from college_site.uploads.visitor_file_cleaning import REFUSED
from feedback.models import Attachment, Register

LARGEST = 7 * 1024 * 1024  # bytes of one file
MOST_TRIED = 2 * Attachment.MOST  # files of one request: cleaning each may take long
CLEANING_TIMEOUT = 30  # seconds that cleaning one file may take
EXTENSIONS = {"image/jpeg": ".jpg", "application/pdf": ".pdf"}
STAGING_PERIOD = timedelta(hours=24)
UNREADABLE = "файл не удалось проверить. Сохраните его иначе, например как PDF или JPEG"


class AttachmentsInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Several files at once; its value is the list of uploads, which `stage` judges."""

    widget = AttachmentsInput(
        attrs={
            "multiple": True,
            "accept": ".jpg,.jpeg,.png,.webp,.heic,.heif,.pdf",
            "data-largest": LARGEST,
            "data-too-large": f"Файл больше {LARGEST // 2**20} МБ",
        }
    )

    def clean(self, data, initial=None):
        uploads = [upload for upload in (data or []) if upload]
        if self.required and not uploads:
            raise ValidationError("Выберите файл.", code="required")
        return uploads


class TooManyFiles(Exception):
    """As many files wait for the form as it may have."""


class AlreadyStaged(Exception):
    """The same bytes wait for the form."""


def size_problem(upload):
    """What is wrong with the size of an upload, or ""."""
    if upload.size == 0:
        return "файл пуст"
    if upload.size > LARGEST:
        return f"{filesizeformat(upload.size)}, а принимаются до {filesizeformat(LARGEST)}"
    return ""


def stage_uploads(uploads, staging_hash):
    """Keep the uploads for the form with this hash until it is sent; the Attachments made.

    The same bytes a second time make no second row. Raises ValidationError with a message for
    each file that will not do and one that names those without room; the others are kept.
    """
    made, errors, left_out = [], [], []
    for upload in uploads[:MOST_TRIED]:
        try:
            made.append(stage_upload(upload, staging_hash))
        except AlreadyStaged:
            continue
        except TooManyFiles:
            left_out.append(upload)
        except ValidationError as error:
            errors.append(f"«{upload.name}»: {error.messages[0].removesuffix('.')}.")
    left_out += uploads[MOST_TRIED:]
    if left_out:
        names = ", ".join(f"«{upload.name}»" for upload in left_out)
        errors.append(f"Можно приложить до {Attachment.MOST} файлов. Не поместились: {names}.")
    if errors:
        raise ValidationError(errors, code="attachment")
    return made


def stage_upload(upload, staging_hash):
    """The Attachment of one upload, its file on the disk before its row is in the database.

    Cleaning takes seconds, so room is looked for before it and, under the lock, once more.
    """
    if problem := size_problem(upload):
        raise ValidationError(problem)
    upload.seek(0)
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    check_capacity(staging_hash, digest)
    kind, clean = clean_in_sandbox(content)
    with durable_file(clean) as path, transaction.atomic():
        Register.lock()
        check_capacity(staging_hash, digest)
        return Attachment.objects.create(
            staging_hash=staging_hash,
            name=file_name(upload.name, kind),
            content_type=kind,
            size=len(clean),
            sha256=digest,
            file=path,
        )


def check_capacity(staging_hash, digest):
    """Raise AlreadyWaiting or NoRoom where the form needs or takes no file of this SHA-256."""
    waiting = Attachment.objects.staged(staging_hash).values_list("sha256", flat=True)
    if digest in waiting:
        raise AlreadyStaged
    if len(waiting) >= Attachment.MOST:
        raise TooManyFiles


@contextmanager
def durable_file(content):
    """Keep the content in a file of a new name; a block that fails leaves none behind."""
    path = default_storage.save(f"attachments/{uuid4().hex}", ContentFile(content))
    try:
        sync_to_disk(path)
        yield path
    except BaseException:
        default_storage.delete(path)
        raise


def clean_in_sandbox(content):
    """(kind, bytes) of a file that came out of the sandbox; raises ValidationError."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "college_site.uploads.visitor_file_cleaning"],
            input=content,
            capture_output=True,
            timeout=CLEANING_TIMEOUT,
            cwd=settings.BASE_DIR,
            check=False,
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(UNREADABLE) from error
    if done.returncode == REFUSED:
        raise ValidationError(done.stdout.decode())
    kind, _, clean = done.stdout.partition(b"\n")
    if done.returncode or kind.decode(errors="replace") not in EXTENSIONS:
        raise ValidationError(UNREADABLE)
    return kind.decode(), clean


def sync_to_disk(path):
    """Have the disk keep the file and its name, whatever happens to the power."""
    try:
        file = Path(default_storage.path(path))
    except NotImplementedError:  # a storage that is no disk keeps what it took
        return
    for place in (file, file.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def file_name(name, kind):
    """The uploader's file name with the ending of what it became, at most 150 characters."""
    stem = PurePath(name.replace("\\", "/")).stem or "file"
    return stem[:140] + EXTENSIONS[kind]


def prune_staged_files():
    """Delete one file whose form was not sent within a day; whether there was one."""
    stale = Attachment.objects.filter(
        suggestion=None, uploaded_at__lt=timezone.now() - STAGING_PERIOD
    ).first()
    if stale:
        stale.delete()
    return stale is not None


@receiver(post_delete, sender=Attachment)
def delete_file(instance, **kwargs):
    """A deleted row leaves no file behind, once the deletion is certain."""
    transaction.on_commit(lambda: default_storage.delete(instance.file.name))
