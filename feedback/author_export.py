"""Everything that is held about one suggestion, for its author, as a ZIP file.

152-ФЗ, статья 14, часть 7: what is processed, why, by whom and for how long, in a form that can be
read. It leaves out what is of others: the names of staff, notes and readings.
"""

import json
import shutil
import tempfile
import zipfile
from datetime import timedelta

from django.template.loader import render_to_string
from django.utils import timezone

from college_site.models import College
from feedback.desk.undo import events_for_author
from feedback.receipts.signatures import sign_receipt

IN_MEMORY = 1024 * 1024
MOST_BYTES = 200 * 1024 * 1024  # of files; further ones are only named, the page has them all
README = "predlozhenie.html"


def make_export(suggestion):
    """The ZIP as an open temporary file at its start; the caller closes it."""
    events = list(events_for_author(suggestion).select_related("mail"))
    files = {f"files/{n}-{f.name}": f for n, f in enumerate(list_files(events), start=1)}
    archive = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller's
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        missing = list(add_files(target, files))
        target.writestr(README, describe(suggestion, events, files, missing))
        facts = collect_facts(suggestion, events, files)
        target.writestr("data.json", json.dumps(facts, ensure_ascii=False, indent=2))
        if not suggestion.erased_at:
            target.writestr("kvitanciya.txt", str(sign_receipt(suggestion)))
    archive.seek(0)
    return archive


def list_files(events):
    return [file for event in events for file in event.attachments.all()]


def add_files(target, files):
    """Copy the files into the ZIP; yields the names of those that do not fit or are lost."""
    left = MOST_BYTES
    for name, file in files.items():
        if file.size > left or not file.file.storage.exists(file.file.name):
            yield name
            continue
        left -= file.size
        with file.file.open() as source, target.open(name, "w") as copy:
            shutil.copyfileobj(source, copy)


def describe(suggestion, events, files, missing):
    """The readable page; what it says of the law follows статья 14, часть 7."""
    ended_at = suggestion.answered_at
    days = suggestion.topic.retention_days
    context = {
        "suggestion": suggestion,
        "events": events,
        "files": files,
        "missing": missing,
        "college": College.objects.current(),
        "erased_after": ended_at and timezone.localdate(ended_at) + timedelta(days=days),
        "days": days,
        "made_at": timezone.now(),
    }
    return render_to_string("feedback/_author_export.html", context)


def collect_facts(suggestion, events, files):
    """The same for programs: names in Russian, moments in ISO 8601."""
    names = {file.pk: name for name, file in files.items()}
    consent = suggestion.consent
    return {
        "номер": suggestion.number,
        "принято": suggestion.received_at.isoformat(),
        "тема": str(suggestion.topic),
        "кто пишет": suggestion.get_role_display(),
        "текст": suggestion.text,
        "можно опубликовать": suggestion.may_publish,
        "состояние": suggestion.public_status,
        "ответить до": suggestion.due_on.isoformat(),
        "предельный срок": suggestion.limit_on.isoformat(),
        "срок стоит с": suggestion.paused_on and suggestion.paused_on.isoformat(),
        "ответ": suggestion.answer,
        "оценка": suggestion.get_rating_display(),
        "почта": suggestion.email,
        "согласие": consent and {"версия": consent.version, "текст": consent.text},
        "согласие дано": suggestion.consented_at and suggestion.consented_at.isoformat(),
        "история": [
            {
                "когда": event.happened_at.isoformat(),
                "что": event.words_for_author,
                "текст": event.text,
                "файлы": [names[file.pk] for file in event.attachments.all()],
                "письмо": tell_mail(event),
            }
            for event in events
        ],
    }


def tell_mail(event):
    """When the letter about the event was sent; None where there is none, "" if it still waits."""
    if not hasattr(event, "mail"):
        return None
    return event.mail.sent_at.isoformat() if event.mail.sent_at else ""
