"""The search among public answers: words, topic and state, from the address of the page."""

from django.db import transaction
from django.utils.functional import cached_property

from college_site.russian.words import split_words
from feedback.models import Publication, SuggestionTopic
from feedback.models.states import PUBLIC

MOST_CHARACTERS = 100
MOST_WORDS = 8


class PublicationSearch:
    """What a visitor asked for; a value that means nothing counts as not given."""

    STATES = PUBLIC

    def __init__(self, parameters):
        self.text = " ".join(parameters.get("q", "").replace("\x00", " ").split())[:MOST_CHARACTERS]
        state = parameters.get("state", "")
        self.state = state if state in self.STATES else ""
        topic = parameters.get("topic", "")
        self.topic = next((one for one in self.topics if str(one.pk) == topic), None)

    @cached_property
    def topics(self):
        """The topics that staff keep; a handful."""
        return list(SuggestionTopic.objects.all())

    @property
    def is_filtered(self):
        return bool(self.text or self.state or self.topic)

    def found(self):
        """The publications that fit, the newest first."""
        found = Publication.objects.published().with_words(split_words(self.text)[:MOST_WORDS])
        if self.state:
            found = found.filter(suggestion__status=self.state)
        if self.topic:
            found = found.filter(suggestion__topic=self.topic)
        return found


def rebuild():
    """Index every public answer; yields the number of answers done so far."""
    for done, publication in enumerate(Publication.objects.order_by("pk").iterator(), start=1):
        with transaction.atomic():
            publication.index_keywords()
        yield done
