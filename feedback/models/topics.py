"""The topics of suggestions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from feedback.deadlines import ANSWER_DAYS

RETENTION_DAYS = 30  # 152-ФЗ (статья 21, часть 4): destroyed within 30 days of reaching the purpose
LONGEST_RETENTION = 5 * 366


class SuggestionTopic(models.Model):
    """A topic that the form offers."""

    title = models.CharField("название", max_length=80, unique=True)
    is_active = models.BooleanField(
        "предлагается в форме", default=True, help_text="Снимите отметку вместо удаления."
    )
    retention_days = models.PositiveSmallIntegerField(
        "хранить дней после ответа",
        default=RETENTION_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_RETENTION)],
        help_text=(
            "Потом команда purge уничтожит тексты, файлы и почту авторов. Закон даёт 30 дней после "
            "достижения цели (152-ФЗ, статья 21, часть 4); больше — если так сказано в политике."
        ),
    )
    order = models.PositiveIntegerField("порядок", default=0)
    answer_days = models.PositiveSmallIntegerField(
        "срок ответа, дней",
        default=ANSWER_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(ANSWER_DAYS)],
        help_text=f"Календарных дней со дня, когда предложение принято; не больше {ANSWER_DAYS}. "
        "Новый срок действует для новых предложений.",
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ответственный",
        help_text="Видит предложения темы и получает новые, пока их не передали другому.",
    )

    class Meta:
        verbose_name = "тема предложений"
        verbose_name_plural = "темы предложений"
        ordering = ["order", "title"]
        constraints = [
            models.CheckConstraint(
                name="topic_answer_within_term",
                condition=Q(answer_days__gte=1, answer_days__lte=ANSWER_DAYS),
                violation_error_message=f"Срок ответа — от 1 до {ANSWER_DAYS} дней.",
            ),
        ]

    def __str__(self):
        return self.title
