"""The college's own dictionary: words that the check of spelling must not doubt."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from college_site.russian.words import LONGEST

is_russian_word = RegexValidator(
    r"^[а-яё]{2,}(-[а-яё]+)*\Z", "Одно русское слово строчными буквами, например «демоэкзамен»."
)


class KnownWord(models.Model):
    word = models.CharField(
        "слово",
        max_length=LONGEST,
        unique=True,
        validators=[is_russian_word],
        help_text="В начальной форме: тогда известны все его формы.",
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
        verbose_name="кто добавил",
    )
    added_at = models.DateTimeField("добавлено", auto_now_add=True)

    class Meta:
        verbose_name = "слово словаря"
        verbose_name_plural = "словарь колледжа"
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(
                name="known_word_is_not_empty",
                condition=~Q(word=""),
                violation_error_message="Напишите слово.",
            )
        ]

    def __str__(self):
        return self.word
