"""Photographs of a post."""

import re
from pathlib import PurePosixPath
from secrets import token_hex

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from PIL import Image

from college_site.accounts.staff_permissions import is_staff_today
from college_site.uploads.pictures.images import CleanPicture, PictureField
from college_site.uploads.pictures.picture_cleaning import ENCODINGS, describe
from college_site.uploads.pictures.renditions import Source, delete_picture, rendition_widths
from news.models.publishing.visibility import AttachmentQuerySet

MOST_DIFFERING = 6  # bits of 64 in the fingerprints of pictures that look alike
MODERN = [extension for extension in ENCODINGS if extension != "jpg"]

# What telephones, cameras, messengers and Word call a picture, and addresses of files.
FILE_NAME = (
    r"^\s*(?:.*\.(?:jpe?g|png|gif|hei[cf]|webp|bmp|tiff?|emf|wmf)"
    r"|(?:img|dsc|dscn|dscf|pxl|mvimg|photo)[-_ ]?\d.*"
    r"|(?:whatsapp|viber|telegram)[ _-]image.*"
    r"|(?:рисунок|изображение|картинка|фото|picture|image)\s*\d*"
    r"|[\d_\-. ]+|https?:.*|[a-z]:\\.*)\s*\Z"
)
not_a_file_name = RegexValidator(
    FILE_NAME,
    "Это имя файла: оно ничего не говорит о снимке. Напишите, что на нём.",
    inverse_match=True,
    flags=re.IGNORECASE | re.DOTALL,
)


def make_digest():
    """A digest that no file has, for a photograph that came in another way than as a file."""
    return token_hex(32)


class PhotoConsent(models.TextChoices):
    """Whether people in a picture may be shown (article 152.1 of the Civil Code)."""

    NOBODY = "nobody", "никого не узнать"
    PUBLIC = "public", "открытое мероприятие"
    GIVEN = "given", "согласия получены"


class PhotoFocus(models.TextChoices):
    """What must stay where a page cuts the picture; it loses width or height, never both."""

    START = "start", "сверху или слева"
    CENTRE = "centre", "в середине"
    END = "end", "снизу или справа"


class PhotoQuerySet(AttachmentQuerySet):
    def covers(self):
        return self.filter(is_cover=True)

    def visible_to(self, user):
        """Also those of a form that the user has not saved yet."""
        is_own = Q(autosave__user=user.pk) if is_staff_today(user) else Q(pk__in=[])
        return self.filter(is_own | Q(pk__in=super().visible_to(user).values("pk")))

    def choosable_by(self, user):
        """Photographs of posts that a member of staff may refer to."""
        posts = self.model._meta.get_field("post").related_model.objects.choosable_by(user)
        # Checked row by row, so that the first page of very many costs no more than of few.
        return self.filter(Exists(posts.filter(pk=OuterRef("post")).order_by()))

    def due(self):
        """Photographs whose renditions are due, the earliest first."""
        return self.filter(renditions_due_at__lte=timezone.now()).order_by("renditions_due_at")


