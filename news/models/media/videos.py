"""Videos of a post, hosted on RuTube or VK Video."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact
from django.utils.functional import cached_property

from college_site.video_addresses import LONGEST, parse_video_address


class VideoAddressField(models.CharField):
    """The canonical URL of a video's page; other URLs and player code are converted to it."""

    def to_python(self, value):
        return parse_video_address(value).watch_url if value else ""


class Video(models.Model):
    """A video; its player is loaded from its host only after a visitor's click."""

    post = models.ForeignKey("news.Post", models.CASCADE, related_name="videos")
    address = VideoAddressField(
        "адрес видео",
        max_length=LONGEST,
        help_text="Со страницы видео на RuTube или VK Видео, или код для вставки.",
    )
    title = models.CharField("название", max_length=150)
    still = models.ForeignKey(
        "news.Photo",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="заставка",
        help_text="Одна из фотографий этой публикации; в галерее её тогда не будет.",
    )
    order = models.PositiveIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "видео"
        verbose_name_plural = "видео"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="video_on_known_host",
                condition=Q(Exact(Left("address", 18), Value("https://rutube.ru/")))
                | Q(Exact(Left("address", 19), Value("https://vkvideo.ru/"))),
                violation_error_message="Видео берут с RuTube или VK Видео.",
            ),
            models.CheckConstraint(
                name="video_has_title",
                condition=~Q(title=""),
                violation_error_message="Напишите, что на видео.",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        if self.still and self.still.post_id != self.post_id:
            raise ValidationError({"still": "Выберите фотографию этой же публикации."})

    @cached_property
    def source(self):
        """The parsed address, a VideoAddress."""
        return parse_video_address(self.address)
