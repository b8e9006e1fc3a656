"""Logging in, and what happens to those who guess."""

import datetime

import pytest
import time_machine
from axes.models import AccessAttempt
from django.utils import timezone

from college_site.accounts.login_throttling import ACCOUNT_LIMIT, BROWSER_COOKIE, NETWORK_LIMIT
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/admin/login/"
HERE, ELSEWHERE = "203.0.113.1", "203.0.113.2"


@pytest.fixture
def log_in(client):
    """Tries to log in from an address."""

    def attempt(username="teacher", password=factories.PASSWORD, address=HERE, **headers):
        return client.post(
            URL, {"username": username, "password": password}, REMOTE_ADDR=address, **headers
        )

    return attempt


@pytest.fixture
def teacher():
    return factories.staff(username="teacher")


@pytest.fixture
def locked(teacher, log_in):
    """Five wrong passwords from HERE."""
    return [log_in(password="wrong") for _ in range(5)]


def test_the_right_password_opens_the_admin(teacher, log_in):
    assert log_in().status_code == 302


def test_a_wrong_password_is_told(teacher, log_in):
    response = log_in(password="wrong")
    assert response.status_code == 200
    assert "пароль" in response.content.decode()


def test_four_failures_lock_nothing(teacher, log_in):
    for _ in range(4):
        assert log_in(password="wrong").status_code == 200
    assert log_in().status_code == 302


def test_the_fifth_failure_locks_the_log_in(locked):
    assert [response.status_code for response in locked] == [200, 200, 200, 200, 429]


def test_a_locked_log_in_refuses_the_right_password_too(locked, log_in):
    assert log_in().status_code == 429


def test_a_locked_log_in_says_when_to_come_back(locked):
    assert locked[-1].headers["Retry-After"] == "900"
    assert "15\u00a0минут" in locked[-1].content.decode()


def test_another_address_is_not_locked(locked, log_in):
    assert log_in(address=ELSEWHERE).status_code == 302


def test_another_user_is_not_locked(locked, log_in):
    factories.staff(username="director")
    assert log_in(username="director").status_code == 302


def test_the_lock_opens_after_a_quarter_of_an_hour(locked, log_in):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16), tick=False):
        assert log_in().status_code == 302


def test_a_refused_attempt_says_how_long_the_lock_still_holds(locked, log_in):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=10), tick=False):
        refused = log_in()
    assert 295 <= int(refused.headers["Retry-After"]) <= 300
    assert "5\u00a0минут" in refused.content.decode()


def test_a_refused_attempt_does_not_make_the_lock_longer(locked, log_in):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=10), tick=False):
        assert log_in(password="wrong").status_code == 429
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16), tick=False):
        assert log_in().status_code == 302


def test_success_forgets_the_failures(teacher, log_in):
    for _ in range(2):
        for _ in range(4):
            log_in(password="wrong")
        assert log_in().status_code == 302


def test_a_forged_address_does_not_open_the_lock(locked, log_in):
    assert log_in(HTTP_X_FORWARDED_FOR="198.51.100.7").status_code == 429


def test_behind_a_proxy_each_visitor_counts_for_himself(settings, teacher, log_in):
    settings.TRUSTED_PROXIES = 1
    for _ in range(5):
        log_in(password="wrong", address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"1.1.1.1, {HERE}")
    same = log_in(address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"2.2.2.2, {HERE}")
    other = log_in(address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"{HERE}, {ELSEWHERE}")
    assert (same.status_code, other.status_code) == (429, 302)


def test_an_ipv6_line_counts_as_one_however_many_addresses_it_has(teacher, log_in):
    for number in range(5):
        log_in(password="wrong", address=f"2001:db8::{number}")
    assert log_in(address="2001:db8::ffff").status_code == 429
    assert log_in(address="2001:db8:0:1::1").status_code == 302


# What the lock leaves open is slowed down ---------------------------------------------------------


def after(**time):
    return time_machine.travel(timezone.now() + datetime.timedelta(**time), tick=False)


@pytest.fixture
def many_accounts(log_in):
    """Tries so many accounts from HERE, with a wrong password once each."""
    return lambda number: [log_in(f"user{n}", "wrong") for n in range(number)]


@pytest.fixture
def many_networks(log_in):
    """Tries the teacher's account from so many networks, with a wrong password once from each."""
    return lambda number: [
        log_in(password="wrong", address=f"198.51.100.{n}") for n in range(number)
    ]


