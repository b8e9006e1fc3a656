"""The acts that join a suggestion with another one, and take them apart again."""

import re

from django import forms
from django.core.exceptions import ValidationError

from college_site.russian.folding import fold
from feedback.desk.acts.act import Act
from feedback.models import Event, Register, Suggestion
from feedback.models.workflow.merging import UNKNOWN_NUMBER

Kind = Event.Kind


class PairAct(Act):
    """An act that changes two suggestions; another act takes it back."""

    is_undoable = False

    def clean(self):
        """Locked before the suggestion, as whatever changes two suggestions does."""
        Register.lock()
        return super().clean()


class Merge(PairAct):
    kind, label, send_label, key = Kind.MERGED, "Объединить с похожим", "Объединить", "M"
    hint = "Автор получит тот же ответ, что и автор похожего. Портал скажет ему об этом."
    is_closing = True
    number = forms.CharField(
        label="Номер похожего",
        max_length=20,
        help_text="Например, 2026-17. Похожие по словам перечислены на этой странице.",
    )

    def clean_number(self):
        """The suggestion with this number; whether it can be the original, merge() decides."""
        number = fold(self.cleaned_data["number"]).replace("№", "").strip()
        found = None
        if re.fullmatch(r"[0-9]{4}-[0-9]{1,6}", number):
            found = Suggestion.objects.visible_to(self.staff).with_number(number).first()
        if found is None:
            raise ValidationError(UNKNOWN_NUMBER)
        return found

    def perform(self):
        self.suggestion.merge(self.cleaned_data["number"], self.staff)


class Separate(PairAct):
    kind, label = Kind.SEPARATED, "Разъединить"

    def perform(self):
        self.suggestion.separate(self.staff)
