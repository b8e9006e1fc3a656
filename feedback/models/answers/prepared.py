"""Prepared answers: texts with placeholders that staff choose from while they answer."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from college_site.templatetags.typography import NBSP, full_date
from feedback.models.topics import SuggestionTopic
from feedback.models.workflow.access import full_name
from feedback.models.workflow.answering import PLACEHOLDER
from feedback.models.workflow.states import Decision


def write_day(day):
    return full_date(day).replace(NBSP, " ")


PLACEHOLDERS = {  # placeholder: its value for a suggestion and the member of staff who answers
    "{номер}": lambda suggestion, staff: suggestion.number,
    "{дата}": lambda suggestion, staff: write_day(timezone.localdate()),
    "{тема}": lambda suggestion, staff: str(suggestion.topic),
    "{срок}": lambda suggestion, staff: write_day(suggestion.due_on),
    "{ответственный}": lambda suggestion, staff: full_name(suggestion.responsible or staff),
}


def check_placeholders(text):
    """Raise ValidationError if the text has a placeholder that nothing can replace."""
    unknown = [found for found in PLACEHOLDER.findall(text) if found not in PLACEHOLDERS]
    if unknown:
        raise ValidationError(
            f"Таких подстановок нет: {', '.join(unknown)}. Есть {', '.join(PLACEHOLDERS)}."
        )


class PreparedAnswerQuerySet(models.QuerySet):
    def for_topic(self, topic_id):
        """Those of the topic and those of all topics, its own first."""
        return self.filter(Q(topic=topic_id) | Q(topic=None)).order_by(
            models.F("topic").asc(nulls_last=True), "title"
        )


class PreparedAnswer(models.Model):
    """A text for answers that recur, with the decision that it usually tells."""

    title = models.CharField("название", max_length=100, unique=True)
    topic = models.ForeignKey(
        SuggestionTopic,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="prepared_answers",
        verbose_name="тема",
        help_text="Без темы предлагается при каждом ответе.",
    )
    decision = models.CharField(
        "решение",
        max_length=10,
        choices=Decision,
        blank=True,
        help_text="Будет выбрано вместе с текстом; поправить можно перед отправкой.",
    )
    text = models.TextField(
        "текст",
        max_length=5000,
        validators=[check_placeholders],
        help_text=f"Сайт подставит сам: {', '.join(PLACEHOLDERS)}.",
    )

    objects = PreparedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "заготовка ответа"
        verbose_name_plural = "заготовки ответов"
        ordering = ["title"]

    def __str__(self):
        return self.title

    def fill(self, suggestion, staff):
        """The text for this suggestion, with every placeholder replaced."""
        text = self.text.replace("\r\n", "\n")
        for placeholder, value in PLACEHOLDERS.items():
            text = text.replace(placeholder, value(suggestion, staff))
        return text
