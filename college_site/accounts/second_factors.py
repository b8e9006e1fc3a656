"""The second factors of an account: the app with its codes, passkeys, recovery codes."""

import base64
import logging
import math
import re
import secrets

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp import login as otp_login
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from college_site.accounts.login_throttling import forgive_failures
from college_site.accounts.second_step import has_factor

logger = logging.getLogger(__name__)

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else
CODE_LENGTH = 10
CODE_COUNT = 10
APP_CODE = re.compile(r"[0-9]{6}")
RECOVERY_CODE = re.compile(rf"[{ALPHABET}]{{{CODE_LENGTH}}}")


# Codes --------------------------------------------------------------------------------------------


def find_devices(user, code):
    """The devices that a code of this form can belong to, and what they compare it with."""
    text = re.sub(r"[\s‐‑–—-]", "", code).lower()
    if APP_CODE.fullmatch(text):
        return list(TOTPDevice.objects.devices_for_user(user, confirmed=True)), text
    if RECOVERY_CODE.fullmatch(text):
        return list(StaticDevice.objects.devices_for_user(user)), digest(user, text)
    return [], text


def verify_code(user, code):
    """The device that accepts the code, which is then used up, or None."""
    devices, token = find_devices(user, code)
    for device in devices:
        if verified := verify_token(user, device.persistent_id, token):
            return verified
    return None


def seconds_until_code(user, code):
    """How long a code of this form is refused after wrong ones, right or not."""
    devices, _ = find_devices(user, code)
    waits = [device.verify_is_allowed()[1] for device in devices]
    ends = [wait["locked_until"] for wait in waits if wait]
    return max((math.ceil((end - timezone.now()).total_seconds()) for end in ends), default=0)


def complete_second_step(request, device):
    """The login of the request has shown this device; its session gets a new key."""
    otp_login(request, device)
    request.session.cycle_key()
    forgive_failures(request)
    if isinstance(device, StaticDevice):
        logger.info("A recovery code was used")


# Recovery codes -----------------------------------------------------------------------------------


@transaction.atomic
def make_recovery_codes(user):
    """Ten new codes instead of the earlier ones; only their hashes are stored."""
    device = get_or_create_once(StaticDevice, user, name="Коды")
    device.throttle_reset()
    device.token_set.all().delete()
    codes = [
        "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(CODE_COUNT)
    ]
    tokens = [StaticToken(device=device, token=digest(user, code)) for code in codes]
    StaticToken.objects.bulk_create(tokens)
    logger.info("Recovery codes were made")
    half = CODE_LENGTH // 2
    return [f"{code[:half]}-{code[half:]}" for code in codes]


def count_recovery_codes(user):
    return StaticToken.objects.filter(device__user=user).count()


def digest(user, code):
    """A keyed hash of 96 bits, in the 16 characters that the table of django-otp has for a code."""
    value = salted_hmac("college_site.recovery_code", f"{user.pk}.{code}", algorithm="sha256")
    return base64.urlsafe_b64encode(value.digest()[:12]).decode()


# Devices ------------------------------------------------------------------------------------------


def get_app(user):
    """The app of the account, or None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


@transaction.atomic
def offer_app(user):
    """The app that waits for its first code; its secret stays the same until then."""
    return get_or_create_once(TOTPDevice, user, name="Приложение", confirmed=False)


def get_or_create_once(model, user, **fields):
    """The device of the user with these fields, once, also if two tabs ask for it: in atomic()."""
    User.objects.select_for_update().get(pk=user.pk)
    return model.objects.get_or_create(user=user, **fields)[0]


def confirm_app(device, code):
    """Whether the first code is right: then the app is the second factor."""
    text = re.sub(r"\s", "", code)
    if not (APP_CODE.fullmatch(text) and verify_token(device.user, device.persistent_id, text)):
        return False
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    logger.info("An app was added as a second factor")
    return True


def list_passkeys(user):
    return WebAuthnCredential.objects.filter(user=user).order_by("created_at", "pk")


@transaction.atomic
def remove_device(device):
    """Remove a factor; with the last one the recovery codes go, too."""
    user = device.user
    device.delete()
    user.__dict__.pop("portal_has_factor", None)
    if not has_factor(user):
        StaticDevice.objects.filter(user=user).delete()
    logger.info("A second factor was removed")


@transaction.atomic
def remove_all_devices(user):
    for model in (TOTPDevice, WebAuthnCredential, StaticDevice):
        model.objects.filter(user=user).delete()
    logger.info("The second factors of an account were reset")
