"""Benchmark of the suggestion box: ten thousand suggestions, and pages whose cost must not grow."""

import datetime
import random
from collections import Counter
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from college_site.pages.pagination import MAX_PAGES
from feedback.deadlines import answer_due, answer_limit
from feedback.demo.content import SOURCE
from feedback.models import Consent, Keyword, Publication, Register, Suggestion, SuggestionTopic
from feedback.public_answers.keywords import list_keywords
from feedback.views.publications import PAGE_PUBLICATIONS
from tests import factories
from tests.bench.databases import sentence_maker

LARGE = 10_000  # nearly two a day, for fifteen years
YEARS = 15
BATCH = 1000
COMMON, RARE = "общежитии", "кристаллография"
# Limits of the slowdown that differ from the default.
GOALS = {
    # OFFSET skips two thousand answers, each joined with its suggestion.
    "answers, deepest page": 2,
    f"answers, common word «{COMMON}»": 3,
    "statistics": 5,  # suggestions of a year: seven on the small database, 667 on the large
}


def fill(count):
    """Create suggestions over fifteen years; every other one has a public answer."""
    generator = random.Random(count)
    Consent.objects.create(version=1, text="Согласен.")
    topics = [SuggestionTopic.objects.create(title=f"Вопрос {n}", order=n) for n in range(5)]
    sentence = sentence_maker(SOURCE.read_text(encoding="utf-8"), COMMON, generator)
    register = Counter()
    for start in range(0, count, BATCH):
        moments = (moment(number, count) for number in range(start, min(start + BATCH, count)))
        suggestions = [
            suggestion(when, register, generator.choice(topics), sentence) for when in moments
        ]
        Suggestion.objects.bulk_create(suggestions)
        public = [publication(entry) for entry in suggestions[::2]]
        if start <= count // 2 < start + BATCH:
            public[0].title = RARE
        Publication.objects.bulk_create(public)
        Keyword.objects.bulk_create(keyword for entry in public for keyword in keywords(entry))
    Register.objects.bulk_create(
        Register(year=year, last_sequence=last) for year, last in register.items()
    )


def moment(number, count):
    """When suggestion `number` of `count` was received; the last one a day ago."""
    days = YEARS * 365 * (count - number) / count
    return timezone.now() - datetime.timedelta(days=days)


def suggestion(received_at, register, topic, sentence):
    """An unsaved suggestion answered in time, after ten days."""
    received_on = timezone.localdate(received_at)
    register[received_on.year] += 1
    return Suggestion(
        year=received_on.year,
        sequence=register[received_on.year],
        code_hash=uuid4().hex,
        submission_hash=uuid4().hex,
        topic=topic,
        role=Suggestion.Role.STUDENT,
        text=sentence(12),
        may_publish=True,
        status=Suggestion.Status.ANSWERED,
        received_at=received_at,
        limit_on=answer_limit(received_on),
        due_on=answer_due(received_on),
        answer=sentence(12),
        answered_at=received_at + datetime.timedelta(days=10),
    )


def publication(suggestion):
    return Publication(
        suggestion=suggestion,
        title=suggestion.text[:60],
        text=suggestion.text,
        answer=suggestion.answer,
        published_at=min(suggestion.answered_at, timezone.now()),
    )


def keywords(publication):
    words = f"{publication.title} {publication.text} {publication.answer}"
    return [Keyword(publication=publication, lemma=lemma) for lemma in list_keywords(words)]


def pages():
    """{page: path} on the database in use."""
    published = Publication.objects.published()
    middle = published[published.count() // 2]
    return {
        "start page": "/feedback/",
        "form": "/feedback/new/",
        "answers": "/feedback/answers/",
        "answers, deepest page": f"/feedback/answers/?page={deepest(published)}",
        f"answers, rare word «{RARE}»": f"/feedback/answers/?q={RARE}",
        f"answers, common word «{COMMON}»": f"/feedback/answers/?q={COMMON}",
        "answer": middle.get_absolute_url(),
        "feed of answers": "/feedback/answers/atom.xml",
        "statistics": "/feedback/figures/",
        "desk, fifty events and five files": long_dialogue(middle.suggestion),
    }


def long_dialogue(suggestion):
    """The address at the desk of this suggestion, now open and with a long history."""
    suggestion.status, suggestion.answered_at = Suggestion.Status.IN_PROGRESS, None
    suggestion.save()
    for number in range(50):
        staging_hash = f"bench {number}" if number < 5 else ""
        if staging_hash:
            factories.attachment(staging_hash)
        suggestion.record("reply", suggestion.text, staging_hash=staging_hash)
    return reverse("admin:feedback_suggestion_change", args=[suggestion.pk])


def deepest(publications):
    """The number of the last full page within the limit of the pagination."""
    return min(MAX_PAGES, publications.count() // PAGE_PUBLICATIONS)
