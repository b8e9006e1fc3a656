"""Suggestions similar to one, among those that the member of staff may read."""

from college_site.russian.morphology import is_noun
from feedback.models import Suggestion
from feedback.public_answers.keywords import list_likeliest_lemmas
from feedback.public_answers.similar import LEAST_SHARED, distinctive_lemmas

NEWEST = 60  # of the same topic: a duplicate comes soon after the first one
BEGINNING = 600  # characters
MAX_SHOWN = 4


def list_similar(suggestion, user):
    """Up to four of the same topic that share two nouns, those with most shared words first.

    Words of the restricted queue are read on its pages only, where the reading is recorded.
    """
    lemmas = {*distinctive_lemmas(suggestion.text[:BEGINNING])}
    nouns = {lemma for lemma in lemmas if is_noun(lemma)}
    if len(nouns) < LEAST_SHARED:
        return []
    others = Suggestion.objects.visible_to(user).filter(topic=suggestion.topic_id)
    others = others.filter(is_restricted=False, erased_at=None).exclude(pk=suggestion.pk)
    found = []
    for other in others.order_by("-received_at", "-pk")[:NEWEST]:
        shared = lemmas.intersection(list_likeliest_lemmas(other.text[:BEGINNING]))
        if len(shared & nouns) >= LEAST_SHARED:
            found.append((len(shared), other))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [other for _, other in found[:MAX_SHOWN]]
