"""Slugs of Russian titles, transliterated like in the JavaScript of Django's admin."""

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
    """A slug of at most `max_length` characters, cut between words; may be ""."""
    slug = slugify("".join(LETTERS.get(letter, letter) for letter in title.lower()))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
