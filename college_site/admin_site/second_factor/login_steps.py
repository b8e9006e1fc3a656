"""What a member of staff has to do before the admin opens, and where it was asked for."""

from urllib.parse import urlencode

from django.urls import reverse

from college_site.accounts.second_step import awaits_code, lacks_factor


def find_missing_step(user):
    """The address of the missing step of the login, or ""."""
    if not (user.is_active and user.is_staff):
        return ""
    if awaits_code(user):
        return reverse("admin:second_step")
    return reverse("admin:second_factor") if lacks_factor(user) else ""


def keep_next(address):
    return f"?{urlencode({'next': address})}" if address else ""
