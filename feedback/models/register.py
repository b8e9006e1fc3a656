"""The register: it gives suggestions their numbers."""

from django.db import connection, models
from django.utils import timezone

NEXT = """
    INSERT INTO feedback_register (year, last_sequence) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last_sequence = feedback_register.last_sequence + 1
    RETURNING last_sequence
"""


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
        with connection.cursor() as cursor:
            cursor.execute(NEXT, [year])
            return cursor.fetchone()[0]
