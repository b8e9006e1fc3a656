"""«Версия для слабовидящих»: display options that are stored in a cookie."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from college_site.http.cookies import cookie_attributes
from college_site.http.request_state import request_state

COOKIE = f"{settings.COOKIE_PREFIX}accessible_version"
COOKIE_SECONDS = 365 * 24 * 3600
LONGEST_COOKIE = LONGEST_PATH = 2000
NO_PICTURES = "no-pictures"


def question_field(label, *choices):
    """A question of the panel; the first choice is the default."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)


class AccessibleVersionForm(forms.Form):
    """The panel; values must be unique: each is a word in the cookie and a class of <html>."""

    size = question_field(
        "Размер текста",
        ("size-1", "Обычный"),
        ("size-2", "Крупный: в полтора раза больше"),
        ("size-3", "Очень крупный: вдвое больше"),
    )
    scheme = question_field(
        "Цвета",
        ("scheme-site", "Обычные"),
        ("scheme-white", "Чёрным по белому"),
        ("scheme-black", "Белым по чёрному"),
        ("scheme-blue", "Тёмно-синим по голубому"),
    )
    letters = question_field(
        "Промежутки между буквами",
        ("letters-1", "Обычные"),
        ("letters-2", "Широкие"),
        ("letters-3", "Очень широкие"),
    )
    lines = question_field(
        "Промежутки между строками",
        ("lines-1", "Обычные"),
        ("lines-2", "Широкие"),
        ("lines-3", "Очень широкие"),
    )
    font = question_field("Шрифт", ("sans", "Без засечек"), ("serif", "С засечками"))
    pictures = question_field(
        "Изображения",
        ("pictures", "Показывать"),
        (NO_PICTURES, "Заменять описаниями: картинки не загружаются"),
    )

    def __init__(self, *args, return_path, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = (
            f"{reverse('accessible_version')}?{urlencode({'next': return_path})}"
        )
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("", "Применить"))


QUESTIONS = {
    name: [value for value, _ in field.choices]
    for name, field in AccessibleVersionForm.base_fields.items()
}


@dataclass(frozen=True)
class AccessibleVersion:
    """A visitor's `answers`: {question: value}."""

    answers: dict

    @classmethod
    def from_cookie(cls, cookie):
        """Parse a cookie; unknown words are ignored."""
        words = cookie[:LONGEST_COOKIE].split(".")
        return cls(
            {
                name: next((value for value in values if value in words), values[0])
                for name, values in QUESTIONS.items()
            }
        )

    @cached_property
    def words(self):
        """The answers that differ from the default."""
        return [value for name, value in self.answers.items() if value != QUESTIONS[name][0]]

    @property
    def is_on(self):
        return bool(self.words)

    @property
    def classes(self):
        """The classes of <html>, styled by accessible_version.css."""
        return " ".join(["accessible-version", *self.words]) if self.is_on else ""

    @property
    def shows_pictures(self):
        return NO_PICTURES not in self.words

    def set_cookie(self, response):
        """Store the answers in the cookie, or delete it if all answers are the default."""
        if self.is_on:
            response.set_cookie(
                COOKIE,
                ".".join(self.words),
                **cookie_attributes(COOKIE_SECONDS, samesite="Lax"),
            )
        else:
            response.delete_cookie(COOKIE, samesite="Lax")


def own_path(address):
    """`address` if it is a path of this site, otherwise the path of the home page."""
    is_own = (
        address.startswith("/")
        and not address.startswith("//")
        and len(address) <= LONGEST_PATH
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )
    return address if is_own else reverse(settings.HOME_PAGE)


def accessible_version_context(request):
    """Context processor: `accessible_version`; using it marks the response as dependent on it."""

    def read():
        request_state(request).depends_on_accessible_version = True
        return AccessibleVersion.from_cookie(request.COOKIES.get(COOKIE, ""))

    return {"accessible_version": SimpleLazyObject(read)}


def accessible_version_middleware(get_response):
    """Middleware: add `Vary: Cookie` to responses that depend on the accessible version."""

    def middleware(request):
        response = get_response(request)
        if request_state(request).depends_on_accessible_version:
            patch_vary_headers(response, ["Cookie"])
        return response

    return middleware
