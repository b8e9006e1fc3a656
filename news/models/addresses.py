"""The addresses of posts: each is unique, and one that a published post had leads on for ever."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from college_site.russian.slugs import make_slug

TAKEN_IN_BIN = "Этот адрес у публикации в корзине. Выберите другой или удалите её навсегда."
TAKEN_BEFORE = "По этому адресу раньше была другая публикация, и он ведёт на неё. Выберите другой."


class FormerAddress(models.Model):
    """It names the post, not its next address: so there are no chains, and visibility is asked.

    A page asks for it only if no post has the address now, so no redirect leads to itself.
    """

    slug = models.SlugField("адрес", max_length=80, unique=True)
    post = models.ForeignKey("news.Post", models.CASCADE, related_name="former_addresses")
    created_at = models.DateTimeField("когда сменился", auto_now_add=True)

    class Meta:
        verbose_name = "прежний адрес"
        verbose_name_plural = "прежние адреса"
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.slug


class PostAddress(models.Model):
    """The part of a post that concerns its `slug`."""

    class Meta:
        abstract = True

    def clean(self):
        if self.slug:
            self.check_address()
        elif self.title:
            self.slug = self.unique_slug()
            if not self.slug:
                raise ValidationError(
                    {"slug": "Адрес не получился из заголовка: напишите его латиницей."}
                )

    def check_address(self):
        """Refuse an address that is taken where staff do not see it."""
        others = type(self).objects.exclude(pk=self.pk)
        if others.in_bin().filter(slug=self.slug).exists():
            raise ValidationError({"slug": TAKEN_IN_BIN})
        if FormerAddress.objects.filter(slug=self.slug).exclude(post=self.pk).exists():
            raise ValidationError({"slug": TAKEN_BEFORE})

    def unique_slug(self):
        """A slug from the title that no other post has or had; "" if the title yields none."""
        base = make_slug(self.title)
        if base and base.replace("-", "").isdigit():
            base = f"novost-{base}"
        posts = type(self).objects.exclude(pk=self.pk)
        former = FormerAddress.objects.exclude(post=self.pk)
        taken = {
            slug
            for rows in (posts, former)
            for slug in rows.filter(slug__startswith=base).values_list("slug", flat=True)
        }
        if base not in taken:
            return base
        candidates = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in candidates if slug not in taken)

    def remember_address(self):
        """Remember the stored address before the post is saved under another one.

        The address of a post that visitors have never seen leads nowhere and becomes free.
        """
        fields = ("slug", "published_at", "withdrawn_from")
        stored = type(self).objects.filter(pk=self.pk).values_list(*fields).first()
        if stored is None or stored[0] == self.slug:
            return
        slug, published_at, withdrawn_from = stored
        self.former_addresses.filter(slug=self.slug).delete()
        if withdrawn_from or (published_at and published_at <= timezone.now()):
            FormerAddress.objects.update_or_create(slug=slug, defaults={"post": self})
