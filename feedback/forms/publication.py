"""The form of a public answer, which warns of personal data before publication."""

from django import forms

from feedback.models import Publication
from feedback.models.workflow.states import CLOSED
from feedback.moderation.personal_data import find_personal_data


class PublicationForm(forms.ModelForm):
    """Fills in the suggestion's answer if the copy has none; checks for personal data."""

    may_read_original = False
    is_checked = forms.BooleanField(
        label="Личные данные проверены",
        required=False,
        help_text="Отметьте, если портал остановил публикацию из-за имени, телефона или адреса, "
        "а показать их можно: это данные техникума, или человек согласен.",
    )

    class Meta:
        model = Publication
        fields = ["suggestion", "title", "text", "answer", "result_post"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.may_read_original and self.instance.pk and not self.instance.answer:
            suggestion = self.instance.suggestion
            answer = suggestion.answer if suggestion.status in CLOSED else ""
            self.initial["answer"] = answer

    def clean(self):
        data = super().clean()
        needs_check = self.will_be_public() and not data.get("is_checked")
        text = "\n".join(data.get(name, "") for name in ("title", "text", "answer"))
        if needs_check and (warning := personal_data_warning(text)):
            self.add_error("is_checked", f"{warning} Уберите их или отметьте эту строку.")
        return data

    def will_be_public(self):
        """Whether the answer will be public once this form is saved."""
        stays = self.instance.is_published and "_withdraw" not in self.data
        return stays or "_publish" in self.data


def personal_data_warning(text):
    """A sentence for staff that quotes possible personal data in the text; "" if there are none."""
    words = ", ".join(f"«{words}»" for _, words in find_personal_data(text))
    return f"Это похоже на личные данные: {words}. Прочитать их сможет каждый." if words else ""
