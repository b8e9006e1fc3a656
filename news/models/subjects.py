"""Subjects of posts: topics, partners and their participations."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse

from college_site.uploads.pictures.images import PictureField
from news.models.publishing.states import PostKind
from news.models.publishing.visibility import PublishableQuerySet
from news.pagination import BoundedCount

LOGO_SIDE = 480  # pixels: twice the width that pages show


def annotate_subjects(subjects, rows):
    """Keep the subjects that have `rows`, annotated with `post_count` and `oldest`.

    `rows` is a queryset of published posts or participations with an OuterRef to the subject;
    `post_count` is a BoundedCount, `oldest` the time of the first publication.
    """
    oldest = rows.reverse().values("published_at")[:1]
    return subjects.filter(Exists(rows)).annotate(
        post_count=BoundedCount(rows), oldest=Subquery(oldest)
    )


class TopicQuerySet(models.QuerySet):
    def with_posts(self):
        """Topics with published posts, see annotate_subjects()."""
        posts = self.model._meta.get_field("posts").related_model.objects
        posts = posts.published().filter(topic=OuterRef("pk"))
        return annotate_subjects(self, posts)


class Topic(models.Model):
    """The topic of posts, such as a field of study."""

    title = models.CharField("название", max_length=80, unique=True)
    slug = models.SlugField("адрес", max_length=60, unique=True)
    description = models.CharField("о чём эта тема", max_length=250, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "тема"
        verbose_name_plural = "темы"
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("news:topic_detail", args=[self.slug])

    def get_year_url(self, year):
        """The address of its posts of an academic year."""
        return reverse("news:topic_detail", args=[self.slug, year])


class PartnerQuerySet(models.QuerySet):
    def with_posts(self):
        """Partners of published posts, see annotate_subjects()."""
        participations = Participation.objects.published().filter(partner=OuterRef("pk"))
        return annotate_subjects(self, participations)


class Partner(models.Model):
    """An organisation that takes part in the college's events."""

    name = models.CharField("название", max_length=200, unique=True)
    slug = models.SlugField("адрес", max_length=60, unique=True)
    description = models.TextField("чем занимается", blank=True)
    site = models.URLField("сайт", blank=True)
    logo = PictureField(
        "логотип",
        side=LOGO_SIDE,
        max_length=120,
        blank=True,
        help_text="JPEG, PNG, WebP; прозрачное станет белым. Без логотипа страница не теряет вида.",
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "партнёр"
        verbose_name_plural = "партнёры"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Save the partner and delete the file of a logo that was replaced or removed."""
        stored = Partner.objects.filter(pk=self.pk).values_list("logo", flat=True).first()
        super().save(*args, **kwargs)
        if stored and stored != self.logo.name:
            transaction.on_commit(lambda: delete_logo(stored))

    def get_absolute_url(self):
        return reverse("news:partner_detail", args=[self.slug])

    def get_year_url(self, year):
        """The address of its posts of an academic year."""
        return reverse("news:partner_detail", args=[self.slug, year])

    @property
    def logo_url(self):
        """The URL of the logo, or ""."""
        key = PurePosixPath(self.logo.name).parent.name if self.logo else ""
        return key and reverse("news:logo_file", args=[key])

    @property
    def site_host(self):
        """The host of the site in readable form: «www.example.ru», «пример.рф»."""
        host = urlsplit(self.site).hostname
        try:
            return host.encode("idna").decode("idna")
        except UnicodeError:
            return host


class ParticipationQuerySet(PublishableQuerySet):
    newest_first = ("-published_at", "-post_id")  # the order of the indexes

    def outdated(self):
        """Participations whose copied fields differ from those of their post."""
        return self.filter(
            ~Q(kind=F("post__kind"))
            | Q(published_at__isnull=True, post__published_at__isnull=False)
            | Q(published_at__isnull=False, post__published_at__isnull=True)
            | Q(published_at__lt=F("post__published_at"))
            | Q(published_at__gt=F("post__published_at"))
        )

    def sync_with_posts(self):
        """Copy kind and publication time from the posts."""
        posts = self.model._meta.get_field("post").related_model.objects
        post = posts.filter(pk=OuterRef("post"))
        return self.update(
            kind=Subquery(post.values("kind")), published_at=Subquery(post.values("published_at"))
        )

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for participation in objs:
            participation.sync_with_post()
        return super().bulk_create(objs, *args, **kwargs)


class Participation(models.Model):
    """The participation of a partner in the event of a post.

    It copies two fields of its post, so that one index finds the posts of a partner.
    """

    post = models.ForeignKey("news.Post", models.CASCADE, related_name="participations")
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="participations", verbose_name="партнёр"
    )
    is_host = models.BooleanField("организатор", default=False)
    order = models.PositiveIntegerField("порядок", default=0)
    kind = models.CharField(max_length=12, editable=False, default=PostKind.REPORT.value)
    published_at = models.DateTimeField(editable=False, null=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "участник"
        verbose_name_plural = "организации-участники"
        ordering = ["order", "pk"]
        indexes = [
            models.Index(name="participation_newest", fields=["partner", "-published_at", "-post"]),
            models.Index(
                name="participation_newest_of_kind",
                fields=["partner", "kind", "-published_at", "-post"],
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="participation_once",
                fields=["post", "partner"],
                violation_error_message="Эта организация уже есть среди участников.",
            )
        ]

    def __str__(self):
        return self.partner.name

    def save(self, *args, **kwargs):
        self.sync_with_post()
        super().save(*args, **kwargs)

    def sync_with_post(self):
        """Copy kind and publication time from the post, without saving."""
        self.kind, self.published_at = self.post.kind, self.post.published_at


def delete_logo(name):
    Partner.logo.field.storage.delete(name)


@receiver(post_delete, sender=Partner)
def delete_partner_logo(instance, **kwargs):
    """Delete the logo of a deleted partner after the commit."""
    if instance.logo:
        name = instance.logo.name
        transaction.on_commit(lambda: delete_logo(name))
