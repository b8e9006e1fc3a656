"""The form with which staff enter a suggestion from paper, telephone or a meeting."""

from datetime import datetime, time, timedelta
from uuid import uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from college_site.admin_site.date_widgets import DateInput
from feedback.forms.files import FilesForm
from feedback.forms.suggestion import SHORTEST_TEXT, PlainTextField
from feedback.models import Consent, Suggestion, SuggestionTopic
from feedback.moderation.safeguarding import mentions_harm

MOST_DAYS = 30  # the term of an answer: what is older has no deadline to keep
Source = Suggestion.Source


class IntakeForm(FilesForm, forms.ModelForm):
    """Registers a suggestion in the common register; nothing of it is suspected of abuse."""

    key_name = "submission_key"
    age = timedelta(days=1)  # staff are known

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    source = forms.ChoiceField(
        label="Как пришло",
        choices=[(source.value, source.label) for source in Source if source != Source.SITE],
        initial=Source.PAPER,
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(
        label="Когда получено",
        initial=timezone.localdate,
        widget=DateInput,
        error_messages={"required": "Впишите день, когда предложение получили."},
        help_text=f"С этого дня считается срок ответа. Не раньше чем {MOST_DAYS} дней назад.",
    )
    has_consent = forms.BooleanField(
        label="Автор подписал согласие на обработку адреса",
        required=False,
        help_text="Подписанное согласие храните вместе с бумагой. Без него адрес не вносят.",
    )

    class Meta:
        model = Suggestion
        fields = ["topic", "role", "text", "may_publish", "email"]
        field_classes = {"text": PlainTextField}
        labels = {
            "role": "Кто пишет",
            "text": "Что предлагает",
            "email": "Почта для ответа",
            "may_publish": "Автор разрешил опубликовать предложение с ответом",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        error_messages = {
            "topic": {"required": "Выберите тему: от неё зависит, кто ответит и к какому сроку."},
            "role": {"required": "Отметьте, кто пишет. Если не сказано, выберите «Другое»."},
            "text": {"required": "Перепишите текст с бумаги или запишите, что сказали."},
        }
        help_texts = {
            "text": "Слово в слово. Имя автора и телефон не вписывайте: отвечают под кодом.",
            "email": "Только если она есть на бумаге и автор подписал согласие.",
        }

    field_order = [
        "source",
        "received_on",
        "topic",
        "role",
        "text",
        "files",
        "may_publish",
        "email",
        "has_consent",
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.consent = Consent.objects.current()
        self.fields["topic"].queryset = SuggestionTopic.objects.filter(is_active=True)
        self.fields["files"].label = "Снимки бумаги"
        if not self.consent:
            del self.fields["email"], self.fields["has_consent"]

    def clean_received_on(self):
        day, today = self.cleaned_data["received_on"], timezone.localdate()
        if day > today:
            raise ValidationError(
                f"{day:%d.%m.%Y} ещё не наступило: впишите день, когда предложение получили."
            )
        if day < today - timedelta(days=MOST_DAYS):
            raise ValidationError(
                f"{day:%d.%m.%Y} — больше {MOST_DAYS} дней назад, срок ответа прошёл. Внесите с "
                "сегодняшним днём и напишите о задержке в заметке."
            )
        return day

    def clean_text(self):
        text = self.cleaned_data["text"].strip()
        if len(text) < SHORTEST_TEXT:
            raise ValidationError(f"Впишите текст с бумаги: не короче {SHORTEST_TEXT} знаков.")
        return text

    def clean(self):
        data = super().clean()
        self.update_staged_files()
        has_email, has_consent = bool(data.get("email")), bool(data.get("has_consent"))
        if has_email and not has_consent:
            self.add_error("has_consent", "Без подписанного согласия сотрите адрес.")
        elif has_consent and not has_email and "email" not in self.errors:
            self.add_error("email", "Согласие есть, а адреса нет: впишите его или снимите отметку.")
        return data

    def _post_clean(self):
        """Fill the instance; the fields have checked everything that the constraints demand."""
        self.instance = forms.models.construct_instance(self, self.instance)

    @property
    def receipt_key(self):
        """The same for a second click, another one if the text was changed after going back."""
        return uuid5(self.cleaned_data["submission_key"], self.cleaned_data["text"])

    def submit(self, staff):
        """Register the suggestion of a valid form and return it."""
        data, row = self.cleaned_data, self.instance
        row.source = data["source"]
        row.received_at = moment_of(data["received_on"])
        row.is_restricted = mentions_harm(data["text"])
        if row.email:
            row.consent, row.consented_at = self.consent, row.received_at
        with transaction.atomic():
            return row.submit(self.receipt_key, self.staging_hash, staff=staff)


def moment_of(day):
    """Now, or noon of an earlier day."""
    now = timezone.localtime()
    return now if day == now.date() else timezone.make_aware(datetime.combine(day, time(12)))
