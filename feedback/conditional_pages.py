"""Cache validation of the public pages: they change with saved rows and at publication times."""

from functools import partial

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from college_site.http import conditional_get
from feedback.models import Consent, Promise, Publication, Suggestion, SuggestionTopic

conditional_get.invalidate_on_save(Consent, Promise, Publication, SuggestionTopic)


@receiver(post_save, sender=Suggestion)
def invalidate_on_suggestion_change(created, **kwargs):
    """The statistics count a suggestion by its state, a public answer shows state and topic.

    A new suggestion appears on no public page before midnight.
    """
    if not created:
        conditional_get.invalidate()


def newest_answer():
    """The publication time of the newest public answer, as a queryset."""
    return Publication.objects.public().values("published_at")[:1]


def newest_result():
    """The publication time of the newest post, which an answer may show as its result.

    The model of Publication.result_post has `published()` on its manager, newest first.
    """
    results = Publication.result_post.field.related_model.objects
    return results.published().values("published_at")[:1]


conditional_page = partial(conditional_get.conditional_page, newest=[newest_answer, newest_result])


def next_release():
    """When the next scheduled public answer appears, or None."""
    scheduled = Publication.objects.filter(published_at__gt=timezone.now())
    return scheduled.order_by("published_at").values_list("published_at", flat=True).first()
