"""The versions of the consent to the processing of contact data."""

from django.db import models
from django.urls import reverse
from django.utils import timezone


class ConsentManager(models.Manager):
    def current(self):
        """The version in force today, or None."""
        return self.filter(published_on__lte=timezone.localdate()).order_by("-version").first()


class Consent(models.Model):
    """A version of the consent to the processing of contact data; 152-ФЗ, статья 9.

    Since 01.09.2025 (156-ФЗ) a consent is a separate document. A version to which anyone has
    consented is never changed: a new wording is a new version.
    """

    version = models.PositiveIntegerField("версия", unique=True)
    text = models.TextField("текст согласия", help_text="Абзацы разделяйте пустой строкой.")
    published_on = models.DateField("действует с", default=timezone.localdate)

    objects = ConsentManager()

    class Meta:
        verbose_name = "согласие на обработку данных"
        verbose_name_plural = "согласия на обработку данных"
        ordering = ["-version"]

    def __str__(self):
        return f"Согласие, версия {self.version}"

    def get_absolute_url(self):
        return reverse("feedback:consent_detail", args=[self.version])
