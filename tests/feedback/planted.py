"""A suggestion that holds a name wherever something of it can be written."""

import datetime

from django.core.files.base import ContentFile
from django.utils import timezone

from feedback.desk.drafts import store_draft
from feedback.models import ActStep, Attachment, Mail, Publication, Suggestion
from feedback.models.workflow.act_steps import read_columns
from tests import factories

NAME = "Аделаида"
MARK = "planted-adelaida"


def planted():
    """Answered, published, with files, letters, drafts, votes and an act that can be undone."""
    attach("0" * 64, name=f"{MARK}.jpg", lost=NAME)
    suggestion = factories.suggestion(
        staging_hash="0" * 64,
        text=f"{NAME} предлагает лавочки.",
        suspicion=NAME,
        may_publish=True,
        email=f"{MARK}@example.ru",
        consent=factories.consent(),
        consented_at=timezone.now(),
    )
    attach("0" * 64, name=f"{MARK}-later.jpg")
    suggestion.ask(f"{NAME}, где?", factories.staff())
    attach("1" * 64, name=f"{MARK}-2.jpg")
    suggestion.reply(f"Это {NAME}, у входа.", None, "1" * 64)
    colleague = factories.staff()
    suggestion.assign(colleague, colleague)
    suggestion.note(f"{NAME} звонила дважды.", colleague)
    suggestion.give_answer(f"{NAME}, поставили.", colleague)
    factories.staff_mail(
        suggestion=suggestion, kind="today", subject=NAME, body=MARK, last_error=NAME
    )
    Mail.objects.update(last_error=NAME)
    copy = factories.publication(
        suggestion=suggestion, title=f"{NAME} и лавочки", text=NAME, answer=NAME
    )
    copy.add_vote("a" * 64)
    return suggestion


def plant_everywhere():
    """planted(), with a fulfilled promise, words that are not sent and an act to be undone."""
    suggestion, colleague = planted(), factories.staff()
    suggestion.reopen(f"{NAME} ждёт.", None)
    promise = (f"{NAME} получит лавочку", timezone.localdate() + datetime.timedelta(days=1))
    suggestion.give_answer(f"{NAME}, да.", colleague, decision="accepted", promise=promise)
    suggestion.fulfil_promise(f"{NAME} сидит.", colleague)
    store_draft(suggestion, colleague, "note", entries={"note": {"words": NAME}})
    ActStep.objects.create(
        suggestion=suggestion,
        staff=colleague,
        act="answered",
        entries=NAME,
        before=read_columns(Suggestion.objects.get(pk=suggestion.pk)),
        position=1,
    )
    return suggestion


def delete_draft_copy(client):
    """A suggestion whose public copy with a name staff made in the admin and deleted again."""
    suggestion = factories.suggestion(may_publish=True)
    entries = {"suggestion": suggestion.pk, "title": NAME, "text": NAME, "answer": ""}
    client.post("/admin/feedback/publication/add/", entries)
    copy = Publication.objects.get(suggestion=suggestion)
    client.post(f"/admin/feedback/publication/{copy.pk}/change/", {**entries, "answer": NAME})
    client.post(f"/admin/feedback/publication/{copy.pk}/delete/", {"post": "yes"})
    return suggestion


def attach(staging_hash, **fields):
    """A file whose content holds the mark."""
    row = factories.attachment(staging_hash, **fields)
    row.file.delete(save=False)
    row.file.save(str(row.pk), ContentFile(f"{MARK} {NAME}".encode()))
    return Attachment.objects.get(pk=row.pk)
