"""What may help the writer of a text, before anything is sent and without storing a word of it."""

from typing import NamedTuple

from feedback.models import Publication
from feedback.moderation.personal_data import find_personal_data
from feedback.moderation.safeguarding import mentions_harm
from feedback.public_answers.similar import find_similar


class Hints(NamedTuple):
    """Help is offered, similar answers are shown, (kind, words) of personal data asked about."""

    mentions_harm: bool
    personal_data: list[tuple[str, str]]
    similar: list[Publication]


def find_hints(text):
    """The hints for a text."""
    return Hints(mentions_harm(text), find_personal_data(text), find_similar(text))
