"""What a member of staff did last with a suggestion, for the minute in which it can be undone."""

import json
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from feedback.models.answers.promises import Promise

MINUTE = timedelta(seconds=60)
UNDO_TIME = timedelta(seconds=70)  # after it an act of now is sure not to be taken back
FIELDS = (  # the columns that acts of staff change
    "status",
    "topic",
    "responsible",
    "limit_on",
    "due_on",
    "paused_on",
    "answer",
    "decision",
    "answered_at",
    "paused_days",
    "is_extended",
    "is_restricted",
)


class ActStepQuerySet(models.QuerySet):
    def current(self):
        """Steps that can still be undone; until then their letters wait."""
        return self.filter(performed_at__gt=timezone.now() - MINUTE)

    def expired(self):
        return self.filter(performed_at__lte=timezone.now() - MINUTE)


class ActStep(models.Model):
    """The latest act on a suggestion: the columns before it, and the place in the history."""

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    suggestion = models.OneToOneField(
        "feedback.Suggestion", models.CASCADE, related_name="act_step"
    )
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    act = models.CharField(max_length=20)
    entries = models.TextField(blank=True)  # the words of the act's form, as JSON
    before = models.TextField()  # {column: value} as JSON
    position = models.PositiveBigIntegerField()  # of the last event before the act
    performed_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ActStepQuerySet.as_manager()

    class Meta:
        default_permissions = []
        verbose_name = "действие, которое можно отменить"
        verbose_name_plural = "действия, которые можно отменить"
        ordering = ["-performed_at", "pk"]

    def __str__(self):
        return self.act

    @property
    def until(self):
        return self.performed_at + MINUTE

    def is_about(self, entries):
        """Whether these entries, as of a draft, are the words that the act has sent."""
        sent = json.loads(self.entries)
        return bool(sent) and (entries.get(self.act) or {}).get("words") == sent["words"]

    def put_back(self, suggestion):
        """Set columns and promise of the suggestion to what they were, without saving them."""
        columns = json.loads(self.before)
        put_promise(suggestion, columns.pop("promise", None))
        for name, value in columns.items():
            field = suggestion._meta.get_field(name)
            setattr(suggestion, field.attname, field.to_python(value))


def read_columns(suggestion):
    """The columns and the promise before an act as JSON, for put_back()."""
    fields = [suggestion._meta.get_field(name) for name in FIELDS]
    values = {field.name: field.value_from_object(suggestion) for field in fields}
    values["promise"] = Promise.objects.filter(suggestion=suggestion).values().first()
    return json.dumps(values, ensure_ascii=False, default=lambda moment: moment.isoformat())


def put_promise(suggestion, values):
    """Give the suggestion the promise with these values of columns, None: no promise."""
    promise = None
    if values:
        promise = Promise()
        for name, value in values.items():
            field = Promise._meta.get_field(name.removesuffix("_id"))
            setattr(promise, field.attname, field.to_python(value))
    suggestion._meta.get_field("promise").set_cached_value(suggestion, promise)
