"""The pages that set up, remove and reset second factors: who reaches them, what they give away."""

import base64

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from college_site import environment
from college_site.accounts.roles import AUTHOR, EDITOR, KEEPER
from college_site.accounts.second_factors import make_recovery_codes
from tests import factories
from tests.clients import browser
from tests.college_site.test_second_step import LOGIN, OWN, STEP, enter_password
from tests.news.test_autosaves import log_in

pytestmark = pytest.mark.django_db
APP, CODES = f"{OWN}app/", f"{OWN}codes/"
PROOF = {"code": factories.PASSWORD}


def passkey_of(user, name="Телефон"):
    identifier = f"{user.pk}-{name}".encode()
    return WebAuthnCredential.objects.create(
        user=user, name=name, credential_id=identifier, public_key=b"key"
    )


def verified(user, device=None):
    """A client of the user after both steps."""
    device = device or factories.app_of(user)
    client = log_in(user)
    session = client.session
    session["otp_device_id"] = device.persistent_id
    session.save()
    return client


# Each role at each address with each method -------------------------------------------------------


def without_factor(role):
    return lambda: (log_in(factories.member(role)), None)


def before_second_step():
    user = factories.member(AUTHOR)
    factories.app_of(user)
    return log_in(user), user


def after_second_step():
    user = factories.member(AUTHOR)
    return verified(user), user


def former():
    user = factories.member(KEEPER, is_staff=False)
    return log_in(user), user


WHO = {
    "visitor": lambda: (browser(), None),
    "former": former,
    "password": before_second_step,
    "verified": after_second_step,
    "none": without_factor(AUTHOR),
    "keeper": without_factor(KEEPER),
}
# By address, in the order of WHO: the status of GET and of POST without entries.
# fmt: off
EXPECTED = {
    #                              visitor former  password verified none    keeper
    "second_step":                 "302/302 302/302 200/200 302/302 302/302 302/302",
    "second_factor":               "302/405 302/405 302/405 200/405 200/405 200/405",
    "second_factor_app":           "302/302 302/302 302/302 302/302 200/200 200/200",
    "second_factor_app_qr":        "302/405 302/405 302/405 302/405 200/405 200/405",
    "second_factor_app_remove":    "302/302 302/302 302/302 200/200 302/302 302/302",
    "second_factor_codes":         "302/302 302/302 302/302 200/200 302/302 302/302",
    "second_factor_passkey_name":  "405/302 405/302 405/302 405/404 405/404 405/404",
    "second_factor_passkey_remove":"302/302 302/302 302/302 404/404 404/404 404/404",
    "auth_user_second_factor":     "302/302 302/302 302/302 403/403 403/403 200/302",
    "passkey_adding":              "403/403 403/403 403/403 405/200 405/200 405/200",
    "passkey_added":               "403/403 403/403 403/403 405/400 405/400 405/400",
    "passkey_verifying":           "403/403 403/403 405/200 405/200 405/200 405/200",
    "passkey_verified":            "403/403 403/403 405/400 405/400 405/400 405/400",
}
# fmt: on


@pytest.mark.parametrize("name", EXPECTED)
def test_everybody_gets_what_the_table_says(name):
    got = []
    for enter in WHO.values():
        with transaction.atomic():
            other = passkey_of(factories.member(EDITOR))
            keys = {"auth_user": other.user.pk, "second_factor_passkey": other.pk}
            key = next((value for start, value in keys.items() if name.startswith(start)), None)
            address = reverse(f"admin:{name}", args=[key] if key else [])
            client, _ = enter()
            got.append(f"{client.get(address).status_code}/{client.post(address).status_code}")
            transaction.set_rollback(True)
    assert " ".join(got) == EXPECTED[name]


def test_the_pages_of_the_package_that_show_secrets_do_not_exist(staff_client):
    for page in ("otp_totp/totpdevice/", "otp_static/staticdevice/", "otp_totp/"):
        assert staff_client.get(f"/admin/{page}").status_code == 404


@pytest.mark.parametrize("name", [name for name in EXPECTED if not name.startswith("passkey")])
def test_another_site_can_set_up_and_remove_nothing(csrf_client, name):
    user = factories.staff()
    csrf_client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    key = [passkey_of(user).pk] if "passkey" in name else []
    address = reverse(f"admin:{name}", args=[factories.staff().pk] if "auth_user" in name else key)
    assert csrf_client.post(address, PROOF).status_code in (302, 403, 405)
    assert WebAuthnCredential.objects.exists() == bool(key)


# Setting up ---------------------------------------------------------------------------------------


@pytest.fixture
def teacher():
    return factories.staff(username="teacher")


def test_an_app_is_set_up_by_its_first_code(teacher):
    client = log_in(teacher)
    page = client.get(APP).content.decode()
    device = TOTPDevice.objects.get()
    secret = base64.b32encode(device.bin_key).decode()
    assert secret in page.replace(" ", "")
    qr = client.get(f"{APP}qr.svg")
    assert (qr.headers["Content-Type"], "no-store" in qr.headers["Cache-Control"]) == (
        "image/svg+xml",
        True,
    )
    page = client.post(APP, {"code": factories.code_of(device)}).content.decode()
    assert page.count("<li><code>") == 10
    assert TOTPDevice.objects.get().confirmed
    assert client.get("/admin/").status_code == 200


