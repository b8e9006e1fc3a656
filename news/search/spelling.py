"""Suggests corrections of misspelt queries from the words of published posts."""

from django.db.models import Q

from college_site.russian.morphology import lemmatize, list_lemmas
from college_site.russian.words import WORD, fold_word, split_words
from news.models import Word
from news.search.query import Query

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
SHORTEST_FOR_ANY_TYPO = 5  # shorter words are similar to too many others
CONSONANTS = set("бвгджзйклмнпрстфхцчшщbcdfghjklmnpqrstvwxz")


def suggest_correction(texts, posts):
    """Replace the unknown words of the first text that has any; "" if that finds no post.

    The cost is bounded: two texts of at most 100 characters; each word has a few hundred single
    edits, which one query looks up.
    """
    words = {word for text in texts for word in split_words(text)}
    doubtful = {word for word in words if len(word) >= SHORTEST and word.isalpha()}
    replacements = find_replacements(doubtful) if doubtful else {}
    corrected = [replace_words(text, replacements) for text in texts]
    offer = next((new for new, old in zip(corrected, texts, strict=True) if new != old), "")
    terms = Query(offer).terms
    return offer if terms and posts.filter(search_entry__words__matches=terms).exists() else ""


def replace_words(text, replacements):
    return WORD.sub(lambda match: replacements.get(fold_word(match[0]), match[0]), text)


def find_replacements(doubtful):
    """{word: most similar word of a published post} for the words unknown to all posts."""
    near = {
        word: (list_single_edits(word), list_single_edits(lemmatize(word))) for word in doubtful
    }
    words = set().union(*(edits for edits, _ in near.values()))
    lemmas = set().union(*map(list_lemmas, doubtful), *(edits for _, edits in near.values()))
    known = Word.objects.published().filter(Q(word__in=words) | Q(lemma__in=lemmas))
    known = dict(known.values_list("word", "lemma"))
    replacements = {}
    for word, (edits, lemma_edits) in near.items():
        similar = [
            other
            for other, lemma in known.items()
            if (other in edits or lemma in lemma_edits) and is_typo(word, other, edits)
        ]
        if similar and not set(known.values()).intersection(list_lemmas(word)):
            replacements[word] = min(similar, key=lambda other: similarity_key(word, other, edits))
    return replacements


def list_single_edits(word):
    """All words at one edit from `word`: a deletion, transposition, replacement or insertion."""
    letters = CYRILLIC if set(CYRILLIC) & set(word) else LATIN
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in parts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1),
        *(left + letter + right[1:] for left, right in parts if right for letter in letters),
        *(left + letter + right for left, right in parts for letter in letters),
    }


def is_typo(word, other, edits):
    """Whether `word` is probably a typo of `other`, not a different word.

    «Сотл» may be «стол», but «дети» is not «сети», and «студентка» is not «студент».
    """
    if len(word) < SHORTEST_FOR_ANY_TYPO and not (other in edits and other[0] == word[0]):
        return False
    shorter, longer = sorted([lemmatize(word), lemmatize(other)], key=len)
    return longer != f"{shorter}ка"


def similarity_key(word, other, edits):
    """A sort key of similar words, the likeliest first: typos in vowels are the most common."""
    return (
        other not in edits,
        other[0] != word[0],
        sort_consonants(other) != sort_consonants(word),
        abs(len(other) - len(word)),
        other,
    )


def sort_consonants(word):
    return sorted(letter for letter in word if letter in CONSONANTS)
