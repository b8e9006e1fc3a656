"""Whether the login of a member of staff is complete, or waits for its second step."""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef

# Recovery codes are none of them: they replace one that is lost.
FACTORS = ("otp_totp.TOTPDevice", "django_otp_webauthn.WebAuthnCredential")


def has_passed(user):
    return is_verified(user) or not (has_factor(user) or is_required())


def awaits_code(user):
    """Whether the account has a second factor that this login has not shown."""
    return not is_verified(user) and has_factor(user)


def lacks_factor(user):
    """Whether the account needs a second factor and has none."""
    return is_required() and not (is_verified(user) or has_factor(user))


def is_required():
    return settings.SECOND_FACTOR == "required"


def is_verified(user):
    """Set by the middleware of django-otp: a user that comes from no session is not verified."""
    return getattr(user, "otp_device", None) is not None


def has_factor(user):
    """Asks the database once for each object of a user, so once a request."""
    if not user.is_authenticated:
        return False
    if not hasattr(user, "portal_has_factor"):
        models = map(apps.get_model, FACTORS)
        first, second = (
            Exists(model.objects.filter(user=OuterRef("pk"), confirmed=True)) for model in models
        )
        user.portal_has_factor = User.objects.filter(first | second, pk=user.pk).exists()
    return user.portal_has_factor
