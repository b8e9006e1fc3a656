"""What may help the writer of a text, before anything is sent and without storing a word of it."""

from typing import NamedTuple

from feedback.models import Publication
from feedback.moderation.personal_data import personal_data
from feedback.moderation.safeguarding import mentions_harm
from feedback.public_answers.similar import similar


class Hints(NamedTuple):
    """Help is offered, similar answers are shown, (kind, words) of personal data asked about."""

    mentions_harm: bool
    personal_data: list[tuple[str, str]]
    similar: list[Publication]


def hints(text):
    """The hints for a text."""
    return Hints(mentions_harm(text), personal_data(text), similar(text))
