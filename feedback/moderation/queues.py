"""Where a new suggestion goes: who may read it, and whether staff check it first."""

from feedback.models import Suggestion
from feedback.moderation.abuse import screen_submission
from feedback.moderation.safeguarding import mentions_harm


def assign_queue(suggestion, honeypot, opened, network):
    """Set the queue of an unsaved suggestion; call it once, in the transaction that saves it.

    A mention of harm leads to the restricted queue, which is read first; a suspicion of abuse leads
    to quarantine, from which no email leaves. Both may be true: a program may write of harm, too.
    The other arguments are those of screen_submission().
    """
    suggestion.is_restricted = mentions_harm(suggestion.text)
    suggestion.suspicion = screen_submission(suggestion.text, honeypot, opened, network)
    if suggestion.suspicion:
        suggestion.status = Suggestion.Status.QUARANTINE
