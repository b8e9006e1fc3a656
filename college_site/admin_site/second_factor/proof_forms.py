"""Forms in which staff prove again who they are; wrong entries are throttled like passwords."""

import logging
import math

from django import forms
from django.core.exceptions import ValidationError

from college_site.accounts.login_throttling import count_failure, seconds_until_proof
from college_site.accounts.second_factors import seconds_until_code, verify_code
from college_site.templatetags.typography import plural

logger = logging.getLogger(__name__)


class ProofForm(forms.Form):
    """Of one field, `code`; `device` is the one that accepted it, if one did."""

    device = None
    wrong = "Код не подошёл. Возьмите в приложении новый: каждый действует полминуты и один раз."

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self):
        code = self.cleaned_data["code"]
        if seconds := seconds_until_proof(self.request) or self.seconds_until(code):
            raise ValidationError(f"Слишком много неверных кодов. Подождите {describe(seconds)}.")
        if not self.is_right(code):
            count_failure(self.request)
            logger.info("A wrong code was entered")
            raise ValidationError(self.wrong)
        return code

    def seconds_until(self, code):
        return seconds_until_code(self.request.user, code)

    def is_right(self, code):
        self.device = verify_code(self.request.user, code)
        return self.device is not None


class CodeForm(ProofForm):
    """The second step of a login."""

    code = forms.CharField(
        label="Код",
        max_length=32,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "off"}
        ),
    )


class ConfirmationForm(ProofForm):
    """The password, or a code, before something that cannot be undone."""

    wrong = "Пароль или код не подошёл."
    code = forms.CharField(
        label="Ваш пароль или код",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def is_right(self, code):
        return self.request.user.check_password(code) or super().is_right(code)


class FirstCodeForm(forms.Form):
    """The first code of an app, which shows that its clock and its secret are right."""

    code = forms.CharField(
        label="Код из приложения",
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def describe(seconds):
    if seconds < 60:
        return plural(seconds, "секунду,секунды,секунд")
    return plural(math.ceil(seconds / 60), "минуту,минуты,минут")
