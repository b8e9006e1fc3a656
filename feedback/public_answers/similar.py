"""Public answers that resemble a text: perhaps the question has been answered already."""

from django.db.models import Count, Q

from feedback.models import Publication
from feedback.public_answers.keywords import stems

MOST_STEMS = 60  # of a long text its beginning says what it is about
SHORTEST_STEM = 3
LEAST_SHARED = 2
MOST_SHOWN = 3
EVERYWHERE = {  # stems that suggestions of any subject share
    *("техникум", "колледж", "студент", "сдела", "предлага", "предложен", "можн", "нужн", "хоч"),
    *("хотел", "пожалуйст", "здравств", "добр", "ден", "очен", "больш", "так", "котор", "нам"),
    *("наш", "эт", "быт", "ест", "нет", "все", "тольк", "если", "когд", "чтоб", "каждый"),
}


def similar(text):
    """Up to three published answers that share at least two telling stems with the text."""
    telling = [stem for stem in stems(text) if len(stem) >= SHORTEST_STEM]
    telling = [stem for stem in telling if stem not in EVERYWHERE][:MOST_STEMS]
    if len(telling) < LEAST_SHARED:
        return []
    shared = Count("keywords", filter=Q(keywords__stem__in=telling))
    found = Publication.objects.published().filter(keywords__stem__in=telling)
    return list(
        found.annotate(shared=shared)
        .filter(shared__gte=LEAST_SHARED)
        .order_by("-shared", "-published_at", "-pk")[:MOST_SHOWN]
    )
