"""Destroys the personal data of a suggestion everywhere on the site.

Number, topic, dates, kinds of events and rating stay: they belong to nobody, and the register has
no gaps. The history keeps the commitments, whose salts are destroyed together with the content.
After the last row call destroy_remains(): until then SQLite's log holds what was there.
"""

from datetime import timedelta
from enum import StrEnum

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from college_site.http.conditional_get import invalidate
from feedback.models import (
    ActDraft,
    ActStep,
    Attachment,
    Event,
    Mail,
    Promise,
    Publication,
    StaffMail,
    Suggestion,
)
from feedback.models.workflow.states import ERASED_TEXT, INTERNAL, OPEN, Status

FOLDER = "attachments"
CHUNK = 500
SETTLED = timedelta(hours=1)  # a file is stored before its row


class Reason(StrEnum):
    """Why the data is destroyed, as the act says it."""

    TERM = "Цель обработки достигнута, срок хранения истёк (152-ФЗ, статья 21, часть 4)."
    DEMAND = "По требованию автора или решению руководителя (152-ФЗ, статья 21, части 3–5)."


def erase(suggestion, reason, staff=None):
    """Destroy what is held about the suggestion; returns the Event that says so, or None.

    None if it was destroyed before. What has been published for everybody, without names, stays at
    the end of the term and is destroyed on demand.
    """
    with transaction.atomic():
        row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        if row.erased_at:
            return None
        copies = find_copies(row, reason)
        categories = ", ".join(list_categories(row, copies))
        erase_files(row)
        Mail.objects.filter(event__suggestion=row).delete()
        StaffMail.objects.filter(suggestion=row).delete()
        ActStep.objects.filter(suggestion=row).delete()
        ActDraft.objects.filter(suggestion=row).delete()
        erase_public_copies(copies)
        erase_promise(row)
        erase_events(row)
        erase_columns(row)
        event = row.record(
            Event.Kind.ERASED, f"{reason.value} Уничтожено: {categories}.", staff=staff
        )
        transaction.on_commit(invalidate)
    return event


def erase_contact(suggestion, staff=None):
    """Destroy the author's address and consent only; returns the Event, or None without them."""
    with transaction.atomic():
        row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        if not row.email:
            return None
        Mail.objects.filter(event__suggestion=row, sent_at=None).delete()
        row.events.update(contact_salt="")
        row.email, row.consent, row.consented_at = "", None, None
        row.save(update_fields=["email", "consent", "consented_at"])
        text = f"{Reason.DEMAND.value} Уничтожено: адрес электронной почты, согласие."
        event = row.record(Event.Kind.CONTACT_ERASED, text, staff=staff)
    return event


def list_categories(suggestion, copies):
    """The kinds of data that the suggestion holds, for the act."""
    yield "текст предложения"
    texts = suggestion.events.exclude(text="").exclude(kind=Event.Kind.RECEIVED)
    if texts.exclude(kind__in=INTERNAL).exists():
        yield "переписка с автором"
    if texts.filter(kind=Event.Kind.NOTE).exists():
        yield "заметки сотрудников"
    if number := suggestion.attachments.count():
        yield f"файлы автора и ответов: {number}"
    if suggestion.email:
        yield "адрес электронной почты, согласие"
    if copies.exists():
        yield "публичный ответ"


def erase_files(suggestion):
    """With those that came with the same form but after it was sent."""
    forms = suggestion.attachments.order_by().values_list("staging_hash", flat=True).distinct()
    of_forms = Q(suggestion=None, staging_hash__in=list(forms))
    Attachment.objects.filter(Q(suggestion=suggestion) | of_forms).delete()


def find_copies(suggestion, reason):
    """The public answer, unless it is to stay."""
    copies = Publication.objects.filter(suggestion=suggestion)
    return copies.filter(published_at=None) if reason == Reason.TERM else copies


def erase_public_copies(copies):
    """With its votes, the words of the search index, and its title in the log of the admin."""
    keys = [str(key) for key in copies.values_list("pk", flat=True)]
    kind = ContentType.objects.get_for_model(Publication)
    LogEntry.objects.filter(content_type=kind, object_id__in=keys).delete()
    copies.delete()


def erase_promise(suggestion):
    """The words, unless they stand in a public answer that stays; the dates stay in the figures."""
    if Publication.objects.filter(suggestion=suggestion).exists():
        return
    for promise in Promise.objects.filter(suggestion=suggestion):
        if promise.is_open:
            promise.state, promise.closed_on = promise.State.CANCELLED, timezone.localdate()
        promise.text = promise.result = ERASED_TEXT
        promise.result_post = None
        promise.save()


def erase_events(suggestion):
    suggestion.events.exclude(text="").update(text=ERASED_TEXT)
    suggestion.events.update(staff=None, text_salt="", person_salt="", contact_salt="")


def erase_columns(suggestion):
    suggestion.text = ERASED_TEXT
    suggestion.answer = ERASED_TEXT if suggestion.answer else ""
    suggestion.email, suggestion.consent, suggestion.consented_at = "", None, None
    suggestion.salt = suggestion.suspicion = ""
    suggestion.responsible = None
    suggestion.erased_at = timezone.now()
    if suggestion.status in (*OPEN, Status.MERGED):
        suggestion.status = Status.WITHDRAWN
    suggestion.save()


def sweep_files():
    """Delete stored files without a row: a process may die between its commit and the deletion.

    Returns their number.
    """
    settled = timezone.now() - SETTLED
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    swept = 0
    for start in range(0, len(names), CHUNK):
        paths = {f"{FOLDER}/{name}" for name in names[start : start + CHUNK]}
        paths -= set(Attachment.objects.filter(file__in=paths).values_list("file", flat=True))
        for path in paths:
            if default_storage.get_modified_time(path) < settled:
                default_storage.delete(path)
                swept += 1
    return swept
