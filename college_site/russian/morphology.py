"""Russian morphology by the OpenCorpora dictionary, with guesses for unknown words."""

from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer

from college_site.russian.words import fold_word

RARE = {"Name", "Surn", "Patr", "Geox", "Abbr", "Arch", "Slng", "Erro", "Dist", "Infr"}


@lru_cache(maxsize=50_000)
def list_lemmas(word):
    """The possible lemmas of a folded word, the likeliest first.

    All forms of a dictionary word share a lemma, but not always the likeliest one: «кружки» is
    first a form of «кружка», then of «кружок».
    """
    parses = get_analyzer().parse(word)
    # «Краснобурый» has the lemma «красно-бурый».
    return tuple(dict.fromkeys(fold_word(lemma.replace("-", "")) for _, _, lemma, *_ in parses))


def lemmatize(word):
    """The likeliest lemma of a folded word."""
    return list_lemmas(word)[0]


@lru_cache(maxsize=50_000)
def list_tokens(word):
    """The index tokens of a folded word, separated by spaces: its lemmas and the word itself.

    The word itself matches prefixes of unfinished queries: «станк» is a prefix of «станки», not of
    the lemma «станок».
    """
    return " ".join(dict.fromkeys([*list_lemmas(word), word]))


def is_known(word):
    """Whether the dictionary contains the word; «е» also matches «ё»."""
    return get_analyzer().word_is_known(word)


def is_first_name(word):
    """Whether the word can be a form of a first name."""
    return "Name" in list_grammemes(word)


def is_name(word):
    """Whether the word can be a form of a first name, patronymic or surname."""
    return not list_grammemes(word).isdisjoint({"Name", "Patr", "Surn"})


def is_short_participle(word):
    """Whether the dictionary has the word as a short participle, as «организована»."""
    return is_known(word) and "PRTS" in list_grammemes(word)


def is_rare(word):
    """Whether the word can only be a name, an abbreviation or an obsolete word."""
    tags = get_analyzer().tag(word)
    return all(not RARE.isdisjoint(tag.grammemes) for tag in tags)


def is_noun(word):
    """Whether the word is likeliest a noun; words in Latin letters are names of things, too."""
    tag = get_analyzer().tag(word)[0]
    return tag.POS == "NOUN" or "LATN" in tag


@lru_cache(maxsize=10_000)
def list_grammemes(word):
    """The OpenCorpora grammemes of all parses of a word; guesses for unknown words."""
    return frozenset().union(*(tag.grammemes for tag in get_analyzer().tag(word)))


@cache
def get_analyzer():
    """The analyzer of this process, created on first use (0.1 s, 25 MB).

    Threads can share it, because it is read-only. Concurrent first calls may create several, of
    which one is cached.
    """
    return MorphAnalyzer(result_type=None)
