"""The topics of suggestions."""

from django.db import models


class SuggestionTopic(models.Model):
    """A topic that the form offers."""

    title = models.CharField("название", max_length=80, unique=True)
    is_active = models.BooleanField(
        "предлагается в форме", default=True, help_text="Снимите отметку вместо удаления."
    )
    order = models.PositiveIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "тема предложений"
        verbose_name_plural = "темы предложений"
        ordering = ["order", "title"]

    def __str__(self):
        return self.title
