"""Public answers that resemble a text: perhaps the question has been answered already."""

from django.db.models import Count, Q

from feedback.models import Publication
from feedback.public_answers.keywords import list_likeliest_lemmas

MOST_LEMMAS = 60  # of a long text its beginning says what it is about
SHORTEST = 3
LEAST_SHARED = 2
MOST_SHOWN = 3
STOP_LEMMAS = {  # lemmas that suggestions of any subject share
    *("техникум", "колледж", "студент", "сделать", "предлагать", "предложение", "можно", "нужно"),
    *("нужный", "хотеть", "пожалуйста", "здравствуйте", "добрый", "день", "очень", "большой"),
    *("больший", "больше", "так", "такой", "который", "наш", "этот", "быть", "есть", "нет"),
    *("все", "весь", "только", "если", "когда", "чтобы", "каждый"),
    *("поставить", "просить", "дать", "давать", "учебный", "год"),
}


def find_similar(text):
    """Up to three published answers that share at least two telling lemmas with the text."""
    lemmas = [lemma for lemma in list_likeliest_lemmas(text) if len(lemma) >= SHORTEST]
    telling = [lemma for lemma in lemmas if lemma not in STOP_LEMMAS][:MOST_LEMMAS]
    if len(telling) < LEAST_SHARED:
        return []
    shared = Count("keywords", filter=Q(keywords__lemma__in=telling))
    found = Publication.objects.published().filter(keywords__lemma__in=telling)
    return list(
        found.annotate(shared=shared)
        .filter(shared__gte=LEAST_SHARED)
        .order_by("-shared", "-published_at", "-pk")[:MOST_SHOWN]
    )
