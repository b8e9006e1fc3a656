"""Addresses in Latin letters from Russian titles, as Django's admin makes them in the browser."""

from django.utils.text import slugify

LETTERS = dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdezijklmnoprstufhcye", strict=True)) | {
    "ё": "yo",
    "ж": "zh",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}


def make_slug(title, max_length=60):
    """A slug of at most `max_length` characters, cut between words; "" when nothing is left."""
    slug = slugify("".join(LETTERS.get(letter, letter) for letter in title.lower()))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
