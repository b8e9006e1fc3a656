"""«Вы предложили — мы сделали»: what the public reads of suggestions and their answers."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from college_site.accounts.staff_permissions import is_permitted
from college_site.http.conditional_get import invalidate
from college_site.pages.plain_text import normalize
from feedback.models.history.events import Event
from feedback.models.search_words import FREQUENT, WordLookups
from feedback.models.suggestions import Suggestion
from feedback.models.workflow.states import CLOSED
from feedback.public_answers.keywords import list_keywords

CHANGED = "Опубликовано с изменениями: {}"
NEEDS_NOTE = (
    "Текст отличается от того, что написал автор. Напишите, что изменили и почему: он это прочтёт."
)


class PublicationQuerySet(WordLookups):
    suggestion_path = "suggestion__"
    words_name = "keywords"

    def visible_to(self, user):
        """The copies of all suggestions but, without the permission, of restricted ones."""
        may_read = is_permitted(user, "feedback.view_restricted")
        return self if may_read else self.filter(suggestion__is_restricted=False)

    def public(self):
        """Publications that visitors may see, newest first."""
        may_be_seen = self.filter(
            published_at__lte=timezone.now(),
            suggestion__is_restricted=False,
            suggestion__may_publish=True,
        )
        shown = may_be_seen.exclude(suggestion__status=Suggestion.Status.WITHDRAWN)
        return shown.order_by("-published_at", "-pk")

    def published(self):
        """The public ones with what their page shows, such as their suggestion's topic."""
        linked = ("suggestion__topic", "suggestion__promise__result_post", "result_post")
        return (
            self.public()
            .select_related(*linked)
            .defer(
                "suggestion__text",
                "suggestion__answer",
                "suggestion__promise__result_post__body",
                "result_post__body",
            )
        )

    def of_suggestions(self, **lookups):
        """The publications of suggestions that meet these lookups.

        Of few suggestions each is looked up; those of many are met soon when the list is read in
        its order.
        """
        found = Suggestion.objects.filter(**lookups).order_by().values("pk")
        if found[FREQUENT : FREQUENT + 1].exists():
            return self.filter(self.about(**lookups))
        return self.filter(suggestion__in=found)

    def drafts(self):
        """Publications that were never published or were unpublished."""
        return self.filter(published_at=None)

    def lacking_answer(self):
        """Publications without their suggestion's answer, or not edited since that answer."""
        closed = self.filter(suggestion__status__in=CLOSED)
        return closed.filter(Q(answer="") | Q(updated_at__lt=F("suggestion__answered_at")))


class Publication(models.Model):
    """A suggestion as the public reads it: redacted by staff, with the answer and the result.

    It is a separate row, so that nothing of the original is ever published by mistake.
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
    vote_count = models.PositiveIntegerField("поддержали", default=0, editable=False)

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
        """Only an unrestricted suggestion whose author allowed it may be published."""
        suggestion = self.suggestion if self.suggestion_id else None
        if suggestion and (not suggestion.may_publish or suggestion.is_restricted):
            raise ValidationError(
                "Автор не разрешил публиковать это предложение, или оно закрытое."
            )

    @property
    def words(self):
        """All text that the public reads."""
        return f"{self.title}\n{self.text}\n{self.answer}"

    @property
    def changed_at(self):
        """When the public text last changed: at its publication or at a later edit."""
        return max(self.published_at, self.updated_at)

    @property
    def is_published(self):
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def promise(self):
        """The Promise beside the answer that the public reads, or None."""
        return getattr(self.suggestion, "promise", None) if self.answer else None

    @property
    def result(self):
        """The published post about the result, or None."""
        post = self.result_post
        return post if post and post.is_published else None

    @property
    def is_changed(self):
        """Whether the public reads another text than the author wrote."""
        return normalize(self.text) != normalize(self.suggestion.text)

    def publish(self, staff, note=""):
        """Publish it; returns False if it already was published.

        The author reads the note: what was changed and why. Raises ValidationError without one for
        a changed text, and for a suggestion that may not be published.
        """
        return self._set_published_at(timezone.now(), Event.Kind.PUBLISHED, staff, note)

    def unpublish(self, staff, reason):
        """Unpublish it; the author reads the reason. Returns False if it was not published."""
        return self._set_published_at(None, Event.Kind.HIDDEN, staff, reason)

    def tell_change(self, staff, note):
        """Tell the author that the published text was changed, and why."""
        with transaction.atomic():
            self._lock_suggestion().record(
                Event.Kind.PUBLISHED, CHANGED.format(note.strip()), staff=staff
            )

    def _set_published_at(self, published_at, kind, staff, note):
        locked = Publication.objects.select_for_update()
        with transaction.atomic():
            self.suggestion = self._lock_suggestion()
            self.refresh_from_db(fields=["published_at"], from_queryset=locked)
            if self.is_published == bool(published_at):
                return False
            text = self.check_publishing(note) if published_at else note.strip()
            self.published_at = published_at
            self.save(update_fields=["published_at"])
            self.suggestion.record(kind, text, staff=staff)
        return True

    def _lock_suggestion(self):
        """The suggestion, locked; it is locked before its copy and before the history."""
        locked = Suggestion.objects.select_for_update().get(pk=self.suggestion_id)
        locked.now = self.suggestion.now
        return locked

    def check_publishing(self, note):
        """What the author is told of the publication; ValidationError if it is not allowed."""
        self.clean()
        if not self.is_changed:
            return ""
        if not note.strip():
            raise ValidationError(NEEDS_NOTE)
        return CHANGED.format(note.strip())

    def has_vote_from(self, browser_hash):
        return self.votes.filter(browser_hash=browser_hash).exists()

    def add_vote(self, browser_hash):
        """Count the vote of a browser; a second vote of the same browser changes nothing."""
        with transaction.atomic():
            _, is_new = Vote.objects.get_or_create(publication=self, browser_hash=browser_hash)
            if is_new:
                counted = Publication.objects.filter(pk=self.pk)
                counted.update(vote_count=F("vote_count") + 1)
        if is_new:
            invalidate()

    def index_keywords(self):
        """Store the lemmas of the public text; call it yourself after bulk_create() or update()."""
        wanted = set(list_keywords(self.words))
        stored = set(self.keywords.values_list("lemma", flat=True))
        self.keywords.filter(lemma__in=stored - wanted).delete()
        Keyword.objects.bulk_create(
            [Keyword(publication=self, lemma=lemma) for lemma in sorted(wanted - stored)],
            ignore_conflicts=True,
        )


class Vote(models.Model):
    """«Поддерживаю» of one browser, known by the hash of a random cookie."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="votes")
    browser_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vote_once",
                fields=["publication", "browser_hash"],
                violation_error_message="Вы уже поддержали это предложение.",
            )
        ]

    def __str__(self):
        return f"{self.publication}"


class Keyword(models.Model):
    """A lemma of a publication's text, for the search and for similar suggestions."""

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
