"""What this site asks of passkeys and what it stores of them."""

from django.utils import timezone
from django.utils.formats import date_format
from django_otp_webauthn.helpers import WebAuthnHelper


class PasskeyHelper(WebAuthnHelper):
    """django-otp-webauthn's; a passkey has a name from the start."""

    def create_credential(self, *args):
        device = super().create_credential(*args)
        device.name = f"Ключ от {date_format(timezone.localdate(), 'j E Y')} г."
        return device

    def create_attestation(self, *args):
        """Nothing: which make a device is of is not asked, so it is not stored either."""
