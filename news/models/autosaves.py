"""What a member of staff has entered into the form of a post and not saved yet."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict


class Autosave(models.Model):
    """One open form: of a stored post, or of a new one that is not stored yet.

    It is no version of the post: saving the form deletes it. Photographs that were uploaded in the
    meantime belong to it until then.
    """

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="autosaves")
    post = models.ForeignKey(
        "news.Post", models.CASCADE, related_name="autosaves", null=True, blank=True
    )
    entries = models.TextField("введённое")  # as a browser encodes a form: title=…&lead=…
    created_at = models.DateTimeField("начато", auto_now_add=True)
    updated_at = models.DateTimeField("изменено", auto_now=True)

    class Meta:
        verbose_name = "несохранённое"
        verbose_name_plural = "несохранённое"
        ordering = ["-updated_at"]
        indexes = [models.Index(name="autosave_newest_of_user", fields=["user", "-updated_at"])]
        constraints = [
            models.UniqueConstraint(
                name="autosave_one_of_user_and_post",
                fields=["user", "post"],
                condition=Q(post__isnull=False),
                violation_error_message="Эту публикацию вы уже правите.",
            )
        ]

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
