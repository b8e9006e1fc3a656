"""Every constraint: the database refuses what it forbids, and a person reads in Russian why."""

import datetime
import re

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Value
from django.utils import timezone

from college_site.http.conditional_get import invalidate
from college_site.models import ContentVersion, KeeperLetter
from feedback.models import (
    HistoryHead,
    Mail,
    RateLimitCounter,
    RateLimitSpan,
    SavedFilter,
    StaffMail,
    Suggestion,
)
from feedback.models.rate_limits import Scope
from news.models import KnownWord, Participation, Reads
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)
ANSWERED = {"status": "answered", "answered_at": datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)}
REFUSED = {**ANSWERED, "status": "declined", "decision": "declined"}
SPAN = datetime.timedelta(hours=1)
CONSTRAINTS = {
    constraint.name: (model, constraint)
    for model in apps.get_models()
    if model._meta.app_label in ("college_site", "news", "feedback")
    for constraint in model._meta.constraints
}


def content_version():
    invalidate()
    return ContentVersion.objects.get()


def photos_of_one_post():
    first = factories.photo(is_cover=True)
    factories.photo(post=first.post)
    return first.post.photos


def participations_of_one_post():
    post = factories.post()
    for _ in range(2):
        Participation.objects.create(post=post, partner=factories.partner())
    return post.participations


def letters_to_one_keeper():
    person = factories.staff()
    for day in (DAY, DAY + datetime.timedelta(days=1)):
        KeeperLetter.objects.create(recipient=person, thing="Диск", day=day, body="Место кончается")
    return person.keeper_letters


def reads_of_two_days():
    post = factories.post()
    for day in (1, 2):
        Reads.objects.create(post=post, day=DAY + datetime.timedelta(days=day), count=1)
    return post.reads


def keywords_of_one_publication():
    return factories.publication(title="Лавочки и клумбы во дворе").keywords


def words_of_one_suggestion():
    return factories.suggestion(text="Лавочки и клумбы во дворе").words


def saved_filters_of_one_person():
    person = factories.staff()
    for name in ("Столовая", "Спорт"):
        SavedFilter.objects.create(user=person, name=name, query="q=1")
    return SavedFilter.objects


def votes_for_one_publication():
    publication = factories.publication()
    for browser_hash in ("a", "b"):
        publication.add_vote(browser_hash)
    return publication.votes


def rate_limit_counter():
    moment = timezone.now()
    for cell in (1, 2):
        RateLimitCounter.objects.create(scope=Scope.TEXT, ends_at=moment, cell=cell)
    return RateLimitCounter.objects


def rate_limit_span():
    moment = timezone.now()
    for scope in (Scope.TEXT, Scope.VOTES):
        RateLimitSpan.objects.create(scope=scope, ends_at=moment)
    return RateLimitSpan.objects


def two_suggestions():
    factories.suggestion()
    factories.suggestion()
    return Suggestion.objects


def two_events():
    suggestion = factories.suggestion()
    suggestion.record("rated")
    return suggestion.events


def drafts_of_one_person():
    person = factories.staff()
    for _ in range(2):
        factories.suggestion().act_drafts.create(user=person)
    return person.act_drafts


def merged_suggestion():
    row = factories.suggestion()
    row.merge(factories.suggestion(), factories.staff())
    return row


def history_head():
    factories.suggestion()
    return HistoryHead.objects.get()


def attachments_of_one_suggestion():
    factories.attachment("hash")
    return factories.suggestion(staging_hash="hash").attachments


def known_word():
    return KnownWord.objects.create(word="демоэкзамен")


def mail():
    return Mail.objects.create(event=factories.suggestion().events.first())


def letters_to_one_person():
    person, suggestion = factories.staff(), factories.suggestion()
    for day in (DAY, DAY + datetime.timedelta(days=1)):
        factories.staff_mail(recipient=person, suggestion=suggestion, kind="today", day=day)
    return suggestion.staff_mails


def digests_for_one_person():
    person = factories.staff()
    for day in (DAY, DAY + datetime.timedelta(days=1)):
        factories.staff_mail(recipient=person, day=day)
    return StaffMail.objects


