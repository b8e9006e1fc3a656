"""Photographs that were taken off the site."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Takedown(models.Model):
    """Who took a photograph off the site, when and why; nothing of the picture itself.

    Its digest refuses the same file when somebody uploads it again.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    label = models.CharField("снимок", max_length=250)
    reason = models.TextField("причина", max_length=500)
    uses = models.PositiveIntegerField("публикаций", default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name="кто"
    )
    created_at = models.DateTimeField("когда", auto_now_add=True)

    class Meta:
        verbose_name = "снятый снимок"
        verbose_name_plural = "снятые снимки"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="takedown_has_reason",
                condition=~Q(reason=""),
                violation_error_message="Напишите, почему снимок снят с сайта.",
            )
        ]

    def __str__(self):
        return self.label
