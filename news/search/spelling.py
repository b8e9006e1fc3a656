"""What a misspelt search text may have been meant to be, in the words of the posts themselves."""

from django.db.models import Q

from college_site.words import WORD, folded, stem, words
from news.models import Word
from news.search.query import Query

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
CONSONANTS = set("бвгджзйклмнпрстфхцчшщbcdfghjklmnpqrstvwxz")


def correction(query, posts):
    """The text of `query` with its unknown words replaced, or "" where that finds no post either.

    The work is bounded: a query has at most 100 characters, of which each gives some 130
    neighbours, all of them looked up in one query.
    """
    doubtful = {word for word in words(query.text) if len(word) >= SHORTEST and word.isalpha()}
    replacements = closest_words(doubtful) if doubtful else {}
    if not replacements:
        return ""
    text = WORD.sub(lambda match: replacements.get(folded(match[0]), match[0]), query.text)
    terms = Query(text).terms
    return text if posts.filter(search_entry__words__matches=terms).exists() else ""


def closest_words(doubtful):
    """Which of the words stand in no post, each with the word that it resembles most."""
    near = {word: (neighbours(word), neighbours(stem(word))) for word in doubtful}
    known = Word.objects.filter(
        Q(word__in=set().union(*(around for around, _ in near.values())))
        | Q(stem__in=set(map(stem, doubtful)).union(*(around for _, around in near.values())))
    )
    known = list(known.values_list("word", "stem"))
    stems = {found for _, found in known}
    replacements = {}
    for word, (around, around_stem) in near.items():
        found = [other for other, root in known if other in around or root in around_stem]
        if found and stem(word) not in stems:
            replacements[word] = min(found, key=lambda other: unlikeness(word, other, around))
    return replacements


def neighbours(word):
    """Every text that one slip makes of `word`: a letter missing, doubled, wrong or displaced."""
    letters = CYRILLIC if set(CYRILLIC) & set(word) else LATIN
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in parts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1),
        *(left + letter + right[1:] for left, right in parts if right for letter in letters),
        *(left + letter + right for left, right in parts for letter in letters),
    }


def unlikeness(word, other, around):
    """What the best of several neighbours has least of; people misplace vowels most."""
    return (
        other not in around,
        other[0] != word[0],
        consonants(other) != consonants(word),
        abs(len(other) - len(word)),
        other,
    )


def consonants(word):
    return sorted(letter for letter in word if letter in CONSONANTS)