def test_a_college_of_forgetful_teachers_is_not_slowed_down(teacher, many_accounts, log_in):
    many_accounts(NETWORK_LIMIT - 1)
    assert log_in().status_code == 302


def test_a_network_that_tries_many_accounts_has_to_wait(teacher, many_accounts, log_in):
    assert {response.status_code for response in many_accounts(NETWORK_LIMIT)} == {200}
    assert log_in().status_code == 429
    assert log_in(address=ELSEWHERE).status_code == 302


def test_an_account_that_many_networks_try_has_to_wait(teacher, many_networks, log_in):
    factories.staff(username="director")
    assert {response.status_code for response in many_networks(ACCOUNT_LIMIT)} == {200}
    assert log_in().status_code == 429
    assert log_in(username="director").status_code == 302


def test_the_pause_doubles_with_each_wrong_password(teacher, many_networks, log_in):
    pauses = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        many_networks(ACCOUNT_LIMIT)
        for number in range(5):
            pauses.append(int(log_in().headers["Retry-After"]))
            clock.shift(pauses[-1])
            log_in(password="wrong", address=f"203.0.113.{number + 10}")
    assert pauses == [1, 2, 4, 8, 16]


def test_no_pause_is_longer_than_the_lock(teacher, many_networks, log_in):
    many_networks(ACCOUNT_LIMIT)
    AccessAttempt.objects.update(failures_since_start=100)
    assert log_in().headers["Retry-After"] == "900"


def test_after_the_pause_the_right_password_opens_the_admin(teacher, many_networks, log_in):
    many_networks(ACCOUNT_LIMIT)
    with after(seconds=2):
        assert log_in().status_code == 302


def test_a_browser_that_logged_in_before_does_not_wait_for_others(
    teacher, many_accounts, many_networks, log_in
):
    log_in()
    many_accounts(NETWORK_LIMIT)
    many_networks(ACCOUNT_LIMIT)
    assert log_in().status_code == 302


def test_such_a_browser_is_still_locked_by_its_own_wrong_passwords(teacher, log_in):
    log_in()
    assert [log_in(password="wrong").status_code for _ in range(5)][-1] == 429
    assert log_in().status_code == 429


def test_such_a_browser_waits_with_an_account_that_is_not_its_own(teacher, many_accounts, log_in):
    factories.staff(username="director")
    log_in()
    many_accounts(NETWORK_LIMIT)
    assert log_in(username="director").status_code == 429


def test_a_computer_of_the_staff_room_knows_several_accounts(teacher, many_accounts, log_in):
    factories.staff(username="director")
    log_in()
    log_in(username="director")
    many_accounts(NETWORK_LIMIT)
    assert log_in().status_code == 302
    assert log_in(username="director").status_code == 302


@pytest.mark.parametrize("forged", ["", "teacher", "0" * 64, "." * 5000])
def test_a_made_up_cookie_is_no_way_around(teacher, many_accounts, log_in, client, forged):
    client.cookies[BROWSER_COOKIE] = forged
    many_accounts(NETWORK_LIMIT)
    assert log_in().status_code == 429


def test_the_cookie_is_for_the_server_alone_and_names_nobody(teacher, log_in):
    cookie = log_in().cookies[BROWSER_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert "teacher" not in cookie.value


def test_a_wrong_password_makes_no_browser_known(teacher, log_in):
    assert BROWSER_COOKIE not in log_in(password="wrong").cookies


def test_nothing_about_a_wrong_password_gets_into_the_log(locked, caplog):
    assert caplog.text == ""


# Odd input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "unix:", "fe80::1%eth0", "::1"])
def test_an_odd_address_is_no_reason_to_fail(teacher, log_in, address):
    assert log_in(password="wrong", address=address).status_code == 200


@pytest.mark.parametrize("length", [150, 151, 256, 5000])
def test_a_user_name_of_any_length_is_no_reason_to_fail(client, log_in, length):
    """Django's form does not check the length; PostgreSQL does where axes keeps the attempt."""
    client.raise_request_exception = False
    assert log_in(username="x" * length).status_code == 200


def test_an_account_that_is_no_staff_stays_outside(log_in, django_user_model):
    django_user_model.objects.create_user("teacher", password=factories.PASSWORD)
    assert log_in().status_code == 200


def test_logging_in_does_not_lead_to_another_site(teacher, client):
    response = client.post(
        f"{URL}?next=https://evil.example/", {"username": "teacher", "password": factories.PASSWORD}
    )
    assert response.url == "/admin/"