def test_the_secret_stays_the_same_until_the_first_code(teacher):
    client = log_in(teacher)
    client.get(APP)
    key = TOTPDevice.objects.get().key
    page = client.post(APP, {"code": "000000"}).content.decode()
    assert "Код не подошёл" in page
    assert (TOTPDevice.objects.get().key, TOTPDevice.objects.get().confirmed) == (key, False)


def test_the_secret_is_shown_no_more_once_the_app_is_set_up(teacher):
    device = factories.app_of(teacher)
    client = verified(teacher, device)
    secret = base64.b32encode(device.bin_key).decode()
    for address in (OWN, APP, f"{APP}qr.svg", f"/admin/auth/user/{teacher.pk}/change/"):
        page = client.get(address, follow=True).content.decode().replace(" ", "")
        assert secret not in page
        assert device.key not in page


@pytest.mark.parametrize("kind", ["password", "code"])
def test_an_app_is_removed_by_the_password_or_a_code(teacher, kind):
    device = factories.app_of(teacher)
    client = verified(teacher, device)
    proof = {"password": factories.PASSWORD, "code": factories.code_of(device)}[kind]
    client.post(f"{APP}remove/", {"code": proof})
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("proof", ["", "wrong", "000000", factories.PASSWORD.upper()])
def test_without_the_password_or_a_code_nothing_is_removed(teacher, proof):
    client, passkey = verified(teacher), passkey_of(teacher)
    before = make_recovery_codes(teacher)
    for address in (f"{APP}remove/", f"{OWN}passkeys/{passkey.pk}/remove/", CODES):
        client.post(address, {"code": proof})
    assert TOTPDevice.objects.exists()
    assert WebAuthnCredential.objects.exists()
    assert StaticDevice.objects.get().token_set.count() == len(before)


def test_guessing_the_password_at_a_removal_locks_like_a_login(teacher):
    client = verified(teacher)
    statuses = [client.post(CODES, {"code": "wrong"}).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    assert client.post(CODES, PROOF).status_code == 429
    assert enter_password(browser(), teacher, "127.0.0.1").status_code == 429


def test_the_last_factor_takes_the_recovery_codes_along(teacher):
    client, passkey = verified(teacher), passkey_of(teacher)
    make_recovery_codes(teacher)
    client.post(f"{APP}remove/", PROOF)
    assert StaticDevice.objects.exists()
    client = verified(teacher, passkey)
    client.post(f"{OWN}passkeys/{passkey.pk}/remove/", PROOF)
    assert not StaticDevice.objects.exists()


def test_new_recovery_codes_are_shown_once(teacher):
    client = verified(teacher)
    page = client.post(CODES, PROOF)
    assert page.content.decode().count("<li><code>") == 10
    assert "no-store" in page.headers["Cache-Control"]
    assert "<li><code>" not in client.get(OWN).content.decode()
    assert "10\u00a0кодов" in client.get(OWN).content.decode()


def test_a_passkey_is_renamed(teacher):
    client, passkey = verified(teacher), passkey_of(teacher)
    client.post(f"{OWN}passkeys/{passkey.pk}/name/", {"name": "  Ноутбук\0 в   классе  "})
    passkey.refresh_from_db()
    assert passkey.name == "Ноутбук в классе"
    client.post(f"{OWN}passkeys/{passkey.pk}/name/", {"name": "  "})
    client.post(f"{OWN}passkeys/{passkey.pk}/name/", {"name": "x" * 500})
    passkey.refresh_from_db()
    assert passkey.name == "x" * 64


# Setting ------------------------------------------------------------------------------------------


def test_an_unknown_value_of_the_setting_prevents_the_start(monkeypatch):
    monkeypatch.setenv("SECOND_FACTOR", "yes")
    expected = "SECOND_FACTOR: found 'yes', expected optional or required. Set SECOND_FACTOR="
    with pytest.raises(ImproperlyConfigured, match=expected):
        environment.choice("SECOND_FACTOR", ["optional", "required"], default="optional")


def test_events_name_nobody_in_the_log(teacher, caplog):
    caplog.set_level("INFO")
    client = verified(teacher)
    client.post(CODES, PROOF)
    client.post(f"{APP}remove/", PROOF)
    assert "A second factor was removed" in caplog.text
    assert "Recovery codes were made" in caplog.text
    assert "teacher" not in caplog.text
    assert User.objects.get().totpdevice_set.count() == 0


def test_every_address_leads_a_visitor_to_the_login():
    client = browser()
    for address in (STEP, OWN, APP, CODES):
        assert client.get(address).url.startswith(LOGIN)


def test_two_tabs_that_set_up_an_app_share_its_secret(teacher):
    client = log_in(teacher)
    for _ in range(2):
        client.get(APP)
        client.get(f"{APP}qr.svg")
    assert TOTPDevice.objects.count() == 1
