"""What all acts of staff on a suggestion share: a small form with checks."""

from django import forms
from django.core.exceptions import ValidationError

from feedback.desk.acts.changes import is_of_act, list_since
from feedback.models import Suggestion
from feedback.models.workflow.access import full_name
from feedback.models.workflow.transitions import clean_text

MEANWHILE = (
    "Пока вы писали, с предложением кое-что произошло: посмотрите ниже. Ваш текст на месте, "
    "его можно поправить и отправить."
)


def words_field(label, help_text="", rows=5):
    """The field of the words that the event holds; clean_text() checks it."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, help_text=help_text, widget=widget)


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return full_name(person)


class Act(forms.Form):
    """One act on a suggestion by a member of staff.

    `label` is on the button that opens it and, unless there is a `send_label`, on the one that
    performs it. Without fields and `hint` it is performed at once. One whose fields take queries is
    `is_apart`: a link to its own address opens it, so that the page stays quick.
    """

    kind = None
    label = send_label = hint = key = ""
    is_primary = is_apart = False
    is_closing = False  # after a closing act the next suggestion opens
    is_undoable = True
    heeds_changes = True  # refused once if something has happened since the page was opened
    is_repeated = False  # the same form was performed before: its answer did not arrive

    def __init__(self, suggestion, staff, data=None, files=None, **options):
        self.suggestion, self.staff = suggestion, staff
        self.changes = []  # the events that the page did not show
        super().__init__(data, files, auto_id=f"{self.name()}-%s", **options)

    @classmethod
    def name(cls):
        """Its name in addresses."""
        return cls.kind.value

    @property
    def is_at_once(self):
        return not self.fields and not self.hint

    def prepare(self):
        """Whether a button was pressed that only changes or shows the form; does what it asks."""
        return False

    def clean(self):
        """Check the stored row, which stays locked until the end of the transaction."""
        data = super().clean()
        stored = Suggestion.objects.select_for_update().get(pk=self.suggestion.pk)
        since = list_since(stored, self.data.get("seen"))
        self.is_repeated = any(is_of_act(event, self) for event in since)
        if self.is_repeated:
            return data
        self.changes = [event for event in since if event.staff_id != self.staff.pk]
        if objection := stored.why_not_allowed(self.kind, self.staff):
            raise ValidationError(objection)
        if self.changes and self.heeds_changes:
            raise ValidationError(MEANWHILE)
        if "words" in data:
            try:
                data["words"] = clean_text(self.kind, data["words"])
            except ValidationError as error:
                self.add_error("words", error)
        return data

    def entries(self):
        """What was typed: {field: text}, {} without words."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        return typed if typed.get("words", "").strip() else {}

    def perform(self):
        """Perform the act of a valid form; ValidationError if it is not allowed any more."""
        raise NotImplementedError
