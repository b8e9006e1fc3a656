"""Uploads of visitors: limited, cleaned in a sandbox, staged until their form is submitted."""

import hashlib
import os
import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePath
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from college_site.templatetags.typography import plural
from college_site.uploads.documents import download_name
from college_site.uploads.sandbox import UNREADABLE, VISITORS
from feedback.models import Attachment, RateLimitSpan, Register
from feedback.models.rate_limits import Scope
from feedback.moderation.abuse import consume_upload_quota

LARGEST = 7 * 1024 * 1024  # bytes of one file
MAX_CLEANED = 2 * Attachment.MAX_FILES  # files of one request: cleaning each may take long
EXTENSIONS = {"image/jpeg": "jpg", "application/pdf": "pdf"}
UPLOADED_EXTENSIONS = re.compile(r"(\.[a-z][a-z0-9]{1,4})+$", re.IGNORECASE)
STAGING_PERIOD = timedelta(hours=24)
MOST_TOLD = Attachment._meta.get_field("lost").max_length
MOST_STAGED = 2 * 1024**3  # bytes of all files whose forms were not submitted yet
MOST_STAGED_BY_NETWORK = MOST_STAGED // 4  # a whole college may share a network


TOO_MANY = (
    "Из вашей сети сейчас приходит очень много файлов. Отправьте текст без них: добавить файлы "
    "можно позже, на странице «Моё предложение». Или не закрывайте эту страницу, подождите {} и "
    "выберите файлы ещё раз."
)


class AttachmentsInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Several files at once; its value is the list of uploads, which stage_uploads() checks."""

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
    """The form has as many files as it may have."""


class AlreadyStaged(Exception):
    """The form has a file with the same content."""


def size_problem(upload):
    """Why the size of an upload is not valid; "" if it is."""
    if upload.size == 0:
        return "файл пуст"
    if upload.size > LARGEST:
        return f"{filesizeformat(upload.size)}, а принимаются до {filesizeformat(LARGEST)}"
    return ""


def stage_uploads(uploads, staging_hash, network="", age=timedelta()):
    """Stage the uploads for the form with this hash; returns the new Attachments.

    The sender has been known for `age`. Files that are staged already are skipped. Raises
    ValidationError with a message for each invalid file and one that names those beyond the limit;
    the other files stay staged. Raises SandboxBusy if too many files of others are being cleaned.
    """
    with VISITORS.turn() as turn:
        if minutes := consume_upload_quota(network, age, len(uploads)):
            wait = plural(minutes, "минуту,минуты,минут")
            raise ValidationError(TOO_MANY.format(wait), code="too_many_uploads")
        return stage_in_turn(uploads, staging_hash, network, turn)


def stage_in_turn(uploads, staging_hash, network, turn):
    staged, errors, rejected = [], [], []
    for upload in uploads[:MAX_CLEANED]:
        try:
            staged.append(stage_upload(upload, staging_hash, network, turn))
        except AlreadyStaged:
            continue
        except TooManyFiles:
            rejected.append(upload)
        except ValidationError as error:
            errors.append(f"«{upload.name}»: {error.messages[0].removesuffix('.')}.")
    rejected += uploads[MAX_CLEANED:]
    if rejected:
        names = ", ".join(f"«{upload.name}»" for upload in rejected)
        errors.append(f"Можно приложить до {Attachment.MAX_FILES} файлов. Не поместились: {names}.")
    if errors:
        raise ValidationError(errors, code="attachment")
    return staged


def stage_upload(upload, staging_hash, network, turn):
    """Create the Attachment of one upload; its file is on the disk before its row exists.

    Cleaning takes seconds, so the limits are checked before it and, under the lock, once more.
    """
    if problem := size_problem(upload):
        raise ValidationError(problem)
    upload.seek(0)
    content = upload.read()
    digest = hashlib.sha256(content).hexdigest()
    network_cell = RateLimitSpan.current(Scope.STAGED).cell_of(network)
    check_capacity(staging_hash, digest)
    check_staged_bytes(network_cell, 0)
    facts, clean = clean_upload(content, turn)
    with durable_file(clean) as path, transaction.atomic():
        Register.lock()
        check_capacity(staging_hash, digest)
        check_staged_bytes(network_cell, len(clean))
        return Attachment.objects.create(
            staging_hash=staging_hash,
            staging_network=network_cell,
            name=file_name(upload.name, facts["content_type"]),
            content_type=facts["content_type"],
            lost=facts["lost"],
            size=len(clean),
            sha256=digest,
            file=path,
        )


def check_capacity(staging_hash, digest):
    """Raise AlreadyStaged or TooManyFiles if the form takes no file with this SHA-256."""
    digests = Attachment.objects.staged(staging_hash).values_list("sha256", flat=True)
    if digest in digests:
        raise AlreadyStaged
    if len(digests) >= Attachment.MAX_FILES:
        raise TooManyFiles


def check_staged_bytes(network_cell, size):
    """Raise ValidationError if so many bytes more would be too many to wait for their forms."""
    files = Attachment.objects
    if files.staged_bytes(staging_network=network_cell) + size > MOST_STAGED_BY_NETWORK:
        raise ValidationError(
            "из вашей сети уже загружено слишком много файлов, которые не отправлены. "
            "Отправьте текст без файла, а файл добавьте завтра"
        )
    if files.staged_bytes() + size > MOST_STAGED:
        raise ValidationError(
            "на сайте сейчас слишком много неотправленных файлов. Отправьте текст без файла, а "
            "файл добавьте завтра, на странице «Моё предложение»"
        )


@contextmanager
def durable_file(content):
    """Write the content to a new file, which is deleted if the block fails; yields its path."""
    path = default_storage.save(f"attachments/{uuid4().hex}", ContentFile(content))
    try:
        sync_to_disk(path)
        yield path
    except BaseException:
        default_storage.delete(path)
        raise


def clean_upload(content, turn):
    """(facts, bytes) of the cleaned file; raises ValidationError."""
    facts, clean = turn.clean("visitor_file", content, LARGEST)
    if facts["content_type"] not in EXTENSIONS or len(facts["lost"]) > MOST_TOLD:
        raise ValidationError(UNREADABLE)
    return facts, clean


def sync_to_disk(path):
    """Flush the file and its directory entry, so that they survive a power failure."""
    try:
        file = Path(default_storage.path(path))
    except NotImplementedError:  # the storage is not a local disk
        return
    for path_to_flush in (file, file.parent):
        descriptor = os.open(path_to_flush, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def file_name(name, kind):
    """The uploader's file name with the extension of the cleaned file alone, safe to save."""
    stem = UPLOADED_EXTENSIONS.sub("", PurePath(name.replace("\\", "/")).name)
    return download_name(stem[:140], EXTENSIONS[kind])


def prune_staged_files():
    """Delete one file whose form was not submitted in time; returns whether there was one."""
    stale = Attachment.objects.filter(
        suggestion=None, uploaded_at__lt=timezone.now() - STAGING_PERIOD
    ).first()
    if stale:
        stale.delete()
    return stale is not None


@receiver(post_delete, sender=Attachment)
def delete_file(instance, **kwargs):
    """Delete the file of a deleted row once the transaction is committed."""
    transaction.on_commit(lambda: default_storage.delete(instance.file.name))
