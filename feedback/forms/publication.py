"""The form of a public answer: offers what to black out, asks what to tell the author."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.template.loader import render_to_string

from college_site.pages.plain_text import normalize
from feedback.models import Publication, Suggestion
from feedback.models.publications import NEEDS_NOTE
from feedback.models.workflow.states import CLOSED
from feedback.moderation.personal_data import find_personal_data
from feedback.moderation.redaction import explain, find_revealing, redact

TEXTS = ("title", "text", "answer")
REDACTING = {"_redact", "_redact_all"}  # the buttons that save nothing
ERASED = "Пока страница была открыта, данные предложения уничтожили: публиковать больше нечего."
NEEDS_REASON = "Напишите, почему снимаете с публикации: автор это прочтёт."


class FindingsInput(forms.Widget):
    """The words that may reveal a person, each with a checkbox, and the buttons to black out."""

    findings = ()

    def render(self, name, value, attrs=None, renderer=None):
        context = {"name": name, "findings": self.findings}
        return render_to_string("admin/feedback/publication/findings.html", context)

    def value_from_datadict(self, data, files, name):
        """Nothing to store: redact_entries() reads what was ticked."""


class PublicationForm(forms.ModelForm):
    """Fills in the suggestion's answer if the copy has none; checks for personal data.

    A button that blacks out words shows the form once more, with them replaced and unsaved.
    """

    may_read_original = False
    source = None  # the suggestion of a copy that is not stored yet
    redact = forms.Field(label="Закрасить", required=False, widget=FindingsInput)
    note = forms.CharField(
        label="Что сказать автору",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Что изменили в тексте и почему или почему снимаете с публикации. Автор прочтёт "
        "это на своей странице и в письме. О закрашенном портал напишет сам.",
    )
    is_checked = forms.BooleanField(
        label="Личные данные проверены",
        required=False,
        help_text="Отметьте, если портал остановил публикацию из-за имени, телефона или адреса, "
        "а показать их можно: это данные техникума, или человек согласен.",
    )

    class Meta:
        model = Publication
        fields = ["suggestion", "title", "text", "answer", "result_post"]

    def __init__(self, data=None, *args, **kwargs):
        self.is_redacting = data is not None and not REDACTING.isdisjoint(data)
        super().__init__(redact_entries(data) if self.is_redacting else data, *args, **kwargs)
        if self.may_read_original and self.instance.pk and not self.instance.answer:
            suggestion = self.instance.suggestion
            answer = suggestion.answer if suggestion.status in CLOSED else ""
            self.initial["answer"] = answer
        if self.source:
            self.instance.suggestion = self.source
        if "text" in self.fields:  # not for who may only look
            self.fields["redact"].widget.findings = self.list_findings()

    def list_findings(self):
        """Pairs of a finding and how often its words occur, without repeats."""
        counts = {}
        for name in TEXTS:
            for finding in find_revealing(str(self[name].value() or "")):
                counts.setdefault(finding.words, [finding, 0])[1] += 1
        return list(counts.values())

    def is_valid(self):
        return not self.is_redacting and super().is_valid()

    def full_clean(self):
        """Without complaints where a button only replaced words."""
        if not self.is_redacting:
            return super().full_clean()
        self._errors, self.cleaned_data = ErrorDict(), {}
        return None

    def clean(self):
        data = super().clean()
        self.check_erasure(data.get("suggestion") or getattr(self.instance, "suggestion", None))
        self.check_personal_data(data)
        if error := self.find_missing_note(data):
            self.add_error("note", error)
        return data

    def check_erasure(self, suggestion):
        """Lock the suggestion until the copy is saved: erasing must not miss one that comes later.

        What is published for everybody stays at the end of the term, and can be edited.
        """
        stored = Suggestion.objects.select_for_update().filter(pk=suggestion and suggestion.pk)
        is_erased = any(row.erased_at for row in stored)
        if is_erased and not Publication.objects.filter(pk=self.instance.pk).exists():
            raise ValidationError(ERASED)

    def check_personal_data(self, data):
        needs_check = self.will_be_public() and not data.get("is_checked")
        text = "\n".join(data.get(name, "") for name in TEXTS)
        if needs_check and (warning := personal_data_warning(text)):
            self.add_error("is_checked", f"{warning} Закрасьте их или отметьте эту строку.")

    def find_missing_note(self, data):
        """What the author must be told and is not yet; "" if nothing is missing."""
        if data.get("note"):
            return ""
        if self.instance.is_published and "_withdraw" in self.data:
            return NEEDS_REASON
        suggestion = data.get("suggestion") or getattr(self.instance, "suggestion", None)
        if not self.will_be_public() or not suggestion:
            return ""
        is_new = not self.instance.is_published or "text" in self.changed_data
        is_changed = normalize(data.get("text", "")) != normalize(suggestion.text)
        return NEEDS_NOTE if is_new and is_changed else ""

    def will_be_public(self):
        """Whether the answer will be public once this form is saved."""
        stays = self.instance.is_published and "_withdraw" not in self.data
        return stays or "_publish" in self.data


def redact_entries(data):
    """A copy of what was sent, with the ticked words or all of them replaced by marks.

    The note to the author tells it, unless staff have written one.
    """
    entries = data.copy()
    chosen = None if "_redact_all" in data else set(data.getlist("redact"))
    before = explain(data.get("text", ""))
    for name in TEXTS:
        entries[name] = redact(data.get(name, ""), chosen)
    if data.get("note", "").strip() in ("", before):
        entries["note"] = explain(entries["text"])
    return entries


def personal_data_warning(text):
    """A sentence for staff that quotes possible personal data in the text; "" if there are none."""
    words = ", ".join(f"«{words}»" for _, words in find_personal_data(text))
    return f"Это похоже на личные данные: {words}. Прочитать их сможет каждый." if words else ""
