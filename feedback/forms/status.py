"""The form with number and code, which opens an author's suggestion."""

import re

from django import forms
from django.urls import reverse

from college_site.templatetags.typography import plural
from feedback import code_throttling
from feedback.forms.layout import form_helper
from feedback.models import Suggestion

NOT_FOUND = (
    "Предложения с таким номером и кодом нет. "
    "Сверьте их с квитанцией: и номер, и код нужны целиком."
)


class StatusForm(forms.Form):
    """Number and code from the receipt; `minutes` to wait after too many wrong codes, else 0.

    `action_name` and `unsent` hold the text of an action whose author's session had expired.
    """

    number = forms.CharField(
        label="Номер предложения",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Впишите номер из квитанции, например 2026-17."},
    )
    code = forms.CharField(
        label="Код",
        max_length=100,
        help_text="28 букв и цифр из квитанции. Можно строчными и без пробелов.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Впишите код из квитанции."},
    )
    action_name = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    unsent = forms.CharField(required=False, widget=forms.HiddenInput)

    minutes = 0

    def __init__(self, *args, network="", **kwargs):
        super().__init__(*args, **kwargs)
        self.network = network
        self.helper = form_helper("Показать")
        self.helper.form_action = reverse("feedback:suggestion_status")

    def clean_number(self):
        number = re.sub(r"[\s№]", "", self.cleaned_data["number"])
        return re.sub("[–—]", "-", number)

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        self.suggestion = Suggestion.objects.find_by_receipt(data["number"], data["code"])
        if self.suggestion:
            return data
        if code_throttling.count_wrong_code(self.network):
            self.minutes = code_throttling.minutes_to_wait()
            raise forms.ValidationError(
                "С вашего адреса слишком много раз введён неверный код. Сверьте номер и код с "
                "квитанцией: верные откроют страницу и сейчас. Если не выходит, подождите "
                f"{plural(self.minutes, 'минуту,минуты,минут')}."
            )
        raise forms.ValidationError(NOT_FOUND)
