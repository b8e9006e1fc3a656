"""What makes the public answers new: a saved publication, one whose moment has come."""

from functools import partial

from django.db.models.signals import post_save
from django.dispatch import receiver

from college_site import freshness
from feedback.models import Consent, Event, Publication, SuggestionTopic

freshness.watch(Consent, Publication, SuggestionTopic)


@receiver(post_save, sender=Event)
def suggestion_changed(instance, **kwargs):
    """A public answer shows the state of its suggestion, which changes with an event."""
    if instance.kind == Event.Kind.RECEIVED:
        return
    if Publication.objects.filter(suggestion=instance.suggestion_id).exists():
        freshness.bump()


def newest_moment():
    """When the newest of the public answers came out."""
    return Publication.objects.published().values("published_at")[:1]


revalidated = partial(freshness.revalidated, newest=newest_moment)
