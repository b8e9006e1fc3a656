"""Hints for the author of a text before its submission; nothing of it is stored."""

from typing import NamedTuple

from feedback.models import Publication
from feedback.moderation.personal_data import find_personal_data
from feedback.moderation.safeguarding import mentions_harm
from feedback.public_answers.similar import find_similar


class Hints(NamedTuple):
    """`personal_data` are pairs of kind and words, `similar` published answers."""

    mentions_harm: bool
    personal_data: list[tuple[str, str]]
    similar: list[Publication]


def find_hints(text):
    return Hints(mentions_harm(text), find_personal_data(text), find_similar(text))
