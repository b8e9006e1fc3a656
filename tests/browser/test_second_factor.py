"""A member of staff sets up the second step of the login and comes in by a code or a passkey."""

import os
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential
from playwright.sync_api import expect

from college_site.accounts.roles import AUTHOR
from tests import factories
from tests.browser.test_accessibility import RULES
from tests.browser.test_post_admin import log_in

SHOTS = os.environ.get("SCREENSHOTS")


@pytest.fixture
def passkeys(settings, live_server):
    """The settings of a site at the address of the live server."""
    settings.OTP_WEBAUTHN_RP_ID = urlsplit(live_server.url).hostname
    settings.OTP_WEBAUTHN_ALLOWED_ORIGINS = [live_server.url]


def add_authenticator(page):
    """A passkey device in Chromium, whose owner agrees to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def enter_password(page, user):
    page.get_by_label("Имя пользователя").fill(user.username)
    page.get_by_label("Пароль").fill(factories.PASSWORD)
    page.get_by_role("button", name="Войти").click()


def log_out(page):
    page.get_by_role("button", name="Выйти").click()
    page.goto("/admin/")


def shoot(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_a_passkey_is_added_named_used_and_removed(page, passkeys):
    user = factories.staff()
    add_authenticator(page)
    log_in(page, user)
    page.get_by_role("link", name="Вход в два шага").click()
    page.get_by_role("button", name="Добавить ключ доступа").click()
    name = page.get_by_label("Название ключа")
    expect(name).to_have_value(re.compile("Ключ от"))
    name.fill("Телефон")
    page.get_by_role("button", name="Переименовать").click()
    expect(page.get_by_text("Название ключа сохранено")).to_be_visible()
    shoot(page, "second-factor-overview")
    assert WebAuthnCredential.objects.get().name == "Телефон"
    log_out(page)
    enter_password(page, user)
    expect(page.get_by_role("heading", name="Второй шаг входа")).to_be_visible()
    shoot(page, "second-factor-step")
    page.get_by_role("button", name="Войти ключом доступа").click()
    expect(page.get_by_role("heading", name="Рабочий стол")).to_be_visible()
    page.get_by_role("link", name="Вход в два шага").click()
    page.get_by_role("link", name="Удалить ключ").click()
    page.get_by_label("Ваш пароль или код").fill(factories.PASSWORD)
    shoot(page, "second-factor-removal")
    page.get_by_role("button", name="Удалить ключ «Телефон»").click()
    expect(page.get_by_text("Второй шаг не подключён")).to_be_visible()
    assert not WebAuthnCredential.objects.exists()


def test_a_form_is_kept_through_a_login_with_a_passkey(page, passkeys):
    user = factories.staff()
    add_authenticator(page)
    log_in(page, user)
    page.goto("/admin/second-factor/")
    page.get_by_role("button", name="Добавить ключ доступа").click()
    expect(page.get_by_label("Название ключа")).to_be_visible()
    page.goto("/admin/news/topic/add/")
    page.get_by_label("Название").fill("Практика")
    page.context.clear_cookies()
    page.get_by_role("button", name="Сохранить", exact=True).click()
    enter_password_on_recovery(page, user)
    page.get_by_role("button", name="Войти ключом доступа").click()
    expect(page.get_by_text("ещё не сохранено")).to_be_visible()
    expect(page.get_by_label("Название")).to_have_value("Практика")


def enter_password_on_recovery(page, user):
    page.get_by_label("Имя пользователя").fill(user.username)
    page.get_by_label("Пароль").fill(factories.PASSWORD)
    page.get_by_role("button", name="Войти и открыть форму").click()
    expect(page.get_by_text("Осталось подтвердить вход")).to_be_visible()


def test_an_app_is_set_up_and_used_without_scripts(open_browser, settings):
    settings.SECOND_FACTOR = "required"
    user = factories.member(AUTHOR)
    page = open_browser(javascript=False, width=360)
    page.goto("/admin/")
    enter_password(page, user)
    page.get_by_role("link", name="Подключить приложение").click()
    qr = page.get_by_role("img", name="Квадратный код")
    expect(qr).to_be_visible()
    page.evaluate("document.querySelector('.second-factor__qr').decode()")  # fails if broken
    shoot(page, "second-factor-app")
    device = TOTPDevice.objects.get()
    page.get_by_label("Код из приложения").fill(factories.code_of(device))
    page.get_by_role("button", name="Подключить").click()
    codes = page.locator(".second-factor__codes code")
    expect(codes).to_have_count(10)
    shoot(page, "second-factor-codes")
    code = codes.first.inner_text()
    page.get_by_role("link", name="Коды сохранены").click()
    log_out(page)
    enter_password(page, user)
    page.get_by_label("Код").fill(code)
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_text("Код восстановления использован")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_the_pages_of_the_second_step_are_accessible(open_browser, width, dark):
    user = factories.staff()
    page = open_browser(audit=True, width=width, dark=dark)
    log_in(page, user)
    for address in ("app/", ""):
        page.goto(f"/admin/second-factor/{address}")
        shoot(page, f"second-factor-{address.strip('/')}-{width}")
        audit(page)
    factories.app_of(user)
    page.goto("/admin/second-step/")
    audit(page)
    page.get_by_label("Код").fill("000000")
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_text("Код не подошёл")).to_be_visible()
    shoot(page, f"second-factor-step-{width}")
    audit(page)


def audit(page):
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(fits), page.url
