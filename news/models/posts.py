"""A post: an event report, an announcement or a notice."""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from college_site.rich_text import RichTextField, displayed
from college_site.slugs import slug_from
from news.models.attachments import Photo
from news.models.subjects import Participation, Partner, Topic

not_a_year = RegexValidator(
    r"^\d+(-\d+)*$",
    "Адрес не может состоять из одних цифр: такие адреса заняты архивом.",
    inverse_match=True,
)


class PostQuerySet(models.QuerySet):
    def published(self):
        """Posts that visitors may see, newest first. The only rule of visibility."""
        return self.filter(published_at__lte=timezone.now()).order_by("-published_at", "-pk")

    def in_state(self, state):
        """Posts in one of Post.State, as of now."""
        now = timezone.now()
        return self.filter(
            {
                Post.State.DRAFT: Q(published_at__isnull=True),
                Post.State.SCHEDULED: Q(published_at__gt=now),
                Post.State.PUBLISHED: Q(published_at__lte=now),
            }.get(state, Q())
        )

    def upcoming(self):
        """Announcements whose event is not over yet, the nearest first."""
        today = timezone.localdate()
        return (
            self.filter(kind=Post.Kind.ANNOUNCEMENT)
            .filter(Q(event_date__gte=today) | Q(event_end_date__gte=today))
            .order_by("event_date", "event_time", "pk")
        )

    def for_cards(self):
        """With what a card shows, in one more query: the topic and the cover."""
        covers = models.Prefetch("photos", Photo.objects.covers(), to_attr="covers")
        return self.select_related("topic").defer("body").prefetch_related(covers)

    def for_feed(self):
        """With what a feed tells, in one more query: text, topic and cover."""
        return self.for_cards().defer(None)

    def changed(self):
        """Name and time of change, in the order of keeping: what a sitemap lists."""
        covers = models.Prefetch("photos", Photo.objects.covers(), to_attr="covers")
        return (
            self.only("slug", "updated_at", "published_at").prefetch_related(covers).order_by("pk")
        )

    def for_page(self):
        """With everything that the post's own page shows, in three more queries."""
        partners = models.Prefetch(
            "participations", Participation.objects.select_related("partner")
        )
        return self.select_related("topic").prefetch_related("photos", "documents", partners)

    def neighbours(self, post):
        """The posts just before and just after `post`: (previous, next), None at an end."""
        same = Q(published_at=post.published_at)
        before = self.filter(Q(published_at__lt=post.published_at) | same & Q(pk__lt=post.pk))
        after = self.filter(Q(published_at__gt=post.published_at) | same & Q(pk__gt=post.pk))
        found = Post.objects.filter(
            Q(pk=models.Subquery(before.values("pk")[:1]))
            | Q(pk=models.Subquery(after.reverse().values("pk")[:1]))
        ).defer("body")
        moment = (post.published_at, post.pk)
        by_side = {(other.published_at, other.pk) > moment: other for other in found}
        return by_side.get(False), by_side.get(True)


class Post(models.Model):
    class Kind(models.TextChoices):
        REPORT = "report", "Репортаж"
        ANNOUNCEMENT = "announcement", "Анонс"
        NOTICE = "notice", "Объявление"

    class State(models.TextChoices):
        DRAFT = "draft", "Черновик"
        SCHEDULED = "scheduled", "Выйдет по расписанию"
        PUBLISHED = "published", "Опубликовано"

    kind = models.CharField("вид", max_length=12, choices=Kind, default=Kind.REPORT)
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
    published_at = models.DateTimeField(
        "дата и время выхода",
        null=True,
        blank=True,
        help_text="Пусто — черновик. Время в будущем — публикация выйдет сама.",
    )
    created_at = models.DateTimeField("создано", auto_now_add=True)
    updated_at = models.DateTimeField("изменено", auto_now=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "публикация"
        verbose_name_plural = "публикации"
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(name="post_newest", fields=["-published_at", "-id"]),
            models.Index(name="post_by_event", fields=["kind", "event_date"]),
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
                condition=~Q(kind="announcement")
                | Q(event_date__isnull=False)
                | Q(published_at__isnull=True),
                violation_error_message="Без даты события анонс не опубликовать: укажите её.",
            ),
            models.CheckConstraint(
                name="post_known_kind",
                condition=Q(kind__in=["report", "announcement", "notice"]),
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
            self.slug = self.free_slug()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("news:post_detail", args=[self.slug])

    def clean(self):
        if self.title and not self.slug:
            self.slug = self.free_slug()
        if not self.slug:
            raise ValidationError(
                {"slug": "Адрес не получился из заголовка: напишите его латиницей."}
            )

    def free_slug(self):
        """A slug from the title that no other post has; "" when the title has no letters."""
        base = slug_from(self.title)
        if base and base.replace("-", "").isdigit():
            base = f"novost-{base}"
        taken = set(
            Post.objects.filter(slug__startswith=base)
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return base if base not in taken else next(slug for slug in numbered if slug not in taken)

    @property
    def state(self):
        """Draft, scheduled or published, as of now."""
        if self.published_at is None:
            return self.State.DRAFT
        return self.State.SCHEDULED if self.published_at > timezone.now() else self.State.PUBLISHED

    @property
    def cover(self):
        """The cover photograph, or None; reads what for_cards() or for_page() has fetched."""
        photos = self.covers if hasattr(self, "covers") else self.photos.all()
        return next((photo for photo in photos if photo.is_cover), None)

    @property
    def gallery(self):
        """The photographs besides the cover, in order."""
        return [photo for photo in self.photos.all() if not photo.is_cover]

    @property
    def body_html(self):
        """The body for a page."""
        return displayed(self.body)

    @property
    def is_ahead(self):
        """Whether the post tells of an event that is not over yet."""
        last = self.event_end_date or self.event_date
        return last is not None and last >= timezone.localdate()

    @property
    def cover_date(self):
        """The date that a cover without a photograph shows: of the event ahead, or of the post."""
        if self.kind == self.Kind.ANNOUNCEMENT and self.event_date:
            return self.event_date
        return timezone.localdate(self.published_at)

    def publish(self):
        """Make the post visible now; a post that already is keeps its moment."""
        if self.state != self.State.PUBLISHED:
            self.published_at = timezone.now()
            self.save(update_fields=["published_at", "updated_at"])

    def withdraw(self):
        """Turn the post back into a draft."""
        self.published_at = None
        self.save(update_fields=["published_at", "updated_at"])

    def add_photos(self, pictures):
        """Append cleaned pictures to the gallery; without a marked cover the first becomes it."""
        last = self.photos.aggregate(last=models.Max("order"))["last"] or 0
        for order, picture in enumerate(pictures, start=last + 1):
            Photo.objects.create(post=self, image=File(picture, picture.name), order=order)
        if not self.photos.covers().exists() and (first := self.photos.first()):
            first.is_cover = True
            first.save(update_fields=["is_cover"])
