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
    not reached before a promise is fulfilled or cancelled, so that counts as the end, too.
    """
    due = Q(pk__in=[])
    for topic in SuggestionTopic.objects.all():
        latest = timezone.now() - timedelta(days=topic.retention_days)
        told = Q(promise=None) | Q(promise__closed_on__lte=timezone.localdate(latest))
        due |= Q(topic=topic, ended_at__lte=latest) & told
    events = Event.objects.filter(suggestion=OuterRef("pk"), kind=Event.Kind.WITHDRAWN)
    withdrawn_at = Subquery(events.order_by("-position").values("happened_at")[:1])
    ended = Suggestion.objects.filter(erased_at=None, status__in=(*CLOSED, Status.WITHDRAWN))
    ended = ended.annotate(ended_at=Coalesce("answered_at", withdrawn_at))
    return ended.filter(due).order_by("ended_at", "pk")
