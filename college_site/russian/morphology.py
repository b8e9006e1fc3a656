"""Word forms by the OpenCorpora dictionary; of words that it lacks by their endings."""

from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer

from college_site.russian.words import fold_word


@lru_cache(maxsize=50_000)
def list_lemmas(word):
    """The lemmas that a folded word may be a form of, the likeliest first.

    Any two forms of a word in the dictionary share one. Their likeliest lemmas may differ:
    «кружки» counts as a form of «кружка» first, of «кружок» second.
    """
    parses = get_analyzer().parse(word)
    # «Краснобурый» has the lemma «красно-бурый».
    return tuple(dict.fromkeys(fold_word(lemma.replace("-", "")) for _, _, lemma, *_ in parses))


def lemmatize(word):
    """The likeliest lemma of a folded word."""
    return list_lemmas(word)[0]


@lru_cache(maxsize=50_000)
def list_tokens(word):
    """What an index holds of a folded word, separated by spaces: its lemmas, and itself.

    By itself an unfinished query finds it: «станк» is the beginning of «станки», not of «станок».
    """
    return " ".join(dict.fromkeys([*list_lemmas(word), word]))


def is_known(word):
    """Whether the dictionary has the word; «е» may stand for «ё»."""
    return get_analyzer().word_is_known(word)


def is_first_name(word):
    """Whether the word may be a form of a first name."""
    return "Name" in list_grammemes(word)


def is_name(word):
    """Whether the word may be a form of a first name, patronymic or surname."""
    return not list_grammemes(word).isdisjoint({"Name", "Patr", "Surn"})


@lru_cache(maxsize=10_000)
def list_grammemes(word):
    """What a word may be, in the terms of OpenCorpora; a guess where the dictionary lacks it."""
    return frozenset().union(*(tag.grammemes for tag in get_analyzer().tag(word)))


@cache
def get_analyzer():
    """The analyzer of this process, made when first needed: 0.1 s and 25 MB.

    Threads share it, since it only reads. Two that need it first at once may make one each; the
    one that is not cached is freed.
    """
    return MorphAnalyzer(result_type=None)
