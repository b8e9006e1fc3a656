"""Public answers that are similar to a text, whose question may be answered already."""

from django.db.models import Count, Q

from feedback.models import Publication
from feedback.public_answers.keywords import list_likeliest_lemmas

MAX_LEMMAS = 60  # the beginning of a long text is enough
SHORTEST = 3
LEAST_SHARED = 2
MAX_SHOWN = 3
# Lemmas that suggestions on any subject share.
STOP_LEMMAS = """
техникум колледж студент сделать предлагать предложение можно нужно нужный хотеть пожалуйста
здравствуйте добрый день очень большой больший больше так такой который наш этот быть есть нет
все весь только если когда чтобы каждый поставить просить дать давать учебный год
"""


def find_similar(text):
    """Up to three published answers that share at least two distinctive lemmas with the text."""
    lemmas = [lemma for lemma in list_likeliest_lemmas(text) if len(lemma) >= SHORTEST]
    stop_lemmas = set(STOP_LEMMAS.split())
    distinctive = [lemma for lemma in lemmas if lemma not in stop_lemmas][:MAX_LEMMAS]
    if len(distinctive) < LEAST_SHARED:
        return []
    shared = Count("keywords", filter=Q(keywords__lemma__in=distinctive))
    found = Publication.objects.published().filter(keywords__lemma__in=distinctive)
    return list(
        found.annotate(shared=shared)
        .filter(shared__gte=LEAST_SHARED)
        .order_by("-shared", "-published_at", "-pk")[:MAX_SHOWN]
    )
