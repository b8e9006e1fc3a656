"""A keeper takes lost second factors from an account."""

import pytest
from django.contrib.admin.models import LogEntry
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from college_site.accounts.roles import AUTHOR, EDITOR, KEEPER
from college_site.accounts.second_factors import make_recovery_codes
from tests import factories
from tests.college_site.test_second_factor import passkey_of, verified
from tests.college_site.test_second_step import OWN
from tests.news.test_autosaves import log_in

pytestmark = pytest.mark.django_db


def address_of(user):
    return f"/admin/auth/user/{user.pk}/second-factor/"


def add_every_factor(user):
    factories.app_of(user)
    passkey_of(user)
    make_recovery_codes(user)


def has_factors(user):
    models = (TOTPDevice, WebAuthnCredential, StaticDevice)
    return [model.objects.filter(user=user).exists() for model in models]


def test_a_keeper_resets_the_factors_of_an_author():
    keeper, author = factories.member(KEEPER), factories.member(AUTHOR)
    add_every_factor(author)
    client = log_in(keeper)
    assert (
        f'href="{address_of(author)}"'
        in client.get(f"/admin/auth/user/{author.pk}/change/").content.decode()
    )
    assert has_factors(author) == [True] * 3
    client.post(address_of(author))
    assert has_factors(author) == [False] * 3
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (keeper, str(author.pk))
    assert "снят второй шаг" in entry.change_message


def test_a_keeper_resets_neither_own_factors_nor_those_of_who_may_more():
    keeper = factories.member(KEEPER)
    client = verified(keeper)
    add_every_factor(superuser := factories.staff())
    assert client.post(address_of(superuser)).status_code == 403
    assert client.post(address_of(keeper)).url == OWN
    assert has_factors(superuser) == [True] * 3
    assert TOTPDevice.objects.filter(user=keeper).exists()


def test_nobody_but_a_keeper_resets_factors():
    add_every_factor(author := factories.member(AUTHOR))
    for role in (AUTHOR, EDITOR):
        assert log_in(factories.member(role)).post(address_of(author)).status_code == 403
    assert has_factors(author) == [True] * 3


def test_a_reset_ends_what_the_factors_had_opened(settings):
    settings.SECOND_FACTOR = "required"
    author = factories.member(AUTHOR)
    client = verified(author)
    keeper = factories.member(KEEPER)
    verified(keeper).post(address_of(author))
    assert client.get("/admin/").url.startswith(OWN)
