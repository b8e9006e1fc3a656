"""What a misspelt search text may have been meant to be, in the words of the posts themselves."""

from django.db.models import Q

from college_site.words import WORD, folded, stem, words
from news.models import Word
from news.search.query import Query

CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
SHORTEST_OF_ANY_SLIP = 5  # a shorter word resembles too many others
CONSONANTS = set("бвгджзйклмнпрстфхцчшщbcdfghjklmnpqrstvwxz")


def correction(texts, posts):
    """The first of the texts that has unknown words with these replaced; "" if that finds no post.

    The work is bounded: there are two texts of at most 100 characters, of which each gives some
    130 neighbours, all of them looked up in one query.
    """
    found = {word for text in texts for word in words(text)}
    doubtful = {word for word in found if len(word) >= SHORTEST and word.isalpha()}
    replacements = closest_words(doubtful) if doubtful else {}
    mended = (WORD.sub(lambda match: replacement(match, replacements), text) for text in texts)
    offer = next((new for new, old in zip(mended, texts, strict=True) if new != old), "")
    terms = Query(offer).terms
    return offer if terms and posts.filter(search_entry__words__matches=terms).exists() else ""


def replacement(match, replacements):
    return replacements.get(folded(match[0]), match[0])


def closest_words(doubtful):
    """Which of the words stand in no published post, each with the one that it resembles most."""
    near = {word: (neighbours(word), neighbours(stem(word))) for word in doubtful}
    known = Word.objects.published().filter(
        Q(word__in=set().union(*(around for around, _ in near.values())))
        | Q(stem__in=set(map(stem, doubtful)).union(*(around for _, around in near.values())))
    )
    known = list(known.values_list("word", "stem"))
    stems = {found for _, found in known}
    replacements = {}
    for word, (around, around_stem) in near.items():
        found = [
            other
            for other, root in known
            if (other in around or root in around_stem) and is_slip(word, other, around)
        ]
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


def is_slip(word, other, around):
    """Whether a slip of the hand tells two similar words apart, not their meaning.

    «Сотл» may be «стол», but «дети» are not «сети», and a «студентка» is not a «студент».
    """
    if len(word) < SHORTEST_OF_ANY_SLIP and not (other in around and other[0] == word[0]):
        return False
    shorter, longer = sorted([stem(word), stem(other)], key=len)
    return longer != f"{shorter}к"


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
