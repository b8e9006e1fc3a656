"""What a post is about and which organisations took part in it."""

from django.db import models


class Topic(models.Model):
    """A subject that posts are gathered under."""

    title = models.CharField("название", max_length=80, unique=True)
    slug = models.SlugField("адрес", max_length=60, unique=True)
    description = models.CharField("о чём эта тема", max_length=250, blank=True)

    class Meta:
        verbose_name = "тема"
        verbose_name_plural = "темы"
        ordering = ["title"]

    def __str__(self):
        return self.title


class Partner(models.Model):
    """An organisation that takes part in the college's events."""

    name = models.CharField("название", max_length=200, unique=True)
    slug = models.SlugField("адрес", max_length=60, unique=True)
    description = models.TextField("чем занимается", blank=True)
    site = models.URLField("сайт", blank=True)

    class Meta:
        verbose_name = "партнёр"
        verbose_name_plural = "партнёры"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Participation(models.Model):
    """A partner's place among those who took part in one event; the host stands first."""

    post = models.ForeignKey("news.Post", models.CASCADE, related_name="participations")
    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="participations", verbose_name="партнёр"
    )
    order = models.PositiveIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "участник"
        verbose_name_plural = "организации-участники"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="participation_once",
                fields=["post", "partner"],
                violation_error_message="Эта организация уже есть среди участников.",
            )
        ]
        indexes = [models.Index(name="participation_by_partner", fields=["partner", "-id"])]

    def __str__(self):
        return self.partner.name
