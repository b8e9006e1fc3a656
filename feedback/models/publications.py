"""«Вы предложили — мы сделали»: what the public reads of suggestions and their answers."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from college_site.http.conditional_get import invalidate
from college_site.russian.morphology import list_lemmas
from feedback.models.events import Event
from feedback.models.states import CLOSED
from feedback.models.suggestions import Suggestion
from feedback.public_answers.keywords import list_keywords


class PublicationQuerySet(models.QuerySet):
    def published(self):
        """Publications that everybody may see, the newest first, with their suggestion's topic."""
        return (
            self.filter(published_at__lte=timezone.now(), suggestion__is_restricted=False)
            .exclude(suggestion__status=Suggestion.Status.WITHDRAWN)
            .select_related("suggestion__topic", "result_post")
            .defer("suggestion__text", "suggestion__answer", "result_post__body")
            .order_by("-published_at", "-pk")
        )

    def drafts(self):
        """Publications that were never shown or were taken from the site."""
        return self.filter(published_at=None)

    def lacking_answer(self):
        """Publications without the answer that their suggestion got, or not seen to since it."""
        closed = self.filter(suggestion__status__in=CLOSED)
        return closed.filter(Q(answer="") | Q(updated_at__lt=F("suggestion__answered_at")))

    def visible_to(self, user):
        """Publications whose original this member of staff may read."""
        if user.has_perm("feedback.view_restricted"):
            return self
        return self.filter(suggestion__is_restricted=False)

    def numbered(self, number):
        """The publication of the suggestion with this public number, as "2026-17"."""
        year, sequence = map(int, number.split("-"))
        return self.filter(suggestion__year=year, suggestion__sequence=sequence)

    def with_words(self, words):
        """Publications in which each of the words occurs in some form; all, where there is none."""
        found = self
        for word in words:
            keywords = Keyword.objects.filter(lemma__in=list_lemmas(word))
            found = found.filter(pk__in=keywords.values("publication"))
        return found


class Publication(models.Model):
    """A suggestion as the public reads it: redacted by staff, with the answer and what came of it.

    It exists beside the suggestion, so that nothing of the original is ever shown by mistake.
    """

    suggestion = models.OneToOneField(
        Suggestion,
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
    # A page of another app, whose model offers `is_published`, get_absolute_url() and, on its
    # manager, `published()`.
    result_post = models.ForeignKey(
        "news.Post",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="публикация о результате",
    )
    published_at = models.DateTimeField("опубликовано", null=True, blank=True)
    updated_at = models.DateTimeField("слова изменены", auto_now=True)
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
        return reverse("feedback:publication_detail", args=[self.suggestion.number])

    def clean(self):
        """Only what its author allowed and staff may read freely comes before the public."""
        suggestion = self.suggestion if self.suggestion_id else None
        if suggestion and (not suggestion.may_publish or suggestion.is_restricted):
            raise ValidationError(
                "Автор не разрешил публиковать это предложение, или оно закрытое."
            )

    @property
    def words(self):
        """Everything in words that the public reads."""
        return f"{self.title}\n{self.text}\n{self.answer}"

    @property
    def changed_at(self):
        """When what the public reads last changed: published, or written anew since."""
        return max(self.published_at, self.updated_at)

    @property
    def is_published(self):
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def result(self):
        """The published post that shows what came of it, or None."""
        post = self.result_post
        return post if post and post.is_published else None

    def publish(self, staff):
        """Show it to everybody; whether that changed anything."""
        return self._become(timezone.now(), Event.Kind.PUBLISHED, staff)

    def unpublish(self, staff):
        """Take it from the site; whether that changed anything."""
        return self._become(None, Event.Kind.HIDDEN, staff)

    def _become(self, published_at, kind, staff):
        locked = Publication.objects.select_for_update()
        with transaction.atomic():
            self.refresh_from_db(fields=["published_at"], from_queryset=locked)
            if self.is_published == bool(published_at):
                return False
            self.published_at = published_at
            self.save(update_fields=["published_at"])
            self.suggestion.record(kind, staff=staff)
        return True

    def is_supported_by(self, browser_hash):
        return self.supports.filter(browser_hash=browser_hash).exists()

    def add_support(self, browser_hash):
        """Count a browser that supports it; a second time changes nothing."""
        with transaction.atomic():
            _, is_new = Support.objects.get_or_create(publication=self, browser_hash=browser_hash)
            if is_new:
                counted = Publication.objects.filter(pk=self.pk)
                counted.update(support_count=F("support_count") + 1)
        if is_new:
            invalidate()

    def index_keywords(self):
        """Store the lemmas of what the public reads; bulk_create() and update() leave it to you."""
        wanted = set(list_keywords(self.words))
        stored = set(self.keywords.values_list("lemma", flat=True))
        self.keywords.filter(lemma__in=stored - wanted).delete()
        Keyword.objects.bulk_create(
            [Keyword(publication=self, lemma=lemma) for lemma in sorted(wanted - stored)],
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
    """A lemma of a publication's words: by it the search and the similar suggestions find it."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="keywords")
    lemma = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="keyword_once",
                fields=["lemma", "publication"],
                violation_error_message="Это слово у публичного ответа уже есть.",
            ),
        ]

    def __str__(self):
        return self.lemma
