"""What makes answers and figures new: a saved row, an answer or a result whose moment has come."""

from functools import partial

from django.db.models.signals import post_save
from django.dispatch import receiver

from college_site.http import conditional_get
from feedback.models import Consent, Publication, Suggestion, SuggestionTopic

conditional_get.invalidate_on_save(Consent, Publication, SuggestionTopic)


@receiver(post_save, sender=Suggestion)
def suggestion_changed(created, **kwargs):
    """The figures count a suggestion by its state, a public answer shows state and topic.

    A new suggestion shows nowhere before midnight.
    """
    if not created:
        conditional_get.invalidate()


def newest_answer():
    """When the newest of the public answers came out."""
    return Publication.objects.published().values("published_at")[:1]


def newest_result():
    """When the newest result came out: an answer may have waited to show it.

    What Publication.result_post refers to offers `published()` on its manager, newest first.
    """
    results = Publication.result_post.field.related_model.objects
    return results.published().values("published_at")[:1]


conditional_page = partial(conditional_get.conditional_page, newest=[newest_answer, newest_result])