class Photo(models.Model):
    """A photograph of a post: a cleaned master file and renditions made by the worker."""

    post = models.ForeignKey("news.Post", models.CASCADE, related_name="photos", null=True)
    autosave = models.ForeignKey(
        "news.Autosave", models.CASCADE, related_name="photos", null=True, editable=False
    )
    image = PictureField("фотография", max_length=120, has_preview=True)
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    renditions_due_at = models.DateTimeField(editable=False, null=True, default=timezone.now)
    rendition_attempts = models.PositiveSmallIntegerField(editable=False, default=0)
    alt = models.CharField(
        "что на снимке",
        max_length=250,
        blank=True,
        validators=[not_a_file_name],
        help_text="Для тех, кто не видит: «Студент у токарного станка».",
    )
    is_decorative = models.BooleanField("лишь украшает", default=False)
    caption = models.CharField("подпись", max_length=250, blank=True, validators=[not_a_file_name])
    credit = models.CharField("автор снимка", max_length=100, blank=True)
    consent = models.CharField(
        "люди на снимке", max_length=10, choices=PhotoConsent, blank=True, default=""
    )
    focus = models.CharField(
        "главное на снимке", max_length=6, choices=PhotoFocus, default=PhotoFocus.CENTRE
    )
    # SHA-256 of the upload; copies in other posts have the same.
    digest = models.CharField(max_length=64, editable=False, default=make_digest)
    fingerprint = models.CharField(max_length=16, editable=False, blank=True)
    is_cover = models.BooleanField(
        "обложка", default=False, help_text="Без отметки обложкой станет первая фотография."
    )
    order = models.PositiveIntegerField("порядок", default=0)

    objects = PhotoQuerySet.as_manager()
    path_prefix = ""  # of the addresses on a page that is not for everybody

    class Meta:
        verbose_name = "фотография"
        verbose_name_plural = "фотографии"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="photo_of_post_or_autosave",
                condition=Q(post__isnull=False) ^ Q(autosave__isnull=False),
                violation_error_message="Снимок принадлежит публикации или ещё не сохранён.",
            ),
            models.UniqueConstraint(
                name="photo_one_cover",
                fields=["post"],
                condition=Q(is_cover=True),
                violation_error_message="Обложка у публикации одна: снимите лишнюю отметку.",
            ),
            models.CheckConstraint(
                name="photo_measured",
                condition=Q(width__gt=0, height__gt=0),
                violation_error_message="Размеры снимка неизвестны: загрузите его ещё раз.",
            ),
        ]
        indexes = [
            models.Index(
                name="photo_renditions_due",
                fields=["renditions_due_at"],
                condition=Q(renditions_due_at__isnull=False),
            ),
            models.Index(name="photo_same_picture", fields=["digest"]),
        ]

    def __str__(self):
        return self.caption or self.alt or f"№ {self.order}"

    @property
    def rendition_widths(self):
        """The widths of the renditions in pixels; [] until the worker has made them."""
        return rendition_widths(self.width) if self.renditions_due_at is None else []

    @property
    def key(self):
        """The random part of the photograph's URL, the name of its folder."""
        return self.image.name.split("/")[-2]

    @property
    def url(self):
        """The URL of the cleaned master, at most 2560 px wide."""
        return self._url("master.jpg")

    @property
    def fallback_url(self):
        """The URL for an <img>: the 960 px JPEG, or the master until there is one."""
        widths = [width for width in self.rendition_widths if width <= 960]
        return self._url(f"{widths[-1]}.jpg") if widths else self.url

    def widest_jpeg(self, max_width):
        """(width, height, URL) of the widest JPEG rendition of at most `max_width` pixels.

        Falls back to the master if there is no such rendition.
        """
        widths = [width for width in self.rendition_widths if width <= max_width]
        if not widths:
            return self.width, self.height, self.url
        height = max(1, round(self.height * widths[-1] / self.width))
        return widths[-1], height, self._url(f"{widths[-1]}.jpg")

    @property
    def card_url(self):
        """The URL of the photograph cropped for previews of links to its post."""
        return reverse("news:photo_card_file", args=[self.key])

    @property
    def small_url(self):
        """The URL of the smallest file, for thumbnails; it exists as soon as the photograph."""
        return self._url(self.small_name)

    @property
    def srcset(self):
        """The srcset of the JPEG renditions; "" until there are any."""
        return self._srcset("jpg")

    @property
    def sources(self):
        """The <source> elements of a <picture>, the most efficient format first."""
        if not self.rendition_widths:
            return []
        return [Source(f"image/{extension}", self._srcset(extension)) for extension in MODERN]

    @property
    def shape(self):
        """The class of the aspect ratio for galleries: portrait, square, landscape or wide."""
        ratio = self.width / self.height
        limits = ((0.85, "portrait"), (1.2, "square"), (1.7, "landscape"))
        return next((shape for limit, shape in limits if ratio < limit), "wide")

    @property
    def is_upright(self):
        """Whether a large picture of it should be limited in height rather than in width."""
        return self.shape in ("portrait", "square")

    def _srcset(self, extension):
        folder = self._url("")
        return ", ".join(f"{folder}{width}.{extension} {width}w" for width in self.rendition_widths)

    def _url(self, name):
        """The URL of `photo_file`; a page of photographs has hundreds, reverse() takes 25 µs."""
        return f"{self.path_prefix}{get_script_prefix()}photos/{self.key}/{name}"

    def file_name(self, name):
        """The storage name for a file name of the URL, such as "960.avif", or None."""
        is_known = name in {"master.jpg", self.small_name, *self.rendition_names}
        return str(PurePosixPath(self.image.name).with_name(name)) if is_known else None

    @property
    def small_name(self):
        return f"{rendition_widths(self.width)[0]}.jpg"

    @property
    def rendition_names(self):
        """The names of the files in `rendition_widths`."""
        widths = self.rendition_widths
        return [f"{width}.{extension}" for width in widths for extension in ENCODINGS]

    @property
    def consents(self):
        return PhotoConsent.choices

    @property
    def focuses(self):
        return PhotoFocus.choices

    @property
    def siblings(self):
        """The other photographs of the same post, or of the same form that is not saved yet."""
        mine = {"post": self.post_id} if self.post_id else {"autosave": self.autosave_id}
        return Photo.objects.filter(**mine).exclude(pk=self.pk)

    def resembles(self, other):
        """Whether both look alike, as two shots of a series do or a smaller copy."""
        if not (self.fingerprint and other.fingerprint):
            return False
        differing = int(self.fingerprint, 16) ^ int(other.fingerprint, 16)
        return differing.bit_count() <= MOST_DIFFERING

    def become_cover(self):
        with transaction.atomic():
            self.siblings.covers().update(is_cover=False)
            self.is_cover = True
            self.save(update_fields=["is_cover"])

    def remove(self):
        """Delete the photograph; the next one of its post becomes the cover."""
        siblings = self.siblings
        self.delete()
        if self.is_cover and (first := siblings.first()):
            first.become_cover()

    def rotate(self):
        """Turn the picture by 90° to the right; its file gets a new address."""
        old = Photo(image=self.image.name, width=self.width)
        with self.image.open() as file:
            turned = Image.open(file, formats=("JPEG",)).transpose(Image.Transpose.ROTATE_270)
        with transaction.atomic():
            self.image = CleanPicture(*describe(turned))
            self.focus = PhotoFocus.CENTRE
            self.renditions_due_at = timezone.now()
            self.save()
            transaction.on_commit(old.delete_files)

    def delete_files(self):
        delete_picture(self.image.name, self.width)


@receiver(post_delete, sender=Photo)
def delete_photo_files(instance, **kwargs):
    """Delete the files of a deleted photograph after the commit."""
    transaction.on_commit(instance.delete_files)
