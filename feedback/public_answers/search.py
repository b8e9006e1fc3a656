"""The search for public answers by words, topic and state."""

from django.db import transaction
from django.utils.functional import cached_property

from college_site.russian.words import split_words
from feedback.models import Publication, Suggestion, SuggestionTopic
from feedback.models.search_words import index_words
from feedback.models.workflow.states import PUBLIC

MAX_CHARACTERS = 100
MAX_WORDS = 8


class PublicationSearch:
    """The search of a query string; invalid values are ignored."""

    STATES = PUBLIC

    def __init__(self, parameters):
        self.text = " ".join(parameters.get("q", "").replace("\x00", " ").split())[:MAX_CHARACTERS]
        state = parameters.get("state", "")
        self.state = state if state in self.STATES else ""
        topic = parameters.get("topic", "")
        self.topic = next((one for one in self.topics if str(one.pk) == topic), None)

    @cached_property
    def topics(self):
        return list(SuggestionTopic.objects.all())

    @property
    def is_filtered(self):
        return bool(self.text or self.state or self.topic)

    def results(self):
        """The matching publications, newest first."""
        results = Publication.objects.published().with_words(split_words(self.text)[:MAX_WORDS])
        if self.state:
            results = results.of_suggestions(status=self.state)
        if self.topic:
            results = results.of_suggestions(topic=self.topic)
        return results


def rebuild():
    """Index every public answer and every suggestion; yields the number of texts indexed so far."""
    done = 0
    for model, index in ((Publication, Publication.index_keywords), (Suggestion, index_words)):
        for row in model.objects.order_by("pk").iterator():
            with transaction.atomic():
                index(row)
            done += 1
            yield done
