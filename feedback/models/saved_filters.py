"""The filters of the list of suggestions that members of staff have named, each as a tab."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

MOST = 12  # tabs of one person


class SavedFilter(models.Model):
    """`query` is the part of the list's address after «?», such as "topic__id__exact=3"."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField("название", max_length=40)
    query = models.CharField("отбор", max_length=500)

    class Meta:
        default_permissions = []
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="saved_filter_named_once",
                fields=["user", "name"],
                violation_error_message="У вас уже есть вкладка с таким названием.",
            ),
            models.CheckConstraint(
                name="saved_filter_whole",
                condition=~Q(name="") & ~Q(query=""),
                violation_error_message="Назовите вкладку и выберите отбор.",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if SavedFilter.objects.filter(user=self.user).count() >= MOST:
            raise ValidationError(
                f"Вкладок уже {MOST}, больше не поместится: удалите ту, что не нужна."
            )
