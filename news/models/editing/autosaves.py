"""What a member of staff has entered into the form of a post and not saved yet."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone

LIFETIME = timedelta(days=30)
EMPTY_LIFETIME = timedelta(days=1)  # of the slot of a page on which nothing was entered


class AutosaveQuerySet(models.QuerySet):
    def expired(self):
        """Slots that nobody came back for, and empty ones of pages closed long ago."""
        now = timezone.now()
        old = Q(updated_at__lt=now - LIFETIME)
        empty = Q(updated_at__lt=now - EMPTY_LIFETIME, entries="", saved_at=None)
        is_open = Q(seen_at__isnull=False, seen_at__gte=now - EMPTY_LIFETIME)
        return self.filter(old | empty & ~has_photos()).exclude(is_open)

    def unsaved(self):
        """Slots with something that their users may want back, the newest first."""
        return self.filter(~Q(entries="") | has_photos(), saved_at=None)


def has_photos():
    photos = Autosave._meta.get_field("photos").related_model.objects
    return Q(Exists(photos.filter(autosave=OuterRef("pk"))))


class Autosave(models.Model):
    """The slot of one open form: of a stored post, or of a new one that is not stored yet.

    It is no version of the post: saving the form empties it. Photographs that were uploaded in the
    meantime belong to it until then. The empty row remains for a while, so that a request that
    comes late, or a form that is sent twice, finds that everything is saved.
    """

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="autosaves")
    post = models.ForeignKey(
        "news.Post", models.SET_NULL, related_name="autosaves", null=True, blank=True
    )
    # As a browser encodes a form: title=…&lead=…; "" until something was entered.
    entries = models.TextField("введённое", blank=True)
    page = models.UUIDField("страница", null=True)  # the open page that wrote last
    seen_at = models.DateTimeField("открыто", null=True)  # None after the page was left
    saved_at = models.DateTimeField("сохранено", null=True)
    created_at = models.DateTimeField("начато", auto_now_add=True)
    updated_at = models.DateTimeField("изменено", default=timezone.now)  # of the entries

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        verbose_name = "несохранённое"
        verbose_name_plural = "несохранённое"
        ordering = ["-updated_at", "pk"]
        indexes = [models.Index(name="autosave_newest_of_user", fields=["user", "-updated_at"])]

    def __str__(self):
        return self.title or "Без заголовка"

    @property
    def title(self):
        """The title as entered, "" if there is none."""
        return self.data.get("title", "").strip()

    @property
    def data(self):
        """The entries as a QueryDict."""
        return QueryDict(self.entries)

    def finish(self, post):
        """Empty the slot: its entries and photographs are in `post`."""
        self.entries, self.post, self.saved_at, self.seen_at = "", post, timezone.now(), None
        self.save(update_fields=["entries", "post", "saved_at", "seen_at"])


def delete_expired_autosave():
    """Delete an expired slot with its photographs; returns whether there was one."""
    slot = Autosave.objects.expired().first()
    if slot is None:
        return False
    slot.delete()
    return True
