"""A name is planted in every field that can hold one, and is in none of them after the purge."""

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import BinaryField, CharField, FileField, TextField

from feedback.erasure.purge import Reason, erase
from feedback.models import Publication
from tests.feedback.planted import MARK, NAME, delete_draft_copy, plant_everywhere

pytestmark = pytest.mark.django_db
TEXTS = (CharField, TextField, FileField, BinaryField)
# Fields without anything of a suggestion. A new field stands here with its reason, or a name is
# planted in it.
WITHOUT_NAMES = {
    "what the code chooses": (
        "ActDraft.act",
        "ActStep.act",
        "Attachment.content_type",
        "Event.kind",
        "StaffMail.kind",
        "Promise.state",
        "RateLimitCounter.scope",
        "RateLimitSpan.scope",
        "Suggestion.decision",
        "Suggestion.role",
        "Suggestion.source",
        "Suggestion.status",
        "LogEntry.change_message",
        "LogEntry.object_id",
        "LogEntry.object_repr",  # of public copies: their numbers
    ),
    "random, or hashes with a salt that is erased": (
        "Attachment.file",
        "Attachment.sha256",
        "Attachment.staging_hash",
        "Event.link",
        "Event.contact_commitment",
        "Event.contact_salt",
        "Event.person_commitment",
        "Event.person_salt",
        "Event.text_commitment",
        "Event.text_salt",
        "HistoryHead.link",
        "Suggestion.code_hash",
        "Suggestion.salt",
        "Suggestion.submission_hash",
        "Vote.browser_hash",
        "RateLimitSpan.pepper",
    ),
    "of the desk, not of a suggestion": (
        "Consent.text",
        "PreparedAnswer.decision",
        "PreparedAnswer.text",
        "PreparedAnswer.title",
        "SavedFilter.name",
        "SavedFilter.query",
        "SuggestionTopic.title",
    ),
}
# Apps of which no row belongs to a suggestion: a new one stands here with its reason.
OTHER_APPS = {
    "college_site": "contacts, backups, letters about the state of the site",
    "news": "posts, to which public answers only link",
    "auth": "accounts of staff",
    "sessions": "logins of staff",
    "axes": "failed logins",
    "otp_totp": "second factors",
    "otp_static": "second factors",
    "django_otp_webauthn": "second factors",
    "contenttypes": "names of models",
}


def text_fields():
    """{"Model.field": (model, name)} of everything that may belong to a suggestion."""
    models = [*apps.get_app_config("feedback").get_models(include_auto_created=True), LogEntry]
    return {
        f"{model.__name__}.{field.name}": (model, field.name)
        for model in models
        for field in model._meta.local_fields
        if isinstance(field, TEXTS)
    }


def fields_with_name():
    """The fields of which some row holds the name or the mark, in any case of letters."""
    words = (NAME.lower(), MARK)
    return {
        label
        for label, (model, name) in text_fields().items()
        if any(
            word in str(value).lower()
            for value in model.objects.values_list(name, flat=True)
            for word in words
        )
    }


def test_a_name_is_planted_in_every_text_field_that_may_hold_one():
    plant_everywhere()
    without = {label for labels in WITHOUT_NAMES.values() for label in labels}
    assert text_fields().keys() - fields_with_name() == without


def test_every_app_with_texts_is_looked_at_or_said_to_be_another():
    others = {
        model._meta.app_label
        for model in apps.get_models()
        if any(isinstance(field, TEXTS) for field in model._meta.local_fields)
    }
    assert others == OTHER_APPS.keys() | {"feedback", "admin"}


@pytest.mark.parametrize("reason", Reason)
def test_no_field_holds_the_name_after_the_erasure(reason):
    suggestion = plant_everywhere()
    if reason == Reason.TERM:
        Publication.objects.update(published_at=None)  # what is public stays at the end of the term
    erase(suggestion, reason)
    assert fields_with_name() == set()


def test_a_public_copy_that_was_deleted_leaves_no_title_in_the_log(staff_client):
    suggestion = delete_draft_copy(staff_client)
    assert LogEntry.objects.count() == 3
    erase(suggestion, Reason.DEMAND)
    assert fields_with_name() == set()
    assert {entry.object_repr for entry in LogEntry.objects.all()} == {str(suggestion)}
