"""«Вы предложили — мы сделали»: what the public reads of suggestions and their answers."""

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from feedback.keywords import stems


class PublicationQuerySet(models.QuerySet):
    def published(self):
        """Publications that everybody may see, the newest first, with their suggestion's topic."""
        return (
            self.filter(published_at__lte=timezone.now())
            .select_related("suggestion__topic", "result_post")
            .order_by("-published_at", "-pk")
        )


class Publication(models.Model):
    """A suggestion as the public reads it: redacted by staff, with the answer and what came of it.

    It exists beside the suggestion, so that nothing of the original is ever shown by mistake.
    """

    suggestion = models.OneToOneField(
        "feedback.Suggestion",
        models.PROTECT,
        related_name="publication",
        verbose_name="предложение",
    )
    title = models.CharField("заголовок", max_length=150)
    text = models.TextField(
        "текст для всех",
        max_length=5000,
        help_text="Без имён, телефонов и всего, по чему узнают человека.",
    )
    answer = models.TextField("ответ для всех", max_length=5000, blank=True)
    result_post = models.ForeignKey(
        "news.Post",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="публикация о результате",
    )
    published_at = models.DateTimeField("опубликовано", null=True, blank=True)
    support_count = models.PositiveIntegerField("поддержали", default=0, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "публичный ответ"
        verbose_name_plural = "публичные ответы"
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(name="publication_newest", fields=["-published_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="publication_has_words",
                condition=~Q(title="") & ~Q(text=""),
                violation_error_message="Напишите заголовок и текст.",
            )
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.index_keywords()

    def get_absolute_url(self):
        return reverse(
            "feedback:publication_detail",
            args=[self.suggestion.year, self.suggestion.sequence],
        )

    def index_keywords(self):
        """Store the stems of what the public reads; bulk_create() and update() leave it to you."""
        wanted = set(stems(f"{self.title} {self.text} {self.answer}"))
        stored = set(self.keywords.values_list("stem", flat=True))
        self.keywords.filter(stem__in=stored - wanted).delete()
        Keyword.objects.bulk_create(
            [Keyword(publication=self, stem=stem) for stem in sorted(wanted - stored)],
            ignore_conflicts=True,
        )


class Support(models.Model):
    """«Поддерживаю» of one browser, known by the hash of a random cookie."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="supports")
    browser_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="support_once",
                fields=["publication", "browser_hash"],
                violation_error_message="Вы уже поддержали это предложение.",
            )
        ]

    def __str__(self):
        return f"{self.publication}"


class Keyword(models.Model):
    """A stem of a publication's words: by it the search and the similar suggestions find it."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="keywords")
    stem = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="keyword_once", fields=["stem", "publication"]),
        ]

    def __str__(self):
        return self.stem