# Rows as they should be, and values that the constraint must not let them take.
VIOLATIONS = [
    ("college_single_row", factories.college, {"id": 2}),
    ("college_map_point_whole", factories.college, {"latitude": 50}),
    ("college_map_point_whole", factories.college, {"longitude": 50}),
    ("content_version_single_row", content_version, {"id": 2}),
    ("keeper_letter_once_a_day", letters_to_one_keeper, {"day": DAY}),
    ("photo_one_cover", photos_of_one_post, {"is_cover": True}),
    ("photo_of_post_or_autosave", factories.photo, {"autosave": factories.autosave}),
    ("photo_of_post_or_autosave", factories.photo, {"post": None}),
    ("photo_measured", factories.photo, {"width": 0}),
    ("photo_measured", factories.photo, {"height": 0}),
    ("document_recognised", factories.document, {"kind": "exe"}),
    ("document_recognised", factories.document, {"size": 0}),
    ("reads_once_a_day", reads_of_two_days, {"day": DAY}),
    ("known_word_is_not_empty", known_word, {"word": ""}),
    ("participation_once", participations_of_one_post, {"partner": factories.partner}),
    ("video_on_known_host", factories.video, {"address": Value("https://evil.example/")}),
    ("video_has_title", factories.video, {"title": ""}),
    ("post_event_ends_after_start", factories.post, {"event_end_date": DAY}),
    (
        "post_event_ends_after_start",
        factories.post,
        {"event_date": DAY, "event_end_date": DAY - datetime.timedelta(days=1)},
    ),
    ("post_event_time_has_date", factories.post, {"event_time": datetime.time(9)}),
    ("post_announcement_has_date", factories.post, {"kind": "announcement"}),
    ("post_report_has_announcement", factories.announcement, {"announcement": factories.post}),
    ("post_is_not_its_announcement", factories.post, {"announcement": models.F("id")}),
    ("post_in_review_is_draft", factories.submitted, {"published_at": timezone.now}),
    ("post_in_review_is_draft", factories.returned, {"published_at": timezone.now}),
    ("post_submitted_or_returned", factories.returned, {"submitted_at": timezone.now}),
    ("post_returned_with_reason", factories.returned, {"return_reason": ""}),
    ("post_returned_with_reason", factories.draft, {"return_reason": "Нет даты."}),
    ("post_in_bin_is_not_published", factories.post, {"deleted_at": timezone.now}),
    ("post_known_kind", factories.post, {"kind": "gossip"}),
    ("post_has_slug", factories.post, {"slug": ""}),
    ("takedown_has_reason", factories.takedown, {"reason": ""}),
    (
        "attachment_event_of_suggestion",
        lambda: factories.attachment("hash"),
        {"suggestion": factories.suggestion},
    ),
    ("attachment_network_until_sent", attachments_of_one_suggestion, {"staging_network": 1}),
    ("act_draft_one_of_person", drafts_of_one_person, {"suggestion": factories.suggestion}),
    ("event_known_kind", two_events, {"kind": "lost"}),
    ("event_says_why", two_events, {"kind": "answered"}),
    ("event_undone_names_act", two_events, {"kind": "undone"}),
    ("event_received_once", two_events, {"kind": "received"}),
    ("history_head_single_row", history_head, {"id": 2}),
    ("mail_sent_is_not_due", mail, {"sent_at": timezone.now}),
    ("staff_mail_sent_is_not_due", factories.staff_mail, {"sent_at": timezone.now}),
    ("staff_mail_known_kind", factories.staff_mail, {"kind": "today"}),
    ("staff_mail_known_kind", factories.staff_mail, {"kind": "lost"}),
    ("staff_mail_known_kind", factories.staff_mail, {"suggestion": factories.suggestion}),
    ("staff_mail_reminds_once", letters_to_one_person, {"day": DAY}),
    ("staff_mail_digest_once", digests_for_one_person, {"day": DAY}),
    ("publication_has_words", factories.publication, {"title": ""}),
    ("publication_has_words", factories.publication, {"text": ""}),
    ("vote_once", votes_for_one_publication, {"browser_hash": "a"}),
    ("keyword_once", keywords_of_one_publication, {"lemma": "двор"}),
    ("suggestion_word_once", words_of_one_suggestion, {"lemma": "двор"}),
    ("saved_filter_named_once", saved_filters_of_one_person, {"name": "Спорт"}),
    ("saved_filter_whole", saved_filters_of_one_person, {"query": ""}),
    ("suggestion_number_once", two_suggestions, {"year": 2026, "sequence": 1}),
    ("suggestion_contact_has_consent", factories.suggestion, {"email": "a@example.ru"}),
    (
        "suggestion_contact_has_consent",
        factories.suggestion,
        {"email": "a@example.ru", "consent": factories.consent},
    ),
    (
        "suggestion_contact_has_consent",
        factories.suggestion,
        {"consent": factories.consent, "consented_at": timezone.now},
    ),
    ("suggestion_closed_with_answer", factories.suggestion, ANSWERED),
    ("suggestion_closed_with_answer", factories.suggestion, REFUSED),
    ("suggestion_decision_of_answer", factories.suggestion, {"decision": "accepted"}),
    ("suggestion_decision_of_answer", factories.answered, {"decision": "declined"}),
    ("suggestion_decision_of_answer", factories.answered, {"status": "declined"}),
    ("promise_closed_with_words", factories.promise, {"state": "fulfilled"}),
    ("promise_closed_with_words", factories.promise, {"state": "fulfilled", "result": "Есть."}),
    ("promise_closed_with_words", factories.promise, {"closed_on": DAY}),
    ("promise_has_words", factories.promise, {"text": ""}),
    ("suggestion_due_within_limit", factories.suggestion, {"limit_on": DAY}),
    ("suggestion_answered_when_closed", factories.suggestion, {"answered_at": timezone.now}),
    ("suggestion_answered_when_closed", factories.answered, {"answered_at": None}),
    ("suggestion_paused_while_waiting", factories.suggestion, {"status": "waiting"}),
    ("suggestion_paused_while_waiting", factories.suggestion, {"paused_on": DAY}),
    ("suggestion_merged_with_original", factories.suggestion, {"status": "merged"}),
    ("suggestion_merged_with_original", merged_suggestion, {"status": "in_progress"}),
    ("suggestion_merged_with_original", merged_suggestion, {"is_restricted": True}),
    ("suggestion_is_not_its_original", merged_suggestion, {"duplicate_of": models.F("id")}),
    ("topic_answer_within_term", factories.suggestion_topic, {"answer_days": 0}),
    ("topic_answer_within_term", factories.suggestion_topic, {"answer_days": 31}),
    ("suggestion_has_text", factories.suggestion, {"text": ""}),
    ("suggestion_known_choices", factories.suggestion, {"status": "lost"}),
    ("suggestion_known_choices", factories.suggestion, {"role": "nobody"}),
    ("suggestion_known_choices", factories.suggestion, {"source": "rumour"}),
    ("rate_limit_counter_once", rate_limit_counter, {"cell": 1}),
    ("rate_limit_span_once", rate_limit_span, {"scope": Scope.TEXT}),
]


def complaint(model, constraint):
    """What a database writes about this constraint; SQLite names the columns of a unique one."""
    fields = getattr(constraint, "fields", ())
    columns = [f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in fields]
    return f"{constraint.name}|UNIQUE constraint failed: {re.escape(', '.join(columns))}$"


@pytest.mark.parametrize(("name", "make", "values"), VIOLATIONS)
def test_the_database_enforces_every_constraint(name, make, values):
    made = make()
    rows = made if hasattr(made, "update") else type(made).objects.filter(pk=made.pk)
    values = {field: value() if callable(value) else value for field, value in values.items()}
    with pytest.raises(IntegrityError, match=complaint(*CONSTRAINTS[name])), transaction.atomic():
        rows.update(**values)


def test_every_constraint_has_a_violation_to_test():
    assert {name for name, _, _ in VIOLATIONS} == set(CONSTRAINTS)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_every_constraint_has_a_russian_error_message(name):
    constraint = CONSTRAINTS[name][1]
    message = constraint.violation_error_message
    assert message != constraint.default_violation_error_message
    assert re.match(r"[А-ЯЁ][а-яё]*\b", message)
    assert message.endswith(".")
