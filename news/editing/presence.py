"""Who else has the form of a post open now."""

from datetime import timedelta

from django.utils import timezone

from college_site.templatetags.typography import plural
from news.editing.names import NBSP, short_name
from news.models import Autosave

RECENT = timedelta(minutes=5)


def list_present(post_key, user):
    """A sentence about each other user whose page of the post's form gave a sign of life."""
    slots = Autosave.objects.filter(
        post=post_key, saved_at=None, seen_at__gte=timezone.now() - RECENT
    ).exclude(user=user)
    latest = {}
    for slot in slots.select_related("user").order_by("seen_at"):
        latest[slot.user] = slot
    return [describe(slot) for slot in latest.values()]


def describe(slot):
    minutes = int((timezone.now() - slot.seen_at).total_seconds() // 60)
    when = f"{plural(minutes, 'минуту,минуты,минут')} назад" if minutes else "сейчас"
    what = "правит" if slot.entries else "смотрит"
    return f"{short_name(slot.user)} {what} эту публикацию ({when}).".replace(" (", f"{NBSP}(")
