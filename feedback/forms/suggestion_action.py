"""The form of a suggestion in the admin: one action that its state allows, with a text."""

from django import forms
from django.core.exceptions import ValidationError

from feedback.models import Event, Suggestion
from feedback.models.workflow.access import may_act
from feedback.models.workflow.transitions import clean_text

Kind = Event.Kind
WITHOUT_TEXT = {
    Kind.TAKEN_UP: ("Взять в работу", Suggestion.take_up),
    Kind.RELEASED: ("Выпустить из карантина", Suggestion.release),
    Kind.RESTRICTED: ("Перенести в закрытую очередь", Suggestion.restrict),
    Kind.OPENED_UP: ("Вернуть в общую очередь", Suggestion.open_up),
}
WITH_TEXT = {
    Kind.QUESTION: ("Задать вопрос автору", Suggestion.ask),
    Kind.FORWARDED: ("Передать тем, кто решает вопрос", Suggestion.forward),
    Kind.EXTENDED: ("Продлить срок на 30 дней", Suggestion.extend),
    Kind.ANSWERED: ("Дать ответ", Suggestion.give_answer),
    Kind.DECLINED: ("Отклонить с объяснением", Suggestion.decline),
    Kind.NOTE: ("Оставить заметку для сотрудников", Suggestion.note),
}
ACTIONS = {**WITHOUT_TEXT, **WITH_TEXT}


class SuggestionActionForm(forms.ModelForm):
    """Staff may edit the topic and who is responsible; all other changes are actions.

    `staff` is the user.
    """

    staff = None
    action = forms.ChoiceField(label="Что сделать", required=False)
    words = forms.CharField(
        label="Текст",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        help_text="Вопрос, ответ, объяснение, причина нового срока или кому передано. "
        "Автор прочитает текст на своей странице и в письме, если оставил почту. Заметку для "
        "сотрудников он не увидит.",
    )

    class Meta:
        model = Suggestion
        fields = ["topic", "responsible"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "action" in self.fields:
            self.fields["action"].choices = [("", "— ничего —"), *self.possible_actions()]

    def possible_actions(self):
        """The actions that the state allows, and the one submitted, even if not allowed now."""
        for kind, (label, _) in ACTIONS.items():
            if not may_act(self.staff, kind):
                continue
            if not self.instance.why_not_allowed(kind) or self.data.get("action") == kind:
                yield kind.value, label

    def clean_responsible(self):
        person = self.cleaned_data["responsible"]
        if person and "responsible" in self.changed_data:
            self.instance.check_responsible(person)
        return person

    def clean(self):
        data = super().clean()
        if "words" in self.errors:
            return data
        kind, words = data.get("action"), data.get("words", "").strip()
        if words and not kind and "action" not in self.errors:
            self.add_error("action", "Выберите, что сделать с этим текстом.")
        elif words and kind in WITHOUT_TEXT:
            self.add_error("words", "У этого действия нет текста: сотрите его или выберите другое.")
        elif kind:
            self.validate_action(kind, words)
        return data

    def validate_action(self, kind, words):
        """Add errors to the fields; the row stays locked until the end of the transaction."""
        stored = Suggestion.objects.select_for_update().get(pk=self.instance.pk)
        if objection := stored.why_not_allowed(kind):
            self.add_error("action", objection)
        try:
            clean_text(kind, words)
        except ValidationError as error:
            self.add_error("words", error)

    def perform(self):
        """Perform the action of a valid form; returns the kind of its event, "" without one."""
        kind = self.cleaned_data.get("action")
        if not kind:
            return ""
        _, change = ACTIONS[kind]
        words = [self.cleaned_data["words"]] if kind in WITH_TEXT else []
        change(self.instance, *words, self.staff)
        return kind
