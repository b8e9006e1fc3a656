"""A post: an event report, an announcement or a notice."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from college_site.pages.absolute_urls import fixed_path
from college_site.rich_text import RichTextField, render_rich_text
from college_site.russian.academic_year import AcademicYear
from college_site.russian.words import strip_markup
from news.models.addresses import PostAddress
from news.models.media.photos import Photo
from news.models.post_queries import CARD_COLUMNS, DESK_ORDER, PostQuerySet
from news.models.publishing.bin import PostBin
from news.models.publishing.states import PostKind, PostState
from news.models.publishing.transitions import PostTransitions
from news.models.subjects import Partner, Topic
from news.photos.placement import list_placed, list_placed_videos, split_body

WORDS_A_MINUTE = 180

not_a_year = RegexValidator(
    r"^\d+(-\d+)*$",
    "Адрес не может состоять из одних цифр: такие адреса заняты архивом.",
    inverse_match=True,
)


class Post(PostAddress, PostBin, PostTransitions):
    Kind, State = PostKind, PostState

    kind = models.CharField("вид", max_length=12, choices=PostKind, default=PostKind.REPORT)
    title = models.CharField("заголовок", max_length=250)
    slug = models.SlugField(
        "адрес",
        max_length=80,
        unique=True,
        blank=True,
        validators=[not_a_year],
        help_text="Последняя часть адреса страницы. Пустое поле заполнится из заголовка.",
    )
    lead = models.TextField(
        "лид",
        max_length=500,
        blank=True,
        help_text="Одно-два предложения: что, где и когда. Стоит и в списке новостей.",
    )
    body = RichTextField("текст", blank=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="posts", null=True, blank=True, verbose_name="тема"
    )
    partners = models.ManyToManyField(
        Partner, through="news.Participation", related_name="posts", blank=True
    )
    event_date = models.DateField("дата события", null=True, blank=True)
    event_end_date = models.DateField(
        "последний день", null=True, blank=True, help_text="Если событие длится больше одного дня."
    )
    event_time = models.TimeField("начало", null=True, blank=True)
    place = models.CharField("место", max_length=200, blank=True)
    announcement = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="reports",
        null=True,
        blank=True,
        limit_choices_to={"kind": PostKind.ANNOUNCEMENT.value},
        db_index=False,
        verbose_name="анонс этого события",
        help_text="Для репортажа: страницы анонса и репортажа сошлются друг на друга.",
    )
    published_at = models.DateTimeField(
        "дата и время выхода",
        null=True,
        blank=True,
        help_text="Чтобы публикация вышла сама, укажите время в будущем и сохраните её. "
        "Чтобы опубликовать кнопкой внизу, оставьте пустым.",
    )
    withdrawn_from = models.DateTimeField("прежнее время выхода", null=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="posts",
        null=True,
        editable=False,
        verbose_name="автор",
    )
    submitted_at = models.DateTimeField("отправлено на проверку", null=True, editable=False)
    review_note = models.TextField("записка редактору", blank=True, editable=False)
    returned_at = models.DateTimeField("возвращено автору", null=True, editable=False)
    return_reason = models.TextField("причина возврата", blank=True, editable=False)
    created_at = models.DateTimeField("создано", auto_now_add=True)
    updated_at = models.DateTimeField("изменено", auto_now=True)
    # Increased by the database with every save, so that a form knows whether it is out of date.
    version = models.PositiveIntegerField(editable=False, default=1)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "публикация"
        verbose_name_plural = "публикации"
        ordering = ["-published_at", "-pk"]
        permissions = [("publish_post", "Может публиковать и править публикации других")]
        indexes = [
            models.Index(name="post_newest", fields=["-published_at", "-id"]),
            models.Index(name="post_newest_of_kind", fields=["kind", "-published_at", "-id"]),
            models.Index(name="post_newest_of_topic", fields=["topic", "-published_at", "-id"]),
            models.Index(
                name="post_newest_of_topic_and_kind",
                fields=["topic", "kind", "-published_at", "-id"],
            ),
            models.Index(
                name="post_reports_of_announcement",
                fields=["announcement", "-published_at"],
                condition=Q(announcement__isnull=False),
            ),
            models.Index(
                name="post_in_review",
                fields=["submitted_at"],
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(*DESK_ORDER, name="post_desk_order"),
            models.Index("kind", Coalesce("event_end_date", "event_date"), name="post_by_last_day"),
            models.Index(name="post_outside_bin", fields=["deleted_at", "-published_at", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="post_event_ends_after_start",
                condition=Q(event_end_date__isnull=True)
                | Q(event_date__isnull=False, event_end_date__gte=F("event_date")),
                violation_error_message="Последний день не может быть раньше даты события.",
            ),
            models.CheckConstraint(
                name="post_event_time_has_date",
                condition=Q(event_time__isnull=True) | Q(event_date__isnull=False),
                violation_error_message="Укажите дату события: у него есть время начала.",
            ),
            models.CheckConstraint(
                name="post_announcement_has_date",
                condition=~Q(kind=PostKind.ANNOUNCEMENT.value)
                | Q(event_date__isnull=False)
                | Q(published_at__isnull=True),
                violation_error_message="Без даты события анонс не опубликовать: укажите её.",
            ),
            models.CheckConstraint(
                name="post_report_has_announcement",
                condition=Q(announcement__isnull=True) | Q(kind=PostKind.REPORT.value),
                violation_error_message="Анонс события указывают только у репортажа.",
            ),
            models.CheckConstraint(
                name="post_is_not_its_announcement",
                condition=Q(announcement__isnull=True) | ~Q(announcement=F("id")),
                violation_error_message="Публикация не может быть анонсом самой себя.",
            ),
            models.CheckConstraint(
                name="post_in_review_is_draft",
                condition=Q(published_at__isnull=True)
                | Q(submitted_at__isnull=True, returned_at__isnull=True),
                violation_error_message="На проверке и у автора бывают только черновики.",
            ),
            models.CheckConstraint(
                name="post_submitted_or_returned",
                condition=Q(submitted_at__isnull=True) | Q(returned_at__isnull=True),
                violation_error_message="Публикация либо на проверке, либо возвращена автору.",
            ),
            models.CheckConstraint(
                name="post_returned_with_reason",
                condition=Q(returned_at__isnull=True, return_reason="")
                | Q(returned_at__isnull=False) & ~Q(return_reason=""),
                violation_error_message="Напишите причину возврата.",
            ),
            models.CheckConstraint(
                name="post_in_bin_is_not_published",
                condition=Q(deleted_at__isnull=True) | Q(published_at__isnull=True),
                violation_error_message="Публикация в корзине: сначала верните её.",
            ),
            models.CheckConstraint(
                name="post_known_kind",
                condition=Q(kind__in=PostKind.values),
                violation_error_message="Выберите вид: репортаж, анонс или объявление.",
            ),
            models.CheckConstraint(
                name="post_has_slug",
                condition=~Q(slug=""),
                violation_error_message="Адрес не получился из заголовка: напишите его латиницей.",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self.unique_slug()
        is_stored = not self._state.adding
        if is_stored:
            self.version = F("version") + 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
        with transaction.atomic():
            if is_stored and "slug" in (kwargs.get("update_fields") or ["slug"]):
                self.remember_address()
            super().save(*args, **kwargs)
            if is_stored:
                self.refresh_from_db(fields=["version"])
            self.participations.update(kind=self.kind, published_at=self.published_at)

    def get_absolute_url(self):
        """The path of `post_detail`; a list has dozens, reverse() takes 25 µs."""
        return f"{fixed_path('news:post_list')}{self.slug}/"

    @property
    def academic_year(self):
        """The academic year in which the post was published."""
        return AcademicYear.of(self.published_at)

    @property
    def cover(self):
        """The cover photograph, or None; no query after for_cards() or for_page()."""
        photos = self.covers if hasattr(self, "covers") else self.photos.all()
        return next((photo for photo in photos if photo.is_cover), None)

    @property
    def card_facts(self):
        """What a card shows: the columns of for_cards(), the row of the cover and the day."""
        names = [column.partition("__")[0] for column in CARD_COLUMNS]
        cover = self.cover
        row = cover and [getattr(cover, field.attname) for field in cover._meta.concrete_fields]
        return [getattr(self, name) for name in names], row, timezone.localdate()

    @property
    def gallery(self):
        """The photographs besides the cover, stills of videos and those in the text, in order."""
        stills = {video.still_id for video in getattr(self, "page_videos", ())}
        placed = list_placed(self.body)
        photos = [photo for photo in self.photos.all() if photo.pk not in placed]
        return [photo for photo in photos if not photo.is_cover and photo.pk not in stills]

    @property
    def hosts(self):
        """The participations of the organisers."""
        return [
            participation for participation in self.participations.all() if participation.is_host
        ]

    @property
    def body_parts(self):
        """The body as pieces of safe HTML, Photos and PlacedVideos, as they follow each other."""
        parts = split_body(self.body, self.photos.all())
        return [render_rich_text(part) if isinstance(part, str) else part for part in parts]

    @property
    def video_sources(self):
        """The VideoAddresses of the videos below and in the text of a post from for_page()."""
        return [video.source for video in [*self.page_videos, *list_placed_videos(self.body)]]

    @property
    def reading_minutes(self):
        """The reading time of lead and body in whole minutes, at least 1."""
        words = f"{self.lead} {strip_markup(self.body)}".split()
        return max(1, round(len(words) / WORDS_A_MINUTE))

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED

    @property
    def is_ahead(self):
        """Whether the event of the post is not over yet; False without an event date."""
        last = self.event_end_date or self.event_date
        return last is not None and last >= timezone.localdate()

    @property
    def is_over(self):
        """Whether the post announces an event that is over."""
        return self.kind == self.Kind.ANNOUNCEMENT and not self.is_ahead

    @property
    def cover_date(self):
        """The date on a cover without a photograph: of an announced event, or of publication."""
        if self.kind == self.Kind.ANNOUNCEMENT and self.event_date:
            return self.event_date
        return timezone.localdate(self.published_at)

    def add_photos(self, pictures):
        """Append CleanPictures; the first photograph becomes the cover if none is marked."""
        last = self.photos.aggregate(last=models.Max("order"))["last"] or 0
        for order, picture in enumerate(pictures, start=last + 1):
            known = {"digest": picture.digest} if picture.digest else {}
            Photo.objects.create(
                post=self, image=picture, fingerprint=picture.fingerprint, order=order, **known
            )
        self.choose_cover()

    def attach(self, autosave):
        """Take over the photographs of a slot, in order, and empty it: everything is saved."""
        photos = list(autosave.photos.all())
        last = self.photos.aggregate(last=models.Max("order"))["last"] or 0
        if cover := next((photo for photo in photos if photo.is_cover), None):
            self.photos.covers().update(is_cover=False)
        for order, photo in enumerate(photos, start=last + 1):
            photo.post, photo.autosave, photo.order = self, None, order
            photo.is_cover = photo is cover
            photo.save(update_fields=["post", "autosave", "order", "is_cover"])
        self.choose_cover()
        autosave.finish(self)

    def choose_cover(self):
        """Make the first photograph the cover if none is."""
        if not self.photos.covers().exists() and (first := self.photos.first()):
            first.is_cover = True
            first.save(update_fields=["is_cover"])
