"""The form that verifies a signed receipt and, optionally, the text of its suggestion."""

from django import forms
from django.core.exceptions import ValidationError

from feedback.forms.layout import form_helper
from feedback.forms.suggestion import PlainTextField
from feedback.receipts.signatures import OldFormat, fingerprint, parse_receipt, public_key

LONGEST = 20_000
INCOMPLETE = (
    "Здесь нет целой квитанции. Вставьте весь файл, от строки, которая начинается с «receipt:», "
    "до строки, которая начинается с «signature:», и ничего в них не меняйте."
)
OLD_FORMAT = (
    "Это квитанция прежнего вида, «receipt: 1». Её соль не подписана, поэтому такую квитанцию "
    "можно подделать, и доказательством она не служит. Скачайте новую на странице «Моё "
    "предложение»: она начинается с «receipt: 3»."
)


class VerificationForm(forms.Form):
    """The cleaned `receipt` is a Receipt, whose signature may be wrong."""

    receipt = PlainTextField(
        label="Квитанция",
        max_length=LONGEST,
        strip=False,
        help_text="Откройте скачанный файл и вставьте его сюда целиком.",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Вставьте квитанцию: весь текст скачанного файла."},
    )
    text = PlainTextField(
        label="Текст предложения",
        required=False,
        max_length=LONGEST,
        help_text="Если вы его сохранили, станет ясно, его ли техникум принял.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper("Проверить")
        self.helper.disable_csrf = True

    def clean_receipt(self):
        try:
            return parse_receipt(self.cleaned_data["receipt"])
        except OldFormat as error:
            raise ValidationError(OLD_FORMAT) from error
        except ValueError as error:
            raise ValidationError(INCOMPLETE) from error

    def verdict(self):
        """The result for a valid form, as an identifier for the template."""
        receipt, text = self.cleaned_data["receipt"], self.cleaned_data["text"]
        if receipt.key != fingerprint(public_key()):
            return "another_key"
        if not receipt.is_signed_with(public_key()):
            return "changed"
        if text and not receipt.has_text(text):
            return "another_text"
        return "genuine_with_text" if text else "genuine"
