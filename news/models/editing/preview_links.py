"""Secret links that show a post before it is published, to people without an account."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

LIFETIME = timedelta(days=7)
TOKEN_BYTES = 32  # 256 bits: nobody guesses one, so attempts need no limit


def hash_token(token):
    return hashlib.sha256(token.encode()).hexdigest()


def expiry():
    return timezone.now() + LIFETIME


class PreviewLinkQuerySet(models.QuerySet):
    def active(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def find(self, token):
        """The active link with this token, with its post; None if there is none.

        The database compares hashes: how long that takes tells nothing of a token.
        """
        links = self.active().filter(post__deleted_at=None).select_related("post")
        return links.filter(token_hash=hash_token(token)).first()


class PreviewLink(models.Model):
    """Who has the token may read the post and its files until the link ends.

    Only the hash of the token is stored, so it can be shown once.
    """

    post = models.ForeignKey("news.Post", models.CASCADE, related_name="preview_links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True
    )
    created_at = models.DateTimeField("создана", auto_now_add=True)
    expires_at = models.DateTimeField("действует до", default=expiry)
    revoked_at = models.DateTimeField("отозвана", null=True)
    last_opened_at = models.DateTimeField("открыта", null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "ссылка для согласования"
        verbose_name_plural = "ссылки для согласования"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"Ссылка № {self.pk}"

    @classmethod
    def issue(cls, post, user):
        """A new token for the post; it cannot be read again from the row that is stored."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        cls.objects.create(post=post, created_by=user, token_hash=hash_token(token))
        return token

    def revoke(self):
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])

    def note_opening(self):
        self.last_opened_at = timezone.now()
        self.save(update_fields=["last_opened_at"])
