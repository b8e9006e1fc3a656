"""The queue of a new suggestion: ordinary, quarantine or restricted."""

from feedback.models import Suggestion
from feedback.moderation.abuse import screen_submission
from feedback.moderation.safeguarding import mentions_harm


def assign_queue(suggestion, honeypot, opened, network):
    """Set the queue of an unsaved suggestion; call it once, in the transaction that saves it.

    A mention of harm leads to the restricted queue, a suspicion of abuse to quarantine. The other
    arguments are those of screen_submission().
    """
    suggestion.is_restricted = mentions_harm(suggestion.text)
    suggestion.suspicion = screen_submission(suggestion.text, honeypot, opened, network)
    if suggestion.suspicion and not suggestion.is_restricted:
        suggestion.status = Suggestion.Status.QUARANTINE
