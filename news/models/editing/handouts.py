"""What of a post was handed out to social networks and messengers, by whom and when."""

from django.conf import settings
from django.db import models


class HandoutChannel(models.TextChoices):
    VK = "vk", "VK"
    MAX = "max", "MAX"
    TELEGRAM = "telegram", "Telegram"
    TELEGRAM_PHOTO = "telegram_photo", "Telegram, под фотографией"


class Handout(models.Model):
    """A text that was copied, or photographs that were downloaded, for a channel."""

    post = models.ForeignKey("news.Post", models.CASCADE, related_name="handouts")
    channel = models.CharField("канал", max_length=20, choices=HandoutChannel)
    has_photos = models.BooleanField("фотографии", default=False)  # otherwise the text
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True)
    created_at = models.DateTimeField("когда", auto_now_add=True)

    class Meta:
        verbose_name = "отданное в канал"
        verbose_name_plural = "отданное в каналы"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.get_channel_display()
