"""What the scripts of django-otp-webauthn ask: they add a passkey or log in with one."""

import json
import logging

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django_otp_webauthn import exceptions, views
from webauthn.helpers.exceptions import WebAuthnException

from college_site.accounts.login_throttling import remember_browser
from college_site.accounts.second_factors import complete_second_step
from college_site.admin_site.account_events import record_event

logger = logging.getLogger(__name__)

BROKEN_ANSWERS = (
    exceptions.UnprocessableEntity,
    WebAuthnException,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
)


class OfStaff:
    """Refuses everybody but staff, and a body that is no JSON object."""

    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        if not (request.user.is_active and request.user.is_staff):
            return JsonResponse({"detail": "Вход закончился. Войдите снова."}, status=403)
        return super().dispatch(request, *args, **kwargs)

    def _parse_request_data(self, request):
        """A JSON object or nothing: the package would fail on what is none."""
        if request.content_type != "application/json":
            return {}
        try:
            found = json.loads(request.body or "{}")
        except ValueError as error:
            raise exceptions.MalformedRequest from error
        if not isinstance(found, dict):
            raise exceptions.MalformedRequest
        return found

    def handle_exception(self, exc):
        """The package leaves these words untranslated and lets other broken answers fail."""
        if isinstance(exc, BROKEN_ANSWERS):
            exc = exceptions.UnprocessableEntity("Ключ не подошёл. Попробуйте ещё раз.")
        return super().handle_exception(exc)


class BeginAdding(OfStaff, views.BeginCredentialRegistrationView):
    pass


class CompleteAdding(OfStaff, views.CompleteCredentialRegistrationView):
    """Accepts only who has shown a second factor, if the account has one: the package checks it."""

    def post(self, request):
        response = super().post(request)
        record_event(request, request.user, "добавлен ключ доступа")
        logger.info("A passkey was added as a second factor")
        return response


class BeginVerifying(OfStaff, views.BeginCredentialAuthenticationView):
    pass


class CompleteVerifying(OfStaff, views.CompleteCredentialAuthenticationView):
    def post(self, request):
        response = super().post(request)
        remember_browser(request, response, request.user.get_username())
        return response

    def get_success_data(self, device):
        """With ?stay the page that asked sends its form instead of leaving for another page."""
        data = super().get_success_data(device)
        return {"id": device.pk} if "stay" in self.request.GET else data

    def complete_auth(self, device):
        complete_second_step(self.request, device)
        return device.user


def list_urls():
    return [
        path("passkeys/adding/begin/", BeginAdding.as_view(), name="passkey_adding"),
        path("passkeys/adding/complete/", CompleteAdding.as_view(), name="passkey_added"),
        path("passkeys/verifying/begin/", BeginVerifying.as_view(), name="passkey_verifying"),
        path("passkeys/verifying/complete/", CompleteVerifying.as_view(), name="passkey_verified"),
    ]


def list_addresses(request, *, is_staying=False):
    """What the scripts of the package read from the page."""
    verified = reverse("admin:passkey_verified")
    return {
        "autocompleteLoginFieldSelector": None,
        "nextFieldSelector": "input[name='next']",
        "csrfToken": get_token(request),
        "beginRegistrationUrl": reverse("admin:passkey_adding"),
        "completeRegistrationUrl": reverse("admin:passkey_added"),
        "beginAuthenticationUrl": reverse("admin:passkey_verifying"),
        "completeAuthenticationUrl": f"{verified}?stay" if is_staying else verified,
    }
