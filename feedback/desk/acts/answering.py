"""The fields of acts that answer: prepared texts, decision, promise, preview of the letter."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import cached_property

from college_site.admin_site.date_widgets import DateInput
from feedback.desk.acts.answer_files import FilesMixin
from feedback.mail.outbox import render_letter
from feedback.models import Event, PreparedAnswer, Promise
from feedback.models.workflow.answering import (
    describe_decision,
    describe_result,
    refuse_placeholders,
)
from feedback.models.workflow.states import Decision
from feedback.moderation.personal_data import find_personal_data

Kind = Event.Kind


class Preview(NamedTuple):
    """The letter as it will be sent; without an address it is only what the page will say."""

    subject: str
    text: str
    is_sent: bool


class PreviewMixin(forms.Form):
    """An act with the button «Показать письмо»; `letter()` gives kind, text and decision of it."""

    has_preview = True
    preview = None
    staged_files = ()

    def prepare_files(self):
        """Stage what was uploaded, see FilesMixin."""

    def prepare(self):
        """Whether a button was pressed that only changes or shows the form; does what it asks."""
        self.prepare_files()
        if "_preview" not in self.data:
            return False
        with transaction.atomic():
            if self.is_valid():
                self.preview = self.write_preview(*self.letter())
        return True

    def letter(self):
        return self.kind, self.cleaned_data["words"], ""

    def foresee(self):
        """The suggestion as the act will leave it, as far as the letter tells."""
        return self.suggestion

    def write_preview(self, kind, text, decided):
        event = Event(suggestion=self.foresee(), kind=kind, text=text)
        subject, body, _ = render_letter(event, decided, self.staged_files)
        return Preview(subject, body, bool(self.suggestion.email))

    def check_words(self, name):
        """Refuse what only the author may read in words that the public will read."""
        words, suggestion = self.cleaned_data.get(name, ""), self.suggestion
        if not suggestion.may_publish or suggestion.is_restricted:
            return
        if found := ", ".join(f"«{words}»" for _, words in find_personal_data(words)):
            self.add_error(name, f"Это прочтёт каждый, уберите личные данные: {found}.")


class PreparedSelect(forms.Select):
    """Its options hold their texts, so that a script inserts them without a request."""

    find_texts = dict

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if text := self.find_texts().get(str(value)):
            option["attrs"] |= {"data-words": text[0], "data-decision": text[1]}
        return option


class AnswerMixin(FilesMixin, PreviewMixin):
    """The fields of an answer; `_insert` puts a prepared text into the words."""

    prepared = forms.ChoiceField(
        label="Заготовка", required=False, widget=PreparedSelect(attrs={"data-prepared": ""})
    )
    decision = forms.ChoiceField(
        label="Решение",
        choices=[("", "— выберите —"), *Decision.choices],
        error_messages={"required": "Выберите решение: его прочтут автор и все, кому виден ответ."},
    )
    promise = forms.CharField(
        label="Что обещаем сделать",
        required=False,
        max_length=Promise.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Если предложение принято и дело впереди. Без имён: обещание увидят все, если "
        "ответ опубликуют. В срок сайт напомнит о нём.",
    )
    promise_due = forms.DateField(label="К какому дню", required=False, widget=DateInput)
    field_order = ("prepared", "words", "decision", "promise", "promise_due", "files")

    def __init__(self, suggestion, staff, *args, **options):
        super().__init__(suggestion, staff, *args, **options)
        self.give_key()
        self.fields["prepared"].choices = self.list_prepared  # asked only where the form is shown
        self.fields["prepared"].widget.find_texts = lambda: self.prepared_texts

    @cached_property
    def prepared_texts(self):
        """{key as text: (text, decision, title)} of the prepared answers for the suggestion."""
        found = PreparedAnswer.objects.for_topic(self.suggestion.topic_id)
        return {
            str(prepared.pk): (
                prepared.fill(self.suggestion, self.staff),
                prepared.decision,
                prepared.title,
            )
            for prepared in found
        }

    def list_prepared(self):
        titles = [(key, text[2]) for key, text in self.prepared_texts.items()]
        return [("", "— без заготовки —"), *titles]

    def prepare(self):
        if "_insert" not in self.data:
            return super().prepare()
        self.prepare_files()
        self.insert_prepared()
        return True

    def insert_prepared(self):
        """Show the form unsent, with the prepared text after what was written."""
        self.initial = {name: self.data.get(name, "") for name in self.fields}
        if text := self.prepared_texts.get(self.initial["prepared"]):
            written = self.initial["words"].strip()
            self.initial["words"] = f"{written}\n\n{text[0]}" if written else text[0]
            self.initial["decision"] = text[1] or self.initial["decision"]
        self.is_bound = False

    def clean(self):
        data = super().clean()
        try:
            refuse_placeholders(data.get("words", ""))
        except ValidationError as error:
            self.add_error("words", error)
        promise, due_on = data.get("promise"), data.get("promise_due")
        if promise and not due_on and "promise_due" not in self.errors:
            self.add_error("promise_due", "Укажите день, к которому сделаем.")
        elif due_on and not promise and "promise" not in self.errors:
            self.add_error("promise", "Напишите, что сделаем к этому дню, или уберите день.")
        elif promise and due_on and "decision" in data:
            self.check_promise(data["decision"], promise, due_on)
        return data

    def check_promise(self, decision, promise, due_on):
        try:
            self.suggestion.clean_promise(decision, promise, due_on)
        except ValidationError as error:
            self.add_error("promise", error)
        self.check_words("promise")

    @property
    def made_promise(self):
        """(what, by which day), or None."""
        data = self.cleaned_data
        return (data["promise"], data["promise_due"]) if data["promise"] else None

    def letter(self):
        decision, words = self.cleaned_data["decision"], self.cleaned_data["words"]
        if decision == Decision.DECLINED:
            return Kind.DECLINED, words, ""
        promise = self.made_promise and Promise(
            text=self.made_promise[0], due_on=self.made_promise[1]
        )
        return Kind.ANSWERED, words, describe_decision(decision, promise)

    def perform(self):
        data = self.cleaned_data
        self.suggestion.give_answer(
            data["words"],
            self.staff,
            decision=data["decision"],
            promise=self.made_promise,
            staging_hash=self.staging_hash,
        )


class ResultMixin(PreviewMixin):
    """The fields of a fulfilled promise."""

    address = forms.CharField(
        label="Новость об этом",
        required=False,
        help_text="Адрес публикации на этом сайте, если она есть.",
    )
    field_order = ("words", "address")

    def clean_address(self):
        """The published post at the address, or None; anything else is refused."""
        address = self.cleaned_data["address"].strip()
        if not address:
            return None
        if post := find_post(address):
            return post
        raise ValidationError(
            "Такой опубликованной новости на сайте нет: скопируйте адрес из строки браузера."
        )

    def clean(self):
        data = super().clean()
        self.check_words("words")
        return data

    def letter(self):
        data = self.cleaned_data
        return self.kind, describe_result(data["words"], data["address"]), ""

    def perform(self):
        data = self.cleaned_data
        self.suggestion.fulfil_promise(data["words"], self.staff, data["address"])


def find_post(address):
    """The published post of this site at an address, or None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.netloc not in ("", urlsplit(settings.SITE_URL).netloc):
        return None
    posts = Promise.result_post.field.related_model.objects
    return posts.published().at_address(parts.path).first()
