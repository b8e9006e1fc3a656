"""The actions of an author: reply, rate, reopen, withdraw."""

from datetime import timedelta
from uuid import uuid4, uuid5

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from feedback.forms.files import STAGED_FILES, FilesForm
from feedback.forms.layout import form_helper
from feedback.forms.suggestion import PlainTextField
from feedback.models import Event, Suggestion
from feedback.moderation.safeguarding import mentions_harm

RECENT = timedelta(minutes=1)


def text_field(label, hint, required):
    return PlainTextField(
        label=label,
        help_text=hint,
        max_length=Event.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": required,
            "max_length": "Сократите текст до %(limit_value)s знаков: сейчас %(show_value)s.",
        },
    )


class AuthorActionForm(forms.Form):
    """A form that is submitted twice acts once, and only on the suggestion that its page showed:
    another tab may have opened another suggestion since."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    number = forms.CharField(widget=forms.HiddenInput, max_length=20)

    def __init__(self, suggestion, *args, initial=None, network="", uploader="", **kwargs):
        initial = {"number": suggestion.number, **(initial or {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.suggestion = suggestion
        self.network, self.uploader = network, uploader
        self.helper = form_helper(self.button)
        self.helper.form_action = reverse("feedback:author_action", args=[self.action])

    def clean_number(self):
        if self.cleaned_data["number"] != self.suggestion.number:
            raise ValidationError(
                f"Сейчас в этом браузере открыто предложение № {self.suggestion.number}, а форма — "
                "от другого. Скопируйте текст и откройте нужное предложение по номеру и коду."
            )
        return self.cleaned_data["number"]

    @property
    def event_key(self):
        """The same for a second click, another one if the text was changed after going back."""
        entries = {**self.cleaned_data, "action": self.action, "files": ""}
        return uuid5(self.cleaned_data["key"], "\n".join(map(str, entries.values())))

    @property
    def mentions_harm(self):
        """Whether the page should show help lines, even if the form is not valid."""
        return "text" in self.fields and mentions_harm(str(self["text"].value() or ""))

    def save(self):
        """Perform the action; returns False, with errors in the form, if that is not possible."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self.perform()
                if self.mentions_harm:
                    self.suggestion.escalate()
        except ValidationError as error:
            self.add_error(None, error)
        return self.is_valid()


class ReplyForm(FilesForm, AuthorActionForm):
    action, kind = "reply", Event.Kind.REPLY
    title, button = "Написать техникуму", "Отправить"
    success_message = "Отправлено. Техникум прочитает ваши слова вместе с предложением."
    text = text_field(
        "Ваш ответ",
        "Имена и телефоны других людей писать не нужно.",
        "Напишите ответ: хотя бы несколько слов.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("key", "number", "text", STAGED_FILES, "files")

    @property
    def age(self):
        """For how long the author is known: since the suggestion was received."""
        return timezone.now() - self.suggestion.received_at

    def clean(self):
        data = super().clean()
        if "key" in self.errors:
            self.data = self.data.copy()
            self.data["key"] = str(uuid4())
        self.report_lost(self.update_staged_files())
        return data

    def report_lost(self, files):
        """Send nothing yet if a file says less than its original: no page shows it before."""
        for file in files:
            if file.lost:
                self.add_error(
                    "files",
                    f"«{file.name}» приложен, но не сохранится: {file.lost}. Отправьте ответ ещё "
                    "раз или отметьте, что файл нужно убрать.",
                )

    def perform(self):
        self.suggestion.reply(self.cleaned_data["text"], self.event_key, self.staging_hash)


class RatingForm(AuthorActionForm):
    action, kind = "rate", Event.Kind.RATED
    title, button = "Оценить ответ", "Сохранить оценку"
    success_message = "Спасибо! Оценку увидят все, кто занимался предложением."
    rating = forms.TypedChoiceField(
        label="Помог ли ответ?",
        choices=Suggestion.Rating,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Отметьте, помог ли ответ.",
            "invalid_choice": "Отметьте один из трёх вариантов.",
        },
    )

    def __init__(self, suggestion, *args, initial=None, **kwargs):
        initial = {"rating": suggestion.rating, **(initial or {})}
        super().__init__(suggestion, *args, initial=initial, **kwargs)

    def perform(self):
        self.suggestion.rate(self.cleaned_data["rating"], self.event_key)


class ReopeningForm(AuthorActionForm):
    action, kind = "reopen", Event.Kind.REOPENED
    title, button = "Попросить рассмотреть ещё раз", "Отправить просьбу"
    success_message = "Предложение снова в работе. Срок ответа начался заново."
    text = text_field(
        "Что осталось нерешённым",
        "Просить можно один раз, поэтому напишите всё, что важно.",
        "Напишите, что осталось нерешённым: без этого ответ будет тем же.",
    )

    def perform(self):
        self.suggestion.reopen(self.cleaned_data["text"], self.event_key)


class WithdrawalForm(AuthorActionForm):
    action, kind = "withdraw", Event.Kind.WITHDRAWN
    title, button = "Отозвать предложение?", "Да, отозвать"
    success_message = "Предложение отозвано."

    def perform(self):
        self.suggestion.withdraw(self.event_key)


FORMS = (ReplyForm, RatingForm, ReopeningForm, WithdrawalForm)
AUTHOR_ACTIONS = {form.action: form for form in FORMS}


def recent_success_message(event):
    """The message for an event that is an author's action of the last minute; otherwise ""."""
    messages = {form.kind: form.success_message for form in AUTHOR_ACTIONS.values()}
    is_recent = timezone.now() - event.happened_at < RECENT
    return messages.get(event.kind, "") if is_recent else ""
