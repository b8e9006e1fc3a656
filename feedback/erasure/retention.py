"""How long the content of suggestions is kept after their end."""

from datetime import timedelta

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from feedback.models import Event, Suggestion, SuggestionTopic
from feedback.models.workflow.states import CLOSED, Status


def find_due():
    """Suggestions whose content has been kept for as long as their topic says, oldest first.

    The end is the answer, or the moment at which the author withdrew the suggestion. The purpose is
    not reached before a promise is fulfilled or cancelled, so that counts as the end, too; a
    duplicate waits for the promise of its original.
    """
    due = Q(pk__in=[])
    for topic in SuggestionTopic.objects.all():
        latest = timezone.now() - timedelta(days=topic.retention_days)
        due |= Q(topic=topic, ended_at__lte=latest) & is_settled(latest)
    events = Event.objects.filter(suggestion=OuterRef("pk"), kind=Event.Kind.WITHDRAWN)
    withdrawn_at = Subquery(events.order_by("-position").values("happened_at")[:1])
    ended = Suggestion.objects.filter(erased_at=None, status__in=(*CLOSED, Status.WITHDRAWN))
    ended = ended.annotate(ended_at=Coalesce("answered_at", withdrawn_at))
    return ended.filter(due).order_by("ended_at", "pk")


def is_settled(moment):
    """The condition that by then nothing was promised any more, neither to a duplicate."""
    day, condition = timezone.localdate(moment), Q()
    for path in ("promise", "duplicate_of__promise"):
        condition &= Q(**{path: None}) | Q(**{f"{path}__closed_on__lte": day})
    return condition
