"""The register: it gives suggestions their numbers."""

from django.db import models
from django.db.models import F
from django.utils import timezone


class Register(models.Model):
    """The last number given in a year; locking its row keeps the numbers without gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_sequence = models.PositiveIntegerField(default=0)

    @classmethod
    def lock(cls):
        """Block other transactions that lock or number anything until the caller's ends."""
        cls.objects.select_for_update().get_or_create(year=timezone.localdate().year)

    @classmethod
    def next_sequence(cls, year):
        """The year's next number, from 1; call it within the transaction that uses it."""
        row = cls.objects.filter(year=year)
        if not row.update(last_sequence=F("last_sequence") + 1):
            cls.objects.get_or_create(year=year)
            row.update(last_sequence=F("last_sequence") + 1)
        return row.values_list("last_sequence", flat=True).get()
