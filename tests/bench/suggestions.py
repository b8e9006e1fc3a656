"""Benchmark of the suggestion box: pages and the desk, whose cost must not grow."""

import datetime
import random
from collections import Counter
from itertools import chain
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from college_site.pages.pagination import MAX_PAGES
from feedback.deadlines import answer_due, answer_limit
from feedback.demo.content import SOURCE
from feedback.history.links import link
from feedback.models import (
    Consent,
    Event,
    HistoryHead,
    Keyword,
    Publication,
    Register,
    Suggestion,
    SuggestionTopic,
    SuggestionWord,
)
from feedback.models.workflow.desk_states import DESK_STATES
from feedback.models.workflow.states import Decision
from feedback.public_answers.keywords import list_keywords
from feedback.views.publications import PAGE_PUBLICATIONS
from tests import factories
from tests.bench.databases import sentence_maker

LARGE = 100_000  # eighteen a day, for fifteen years
YEARS = 15
SMALLEST = 1000  # databases of more rows have more open ones, too
BATCH = 1000
COMMON, RARE = "общежитии", "кристаллография"
# Limits of the slowdown that differ from the default: figures count the suggestions of a year,
# seven on the small database and 6,667 on the large.
GOALS = {"statistics": 2, "desk, figures": 2, "desk, report of a year": 2}
# The newest suggestions are open: as many of each kind on both databases, and more that are due
# later on the large one.
OPEN_KINDS = [
    {"due": -3},
    {"due": 0},
    {"due": 1},
    {"due": 12, "status": Suggestion.Status.RECEIVED},
    {"due": 12, "status": Suggestion.Status.WAITING},
    {"due": 12, "status": Suggestion.Status.QUARANTINE},
    {"due": 12, "is_restricted": True},
    {"due": 25},
]
OF_EACH, OPEN_LATER = 5, 500


def fill(count):
    """Create suggestions over fifteen years; every other answered one has a public answer."""
    generator = random.Random(count)
    Consent.objects.create(version=1, text="Согласен.")
    topics = [SuggestionTopic.objects.create(title=f"Вопрос {n}", order=n) for n in range(5)]
    sentence = sentence_maker(SOURCE.read_text(encoding="utf-8"), COMMON, generator)
    register, head = Counter(), HistoryHead.current()
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        suggestions = [
            suggestion(moment(number, count), register, generator, topics, sentence)
            for number in numbers
        ]
        if start <= count // 2 < start + BATCH:
            suggestions[0].text = RARE
        if start == 0:
            decline(suggestions[:OF_EACH])
        for number, entry in zip(numbers, suggestions, strict=True):
            reopen(entry, count - 1 - number, count)
        Suggestion.objects.bulk_create(suggestions)
        index(suggestions, head)
        public = [publication(entry) for entry in suggestions[::2] if entry.answer]
        Publication.objects.bulk_create(public)
        Keyword.objects.bulk_create(keyword for entry in public for keyword in keywords(entry))
    head.save()
    Register.objects.bulk_create(
        Register(year=year, last_sequence=last) for year, last in register.items()
    )


def decline(suggestions):
    """Make these the only declined ones."""
    for entry in suggestions:
        entry.status, entry.decision = Suggestion.Status.DECLINED, Decision.DECLINED


def reopen(suggestion, age, count):
    """Make one of the newest open; `age` counts from the newest."""
    fixed = OF_EACH * len(OPEN_KINDS)
    if age >= fixed + (OPEN_LATER if count > SMALLEST else 0):
        return
    kind = OPEN_KINDS[age % len(OPEN_KINDS)] if age < fixed else OPEN_KINDS[-1]
    today = timezone.localdate()
    suggestion.status = kind.get("status", Suggestion.Status.IN_PROGRESS)
    suggestion.is_restricted = kind.get("is_restricted", False)
    suggestion.due_on = suggestion.limit_on = today + datetime.timedelta(days=kind["due"])
    is_waiting = suggestion.status == Suggestion.Status.WAITING
    suggestion.paused_on = today if is_waiting else None
    suggestion.answer, suggestion.answered_at = "", None
    suggestion.measure()


def index(suggestions, head):
    """The words of the search and, through the chain, the events of each suggestion."""
    SuggestionWord.objects.bulk_create(
        SuggestionWord(suggestion=entry, lemma=lemma)
        for entry in suggestions
        for lemma in list_keywords(f"{entry.text}\n{entry.answer}")
    )
    events = []
    for event in chain.from_iterable(map(list_events, suggestions)):
        link(event, [], head.link, head.position + 1)
        head.link, head.position = event.link, event.position
        events.append(event)
    Event.objects.bulk_create(events)


def list_events(entry):
    """What the columns of a suggestion say: its receipt and, if there is one, its answer."""
    kinds = Event.Kind
    yield Event(suggestion=entry, kind=kinds.RECEIVED, happened_at=entry.received_at)
    if entry.answer:
        answer = {"text": entry.answer, "happened_at": entry.answered_at}
        yield Event(suggestion=entry, kind=kinds.ANSWERED, **answer)


def moment(number, count):
    """When suggestion `number` of `count` was received; the last one a day ago."""
    days = YEARS * 365 * (count - number) / count
    return timezone.now() - datetime.timedelta(days=days)


def suggestion(received_at, register, generator, topics, sentence):
    """An unsaved suggestion answered after some days, seldom late."""
    received_on = timezone.localdate(received_at)
    register[received_on.year] += 1
    answered_at = received_at + datetime.timedelta(days=min(generator.randint(1, 33), 30))
    entry = Suggestion(
        year=received_on.year,
        sequence=register[received_on.year],
        code_hash=uuid4().hex,
        submission_hash=uuid4().hex,
        topic=generator.choice(topics),
        role=Suggestion.Role.STUDENT,
        text=sentence(12),
        may_publish=True,
        status=Suggestion.Status.ANSWERED,
        received_at=received_at,
        limit_on=answer_limit(received_on),
        due_on=answer_due(received_on),
        answer=sentence(12),
        answered_at=min(answered_at, timezone.now()),
        rating=generator.choice([None, 1, 2, 3]),
    )
    entry.measure()
    return entry


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
        "answers, rare state": "/feedback/answers/?state=declined",
        "answer": middle.get_absolute_url(),
        "feed of answers": "/feedback/answers/atom.xml",
        "statistics": "/feedback/figures/",
        "desk, fifty events and five files": long_dialogue(middle.suggestion),
        **desk_pages(),
    }


def desk_pages():
    desk = "/admin/feedback/suggestion/"
    newest = Suggestion.objects.exclude(answer="").order_by("-pk")[0]
    states = {f"desk, {title.lower()}": f"{desk}?attention={n}" for n, title in DESK_STATES.items()}
    return {
        "desk, inbox": desk,
        "desk, second page": f"{desk}?p=2",
        **states,
        f"desk, rare word «{RARE}»": f"{desk}?q={RARE}",
        f"desk, common word «{COMMON}»": f"{desk}?q={COMMON}",
        "desk, two words": f"{desk}?q={COMMON}+{RARE}",
        "desk, number": f"{desk}?q={newest.number}",
        "desk, figures": f"{desk}figures/",
        "desk, report of a year": f"{desk}report/",
        "desk, one suggestion": f"{desk}{newest.pk}/change/",
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
