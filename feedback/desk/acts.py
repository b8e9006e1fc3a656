"""What staff may do with a suggestion: each act is one small form beside the dialogue.

An act is offered where `why_not_allowed` permits its kind, and posted to an address of its own. A
new one is a class and a line in ACTS.
"""

import re
from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from college_site.russian.folding import fold
from feedback.deadlines import EXTENSION_DAYS, FORWARD_DAYS, answer_limit
from feedback.desk.answer_files import FilesMixin
from feedback.desk.answering import AnswerMixin, PreviewMixin, ResultMixin, words_field
from feedback.desk.changes import is_of_act, list_since
from feedback.models import Event, Register, Suggestion, SuggestionTopic
from feedback.models.workflow.access import full_name, list_responsible
from feedback.models.workflow.merging import UNKNOWN_NUMBER
from feedback.models.workflow.publishing import describe_refusal
from feedback.models.workflow.transitions import clean_text

Kind = Event.Kind
MEANWHILE = (
    "Пока вы писали, с предложением кое-что произошло: посмотрите ниже. Ваш текст на месте, "
    "его можно поправить и отправить."
)

SPAM = "Если это спам. Письма не будет: адрес мог быть чужой, а объяснение видно только под кодом."


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
    is_undoable = True  # merging is taken back by another act
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


class TakeUp(Act):
    kind, label, key = Kind.TAKEN_UP, "Взять в работу", "T"
    is_primary, heeds_changes = True, False

    def perform(self):
        self.suggestion.take_up(self.staff)


class Release(Act):
    kind, label = Kind.RELEASED, "Выпустить из карантина"
    is_primary, heeds_changes = True, False

    def perform(self):
        self.suggestion.release(self.staff)


class Answer(AnswerMixin, Act):
    kind, label, send_label, key = Kind.ANSWERED, "Ответить", "Отправить ответ", "A"
    is_primary = is_closing = is_apart = True
    words = words_field(
        "Ответ автору",
        "Сначала суть: сделали, сделаем до такого-то дня или не можем. Потом причина.",
        rows=9,
    )


class Ask(PreviewMixin, Act):
    kind, label, send_label, key = Kind.QUESTION, "Спросить автора", "Отправить вопрос", "Q"
    words = words_field("Вопрос автору", "Пока автор не ответит, срок стоит.")

    def perform(self):
        self.suggestion.ask(self.cleaned_data["words"], self.staff)


class Note(Act):
    kind, label, send_label, key = Kind.NOTE, "Написать заметку", "Сохранить заметку", "N"
    heeds_changes = False
    words = words_field("Заметка", "Видят только сотрудники, автор не увидит.")

    def perform(self):
        self.suggestion.note(self.cleaned_data["words"], self.staff)


class Forward(PreviewMixin, Act):
    kind, label, send_label, key = Kind.FORWARDED, "Передать", "Передать и сообщить автору", "F"
    is_apart = True
    person = PersonField(
        None,
        label="Сотруднику",
        required=False,
        empty_label="— не сотруднику портала —",
        help_text="Он станет ответственным.",
    )
    words = words_field("Кому и почему", "Прочтёт автор: «Заведующему хозяйством, он решит…».", 3)

    def __init__(self, suggestion, staff, *args, **options):
        super().__init__(suggestion, staff, *args, **options)
        self.fields["person"].queryset = list_responsible()
        until = f"{suggestion.forward_due_on:%d.%m.%Y}"
        self.hint = f"Передать до {until}: на это {FORWARD_DAYS} дней (59-ФЗ, статья 8)."

    def clean_person(self):
        return check_person(self.suggestion, self.cleaned_data["person"])

    def perform(self):
        with transaction.atomic():
            person = self.cleaned_data["person"]
            if person and person != self.suggestion.responsible:
                self.suggestion.assign(person, self.staff)
            self.suggestion.forward(self.cleaned_data["words"], self.staff)


class Assign(Act):
    kind, label, send_label, key = Kind.ASSIGNED, "Назначить ответственного", "Назначить", "R"
    is_apart = True
    person = PersonField(None, label="Ответственный", required=False, empty_label="— никто —")

    def __init__(self, suggestion, staff, *args, **options):
        super().__init__(suggestion, staff, *args, **options)
        self.fields["person"].queryset = list_responsible()
        self.initial.setdefault("person", suggestion.responsible_id)

    def clean_person(self):
        return check_person(self.suggestion, self.cleaned_data["person"])

    def perform(self):
        self.suggestion.assign(self.cleaned_data["person"], self.staff)


