"""The form of a suggestion."""

from datetime import timedelta
from uuid import uuid4, uuid5

from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import punycode
from django.utils.html import format_html

from feedback.forms.files import STAGED_FILES, FilesForm
from feedback.forms.layout import form_helper
from feedback.models import Consent, Suggestion, SuggestionTopic
from feedback.moderation.abuse import sign_opening_time, time_since_opening
from feedback.moderation.queues import assign_queue

SHORTEST_TEXT = 10
HINTS_PLACEHOLDER = HTML('{% include "feedback/_hints_place.html" %}')


class PlainTextField(forms.CharField):
    """Text whose line breaks count as one character, as they do in the browser."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class ReplyBy(models.TextChoices):
    """How the author learns of the answer."""

    CODE = "code", "Только под кодом из квитанции"
    EMAIL = "email", "Под кодом и письмом на электронную почту"


class SuggestionForm(FilesForm, forms.ModelForm):
    """A suggestion. Email and consent are stored together or not at all."""

    key_name = "submission_key"

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
    reply_by = forms.ChoiceField(
        label="Как вам ответить",
        choices=ReplyBy,
        initial=ReplyBy.CODE,
        widget=forms.RadioSelect,
        error_messages={"required": "Отметьте, как вам ответить."},
    )
    consents = forms.BooleanField(required=False, label="Согласие")
    consent_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput, initial=sign_opening_time)
    website = forms.CharField(
        required=False,
        label="Оставьте это поле пустым",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = Suggestion
        fields = ["topic", "role", "text", "email", "may_publish"]
        field_classes = {"text": PlainTextField}
        labels = {
            "topic": "О чём предложение",
            "text": "Ваше предложение",
            "email": "Электронная почта",
            "may_publish": "Ответ можно опубликовать вместе с предложением",
        }
        help_texts = {
            "text": "Что происходит сейчас и как сделать лучше. "
            "Имена и телефоны других людей писать не нужно.",
            "may_publish": "Без имён и всего, по чему вас можно узнать. Так ответ прочитают все, "
            "кого он касается. Без отметки его увидите только вы.",
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
        self.fields["email"].conditional = True  # needed for an answer by letter
        contact = []
        if self.consent:
            self.fields["consents"].label = consent_label(self.consent)
            self.initial["consent_version"] = self.consent.version
            address = Fieldset(
                "Адрес для ответа и согласие",
                "email",
                "consents",
                css_class="suggestion-form__contact",
            )
            contact = ["reply_by", address, "consent_version"]
        else:  # without a published consent the form may not ask for contact data
            for name in ("reply_by", "email", "consents", "consent_version"):
                del self.fields[name]
        self.helper = form_helper()
        self.helper.layout = Layout(
            "submission_key",
            "opened",
            "topic",
            "role",
            "text",
            HINTS_PLACEHOLDER,
            STAGED_FILES,
            "files",
            *contact,
            "may_publish",
            Fieldset("Не заполняйте", "website", css_class="suggestion-form__trap"),
        )

    def discard_errors(self):
        """Show the entries without errors, except those of the files."""
        for name in self.errors.keys() - {"files"}:
            del self.errors[name]

    @property
    def entries(self):
        """Names and values, for hidden fields of another form."""
        return [(field.name, field.value() or "") for field in self if field.name != "files"]

    # Validation ---------------------------------------------------------------------------------

    def clean_text(self):
        text = self.cleaned_data["text"].strip()
        if len(text) < SHORTEST_TEXT:
            raise ValidationError(
                "Напишите чуть подробнее: по нескольким буквам предложение не понять."
            )
        return text

    def clean_email(self):
        """Reject a domain that cannot be encoded for mail servers (IDNA)."""
        email = self.cleaned_data["email"]
        try:
            punycode(email.rpartition("@")[2])
        except UnicodeError as error:
            raise ValidationError(self.fields["email"].error_messages["invalid"]) from error
        return email

    def clean(self):
        data = super().clean()
        if "submission_key" in self.errors:
            self.replace_data(submission_key=str(uuid4()))
        self.update_staged_files()
        if data.get("reply_by") == ReplyBy.EMAIL:
            self.clean_contact(data)
        elif "email" in self.fields:
            data["email"] = ""
            self.errors.pop("email", None)
        return data

    def clean_contact(self, data):
        """An email needs the consent to the version that the page showed."""
        if not data.get("email"):
            if "email" not in self.errors:
                self.add_error("email", "Впишите адрес или выберите ответ только под кодом.")
        elif not data.get("consents"):
            self.add_error(
                "consents",
                "Чтобы мы могли сохранить почту, отметьте согласие. "
                "Или выберите ответ только под кодом.",
            )
        elif data.get("consent_version") != self.consent.version:
            self.add_error(
                "consents",
                "Пока вы писали, текст согласия изменился. Прочитайте его и отправьте ещё раз.",
            )
            self.replace_data(consent_version=self.consent.version, consents="")
        else:
            self.instance.consent, self.instance.consented_at = self.consent, timezone.now()

    def _post_clean(self):
        """Fill the instance without model validation: the fields have checked everything, and
        constraints would cost queries."""
        self.instance = forms.models.construct_instance(self, self.instance)

    def replace_data(self, **entries):
        """Replace submitted values by others."""
        self.data = self.data.copy()
        self.data.update(entries)

    @property
    def age(self):
        """For how long the form is open."""
        return time_since_opening(self.data.get("opened", "")) or timedelta()

    # Submission ---------------------------------------------------------------------------------

    @property
    def receipt_key(self):
        """The same for a second click, another one if the text was changed after going back."""
        return uuid5(self.cleaned_data["submission_key"], self.cleaned_data["text"])

    def is_registered(self):
        """Whether a valid form was registered already, before the visitor went back to it."""
        return Suggestion.objects.with_submission_key(self.receipt_key).exists()

    def submit(self):
        """Register the suggestion of a valid form, if that has not happened already."""
        data = self.cleaned_data
        with transaction.atomic(savepoint=False):
            if not self.is_registered():
                assign_queue(self.instance, data["website"], data["opened"], self.network)
                self.instance.register(self.receipt_key, self.staging_hash)


def consent_label(consent):
    return format_html(
        'Даю <a href="{}">согласие на обработку</a> адреса электронной почты',
        reverse("feedback:consent_detail", args=[consent.version]),
    )
