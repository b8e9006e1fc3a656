"""A correction of a misspelt search text, from the words of published posts."""

from django.db.models import Q

from college_site.russian.morphology import lemmatize, list_lemmas
from college_site.russian.words import WORD, fold_word, split_words
from news.models import Word
from news.search.query import Query

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
SHORTEST_FOR_ANY_TYPO = 5  # a shorter word resembles too many others
CONSONANTS = set("бвгджзйклмнпрстфхцчшщbcdfghjklmnpqrstvwxz")


def suggest_correction(texts, posts):
    """The first of the texts with unknown words, these replaced; "" if that finds no post.

    The work is bounded: there are two texts of at most 100 characters; each gives some 130
    neighbours, all of them looked up in one query.
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
    """{word: the most similar word of a published post} for the words without a form in any."""
    near = {
        word: (list_single_edits(word), list_single_edits(lemmatize(word))) for word in doubtful
    }
    words = set().union(*(around for around, _ in near.values()))
    lemmas = set().union(*map(list_lemmas, doubtful), *(around for _, around in near.values()))
    known = Word.objects.published().filter(Q(word__in=words) | Q(lemma__in=lemmas))
    known = dict(known.values_list("word", "lemma"))
    replacements = {}
    for word, (around, around_lemma) in near.items():
        similar = [
            other
            for other, lemma in known.items()
            if (other in around or lemma in around_lemma) and is_typo(word, other, around)
        ]
        if similar and not set(known.values()).intersection(list_lemmas(word)):
            replacements[word] = min(similar, key=lambda other: similarity_key(word, other, around))
    return replacements


def list_single_edits(word):
    """Every text that one slip turns `word` into: a letter missing, doubled, wrong or displaced."""
    letters = CYRILLIC if set(CYRILLIC) & set(word) else LATIN
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in parts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1),
        *(left + letter + right[1:] for left, right in parts if right for letter in letters),
        *(left + letter + right for left, right in parts for letter in letters),
    }


def is_typo(word, other, around):
    """Whether two similar words differ by a slip of the hand, not in meaning.

    «Сотл» may be «стол», but «дети» are not «сети», and a «студентка» is not a «студент».
    """
    if len(word) < SHORTEST_FOR_ANY_TYPO and not (other in around and other[0] == word[0]):
        return False
    shorter, longer = sorted([lemmatize(word), lemmatize(other)], key=len)
    return longer != f"{shorter}ка"


def similarity_key(word, other, around):
    """A sort key of neighbours, the likeliest first: people misplace vowels most."""
    return (
        other not in around,
        other[0] != word[0],
        sort_consonants(other) != sort_consonants(word),
        abs(len(other) - len(word)),
        other,
    )


def sort_consonants(word):
    return sorted(letter for letter in word if letter in CONSONANTS)