class Extend(PreviewMixin, Act):
    kind, label, send_label, key = Kind.EXTENDED, "Продлить срок", "Продлить и сообщить автору", "E"
    days = forms.IntegerField(
        label="На сколько дней",
        initial=EXTENSION_DAYS,
        min_value=1,
        max_value=EXTENSION_DAYS,
        help_text=f"От 1 до {EXTENSION_DAYS}, один раз.",
    )
    words = words_field("Причина", "Прочтёт автор.", rows=3)

    def foresee(self):
        suggestion = copy(self.suggestion)
        suggestion.limit_on = answer_limit(suggestion.limit_on, self.cleaned_data["days"])
        suggestion.due_on = suggestion.current_target()
        return suggestion

    def perform(self):
        data = self.cleaned_data
        self.suggestion.extend(data["words"], self.staff, data["days"])


class Decline(FilesMixin, PreviewMixin, Act):
    kind, label, send_label, key = Kind.DECLINED, "Отклонить", "Отправить отказ", "D"
    is_closing = True
    words = words_field("Объяснение автору", "Почему нельзя и что можно вместо этого.", rows=7)
    field_order = ("words", "files")

    def __init__(self, suggestion, staff, *args, **options):
        super().__init__(suggestion, staff, *args, **options)
        self.give_key()
        if suggestion.status == Suggestion.Status.QUARANTINE:
            self.hint, self.has_preview = SPAM, False

    def perform(self):
        words, files = self.cleaned_data["words"], self.staging_hash
        self.suggestion.decline(words, self.staff, staging_hash=files)


class Fulfil(ResultMixin, Act):
    kind, label, send_label = Kind.FULFILLED, "Обещание выполнено", "Сообщить, что сделано"
    is_primary = True
    words = words_field("Что сделано", "Прочтут автор и все, кому виден ответ. Без имён.", rows=3)


class CancelPromise(PreviewMixin, Act):
    kind, label, send_label = Kind.CANCELLED, "Отменить обещание", "Отменить и объяснить"
    words = words_field("Почему не получится", "Прочтут автор и все, кому виден ответ.", rows=3)

    def clean(self):
        data = super().clean()
        self.check_words("words")
        return data

    def perform(self):
        self.suggestion.cancel_promise(self.cleaned_data["words"], self.staff)


class Merge(Act):
    kind, label, send_label, key = Kind.MERGED, "Объединить с похожим", "Объединить", "M"
    hint = "Автор получит тот же ответ, что и автор похожего. Портал скажет ему об этом."
    is_closing, is_undoable = True, False
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

    def clean(self):
        """Locked before the suggestion, as whatever changes two suggestions does."""
        Register.lock()
        return super().clean()

    def perform(self):
        self.suggestion.merge(self.cleaned_data["number"], self.staff)


class Separate(Act):
    kind, label = Kind.SEPARATED, "Разъединить"
    is_undoable = False

    def clean(self):
        Register.lock()
        return super().clean()

    def perform(self):
        self.suggestion.separate(self.staff)


class NotPublish(PreviewMixin, Act):
    kind, label, send_label = Kind.NOT_PUBLISHED, "Не публиковать", "Сообщить автору"
    words = words_field("Почему не публикуем", "Автор разрешил публикацию и прочтёт причину.", 3)

    def letter(self):
        return self.kind, describe_refusal(self.cleaned_data["words"]), ""

    def perform(self):
        self.suggestion.refuse_publication(self.cleaned_data["words"], self.staff)


class ChangeTopic(Act):
    kind, label, send_label = Kind.TOPIC_CHANGED, "Сменить тему", "Сменить"
    is_apart = True
    topic = forms.ModelChoiceField(SuggestionTopic.objects.all(), label="Тема", empty_label=None)

    def __init__(self, suggestion, staff, *args, **options):
        super().__init__(suggestion, staff, *args, **options)
        self.initial.setdefault("topic", suggestion.topic_id)

    def perform(self):
        self.suggestion.change_topic(self.cleaned_data["topic"], self.staff)


class Restrict(Act):
    kind, label, send_label = Kind.RESTRICTED, "Перенести в закрытую очередь", "Перенести"
    hint = "Речь о беде или насилии. Дальше его читают только сотрудники с особым правом."

    def perform(self):
        self.suggestion.restrict(self.staff)


class OpenUp(Act):
    kind, label, send_label = Kind.OPENED_UP, "Вернуть в общую очередь", "Вернуть"
    hint = "Дальше его читают все, кто отвечает на предложения."

    def perform(self):
        self.suggestion.open_up(self.staff)


# In the order of the page.
ACTS = (
    *(TakeUp, Release, Answer, Ask, Note, Forward, Assign, Extend, Decline),
    *(Fulfil, CancelPromise, NotPublish),
    *(Merge, Separate, ChangeTopic, Restrict, OpenUp),
)


def check_person(suggestion, person):
    if person:
        suggestion.check_responsible(person)
    return person


def find_act(name):
    """The class of the act with this name, or None."""
    return next((act for act in ACTS if act.name() == name), None)


def list_possible(suggestion, staff):
    """The classes of the acts that the member of staff may perform now."""
    return [act for act in ACTS if not suggestion.why_not_allowed(act.kind, staff)]
