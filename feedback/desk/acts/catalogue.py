"""What staff may do with a suggestion.

An act is offered where `why_not_allowed` permits its kind, and posted to an address of its own. A
new one is a class and a line in ACTS.
"""

from copy import copy

from django import forms
from django.db import transaction

from feedback.deadlines import EXTENSION_DAYS, FORWARD_DAYS, answer_limit
from feedback.desk.acts.act import Act, PersonField, words_field
from feedback.desk.acts.answer_files import FilesMixin
from feedback.desk.acts.answering import AnswerMixin, PreviewMixin, ResultMixin
from feedback.desk.acts.merging import Merge, Separate
from feedback.models import Event, Suggestion, SuggestionTopic
from feedback.models.workflow.access import list_responsible
from feedback.models.workflow.publishing import describe_refusal

Kind = Event.Kind

SPAM = "Если это спам. Письма не будет: адрес мог быть чужой, а объяснение видно только под кодом."


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
    TakeUp,
    Release,
    Answer,
    Ask,
    Note,
    Forward,
    Assign,
    Extend,
    Decline,
    Fulfil,
    CancelPromise,
    NotPublish,
    Merge,
    Separate,
    ChangeTopic,
    Restrict,
    OpenUp,
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
