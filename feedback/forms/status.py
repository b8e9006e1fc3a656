"""Number and code, by which an author comes back to a suggestion."""

from django import forms

from feedback.forms.layout import form_helper
from feedback.models import Suggestion


class StatusForm(forms.Form):
    """Number and code from the receipt."""

    number = forms.CharField(
        label="Номер предложения",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Впишите номер из квитанции, например 2026-17."},
    )
    code = forms.CharField(
        label="Код",
        max_length=100,
        help_text="28 букв и цифр из квитанции. Пробелы и величина букв не важны.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Впишите код из квитанции."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("Показать")

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        number = data["number"].lstrip("№ ").replace("–", "-").replace("—", "-")
        self.suggestion = Suggestion.objects.with_receipt(number, data["code"])
        if self.suggestion is None:
            raise forms.ValidationError(
                "Предложения с таким номером и кодом нет. Сверьте их с квитанцией: "
                "и номер, и код нужны целиком."
            )
        return data
