"""What a visitor may suggest, and the words that help to mend it."""

from uuid import uuid4, uuid5

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from feedback.forms.layout import form_helper
from feedback.models import Consent, Suggestion, SuggestionTopic

SHORTEST_TEXT = 10


class PlainTextField(forms.CharField):
    """Text whose line breaks count as one character, as they do in the browser."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class SuggestionForm(forms.ModelForm):
    """A suggestion. Contact and consent belong together; without a contact neither is stored."""

    submission_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={"invalid": "Форма открыта с ошибкой. Отправьте её ещё раз."},
    )
    role = forms.ChoiceField(
        label="Кто вы",
        choices=Suggestion.Role,
        widget=forms.RadioSelect,
        error_messages={"required": "Отметьте, кто вы: так ответит тот, кто отвечает за вопрос."},
    )
    consents = forms.BooleanField(required=False, label="Согласие")
    consent_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Suggestion
        fields = ["topic", "role", "text", "email"]
        field_classes = {"text": PlainTextField}
        labels = {
            "topic": "О чём предложение",
            "text": "Ваше предложение",
            "email": "Электронная почта, если хотите получить ответ и туда",
        }
        help_texts = {
            "text": "Что происходит сейчас и как сделать лучше. "
            "Имена и телефоны других людей писать не нужно.",
            "email": "Необязательно. Ответ всегда можно узнать по коду из квитанции.",
        }
        widgets = {
            "text": forms.Textarea(attrs={"rows": 9}),
            "email": forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        }
        error_messages = {
            "topic": {"required": "Выберите тему. Если ни одна не подходит, есть «Другое»."},
            "text": {
                "required": "Напишите, что вы предлагаете.",
                "max_length": "Сократите текст до %(limit_value)s знаков: сейчас %(show_value)s.",
            },
            "email": {"invalid": "Проверьте адрес: он выглядит как name@example.ru."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.consent = Consent.objects.current()
        self.fields["topic"].queryset = SuggestionTopic.objects.filter(is_active=True)
        self.fields["topic"].empty_label = "Выберите тему"
        self.helper = form_helper("Отправить предложение")
        contact = []
        if self.consent:
            self.fields["consents"].label = consent_label(self.consent)
            self.initial["consent_version"] = self.consent.version
            contact = [Fieldset("Как вам ответить", "email", "consents"), "consent_version"]
        else:  # without a published consent no contact data may be asked for
            for name in ("email", "consents", "consent_version"):
                del self.fields[name]
        self.helper.layout = Layout("submission_key", "topic", "role", "text", *contact)

    def clean_text(self):
        text = self.cleaned_data["text"].strip()
        if len(text) < SHORTEST_TEXT:
            raise forms.ValidationError(
                "Напишите чуть подробнее: по нескольким буквам предложение не понять."
            )
        return text

    def clean(self):
        data = super().clean()
        email = data.get("email")
        if email and not data.get("consents"):
            self.add_error(
                "consents",
                "Чтобы мы могли сохранить почту, отметьте согласие. "
                "Или сотрите адрес: ответ придёт под кодом из квитанции.",
            )
        elif email and data.get("consent_version") != self.consent.version:
            self.add_error(
                "consents",
                "Пока вы писали, текст согласия изменился. Прочитайте его и отправьте ещё раз.",
            )
            self.data = self.data.copy()
            self.data["consent_version"] = self.consent.version
            del self.data["consents"]  # to be ticked anew, for what is read now
        if email:
            self.instance.consent, self.instance.consented_at = self.consent, timezone.now()
        return data

    @property
    def receipt_key(self):
        """One key for this form with this text: a second click finds the first's suggestion,
        while a text that was changed after going back is a suggestion of its own."""
        return uuid5(self.cleaned_data["submission_key"], self.cleaned_data["text"])

    def submit(self):
        """Register the suggestion of a valid form and return it."""
        return self.instance.submit(self.receipt_key)


def consent_label(consent):
    return format_html(
        'Даю <a href="{}">согласие на обработку</a> адреса электронной почты',
        reverse("feedback:consent_detail", args=[consent.version]),
    )
