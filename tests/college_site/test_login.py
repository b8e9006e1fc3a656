"""Logging in, and throttling of password guessing."""

import datetime

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from college_site.accounts.login_throttling import (
    ACCOUNT_LIMIT,
    BROWSER_COOKIE,
    MAX_ACCOUNTS,
    NETWORK_LIMIT,
    browser_mark,
    delete_expired_attempts,
)
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/admin/login/"
HERE, ELSEWHERE = "203.0.113.1", "203.0.113.2"


@pytest.fixture
def log_in(client):
    """A function that tries to log in from an IP address."""

    def attempt(username="teacher", password=factories.PASSWORD, address=HERE, **headers):
        return client.post(
            URL, {"username": username, "password": password}, REMOTE_ADDR=address, **headers
        )

    return attempt


@pytest.fixture
def teacher():
    return factories.staff(username="teacher")


@pytest.fixture
def lock_responses(teacher, log_in):
    """The responses to five wrong passwords from HERE."""
    return [log_in(password="wrong") for _ in range(5)]


def test_the_right_password_opens_the_admin(teacher, log_in):
    assert log_in().status_code == 302


def test_a_wrong_password_shows_an_error(teacher, log_in):
    response = log_in(password="wrong")
    assert response.status_code == 200
    assert "пароль" in response.content.decode()


def test_four_failures_do_not_lock_the_login(teacher, log_in):
    for _ in range(4):
        assert log_in(password="wrong").status_code == 200
    assert log_in().status_code == 302


def test_the_fifth_failure_locks_the_login(lock_responses):
    assert [response.status_code for response in lock_responses] == [200, 200, 200, 200, 429]


def test_a_locked_login_refuses_the_right_password(lock_responses, log_in):
    assert log_in().status_code == 429


def test_a_locked_login_states_the_waiting_time(lock_responses):
    assert lock_responses[-1].headers["Retry-After"] == "900"
    assert "15\u00a0минут" in lock_responses[-1].content.decode()


def test_another_ip_address_is_not_locked(lock_responses, log_in):
    assert log_in(address=ELSEWHERE).status_code == 302


def test_another_user_is_not_locked(lock_responses, log_in):
    factories.staff(username="director")
    assert log_in(username="director").status_code == 302


def test_the_lock_ends_after_fifteen_minutes(lock_responses, log_in):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16), tick=False):
        assert log_in().status_code == 302


def test_a_refused_attempt_states_the_remaining_waiting_time(lock_responses, log_in):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=10), tick=False):
        refused = log_in()
    assert 295 <= int(refused.headers["Retry-After"]) <= 300
    assert "5\u00a0минут" in refused.content.decode()


def test_a_refused_attempt_does_not_extend_the_lock(lock_responses, log_in):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=10), tick=False):
        assert log_in(password="wrong").status_code == 429
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16), tick=False):
        assert log_in().status_code == 302


def test_a_successful_login_resets_the_failures(teacher, log_in):
    for _ in range(2):
        for _ in range(4):
            log_in(password="wrong")
        assert log_in().status_code == 302


def test_a_forged_forwarded_address_does_not_bypass_the_lock(lock_responses, log_in):
    assert log_in(HTTP_X_FORWARDED_FOR="198.51.100.7").status_code == 429


def test_failures_behind_a_proxy_are_counted_per_visitor(settings, teacher, log_in):
    settings.TRUSTED_PROXIES = 1
    for _ in range(5):
        log_in(password="wrong", address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"1.1.1.1, {HERE}")
    same = log_in(address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"2.2.2.2, {HERE}")
    other = log_in(address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"{HERE}, {ELSEWHERE}")
    assert (same.status_code, other.status_code) == (429, 302)


def test_failures_are_counted_per_ipv6_network(teacher, log_in):
    for number in range(5):
        log_in(password="wrong", address=f"2001:db8::{number}")
    assert log_in(address="2001:db8::ffff").status_code == 429
    assert log_in(address="2001:db8:0:1::1").status_code == 302


# Throttling of distributed attacks ----------------------------------------------------------------


def travel(**time):
    return time_machine.travel(timezone.now() + datetime.timedelta(**time), tick=False)


@pytest.fixture
def try_many_accounts(log_in):
    """A function that tries a wrong password for each of `number` accounts from HERE."""
    return lambda number: [log_in(f"user{n}", "wrong") for n in range(number)]


@pytest.fixture
def try_many_networks(log_in):
    """A function that tries a wrong password for the teacher from each of `number` networks."""
    return lambda number: [
        log_in(password="wrong", address=f"198.51.100.{n}") for n in range(number)
    ]


def test_failures_below_the_network_limit_cause_no_delay(teacher, try_many_accounts, log_in):
    try_many_accounts(NETWORK_LIMIT - 1)
    assert log_in().status_code == 302


def test_trying_many_accounts_delays_the_network(teacher, try_many_accounts, log_in):
    assert {response.status_code for response in try_many_accounts(NETWORK_LIMIT)} == {200}
    assert log_in().status_code == 429
    assert log_in(address=ELSEWHERE).status_code == 302


def test_trying_one_account_from_many_networks_delays_the_account(
    teacher, try_many_networks, log_in
):
    factories.staff(username="director")
    assert {response.status_code for response in try_many_networks(ACCOUNT_LIMIT)} == {200}
    assert log_in().status_code == 429
    assert log_in(username="director").status_code == 302


def test_the_delay_doubles_with_each_wrong_password(teacher, try_many_networks, log_in):
    pauses = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        try_many_networks(ACCOUNT_LIMIT)
        for number in range(5):
            pauses.append(int(log_in().headers["Retry-After"]))
            clock.shift(pauses[-1])
            log_in(password="wrong", address=f"203.0.113.{number + 10}")
    assert pauses == [1, 2, 4, 8, 16]


def test_no_delay_is_longer_than_the_lock(teacher, try_many_networks, log_in):
    try_many_networks(ACCOUNT_LIMIT)
    AccessAttempt.objects.update(failures_since_start=100)
    assert log_in().headers["Retry-After"] == "900"


def test_the_right_password_works_after_the_delay(teacher, try_many_networks, log_in):
    try_many_networks(ACCOUNT_LIMIT)
    with travel(seconds=2):
        assert log_in().status_code == 302


def test_a_known_browser_is_not_delayed_by_others(
    teacher, try_many_accounts, try_many_networks, log_in, client
):
    log_in()
    known = client.cookies.copy()
    client.cookies.clear()
    try_many_accounts(NETWORK_LIMIT)
    try_many_networks(ACCOUNT_LIMIT)
    assert log_in().status_code == 429
    client.cookies = known
    assert log_in().status_code == 302


def test_a_known_browser_is_not_locked_by_others_in_its_network(teacher, log_in, client):
    log_in()
    known = client.cookies.copy()
    client.cookies.clear()
    assert [log_in(password="wrong").status_code for _ in range(5)][-1] == 429
    assert log_in().status_code == 429
    client.cookies = known
    assert log_in().status_code == 302


def test_two_known_browsers_do_not_lock_each_other(teacher, log_in, client):
    log_in()
    first = client.cookies.copy()
    client.cookies.clear()
    log_in()
    for _ in range(5):
        log_in(password="wrong")
    assert log_in().status_code == 429
    client.cookies = first
    assert log_in().status_code == 302


def test_the_cookie_of_a_browser_is_worth_nothing_for_another_account(teacher, log_in, client):
    factories.staff(username="director")
    log_in()
    for _ in range(5):
        log_in("director", "wrong")
    client.cookies.clear()
    assert log_in("director").status_code == 429


def test_failed_logins_are_forgotten_when_the_lock_ends(lock_responses):
    assert not delete_expired_attempts()
    with travel(minutes=16):
        assert delete_expired_attempts()
        assert not delete_expired_attempts()
    assert not AccessAttempt.objects.exists()


def test_a_known_browser_is_locked_by_its_own_failures(teacher, log_in):
    log_in()
    assert [log_in(password="wrong").status_code for _ in range(5)][-1] == 429
    assert log_in().status_code == 429


def test_a_known_browser_is_delayed_for_other_accounts(teacher, try_many_accounts, log_in):
    factories.staff(username="director")
    log_in()
    try_many_accounts(NETWORK_LIMIT)
    assert log_in(username="director").status_code == 429


def test_a_browser_can_be_known_for_several_accounts(teacher, try_many_accounts, log_in):
    factories.staff(username="director")
    log_in()
    log_in(username="director")
    try_many_accounts(NETWORK_LIMIT)
    assert log_in().status_code == 302
    assert log_in(username="director").status_code == 302


@pytest.mark.parametrize("forged", ["", "teacher", "0" * 64, "." * 5000])
def test_a_forged_browser_cookie_does_not_bypass_the_delay(
    teacher, try_many_accounts, log_in, client, forged
):
    client.cookies[BROWSER_COOKIE] = forged
    try_many_accounts(NETWORK_LIMIT)
    assert log_in().status_code == 429


def test_the_browser_cookie_is_httponly_and_names_no_user(teacher, log_in):
    cookie = log_in().cookies[BROWSER_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert "teacher" not in cookie.value


def test_a_wrong_password_sets_no_browser_cookie(teacher, log_in):
    assert BROWSER_COOKIE not in log_in(password="wrong").cookies


def test_wrong_passwords_are_not_logged(lock_responses, caplog):
    assert caplog.text == ""


# Unusual input ------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "unix:", "fe80::1%eth0", "::1"])
def test_an_unusual_ip_address_is_answered(teacher, log_in, address):
    assert log_in(password="wrong", address=address).status_code == 200


@pytest.mark.parametrize("length", [150, 151, 256, 5000])
def test_a_user_name_of_any_length_is_answered(client, log_in, length):
    """Django's form does not limit the length, but the column of axes does on PostgreSQL."""
    client.raise_request_exception = False
    assert log_in(username="x" * length).status_code == 200


def test_a_non_staff_account_cannot_log_in(log_in, django_user_model):
    django_user_model.objects.create_user("teacher", password=factories.PASSWORD)
    assert log_in().status_code == 200


def test_the_login_never_redirects_to_another_site(teacher, client):
    response = client.post(
        f"{URL}?next=https://evil.example/", {"username": "teacher", "password": factories.PASSWORD}
    )
    assert response.url == "/admin/"


def test_a_browser_remembers_its_last_eight_accounts(client, log_in):
    names = [f"teacher{number}" for number in range(MAX_ACCOUNTS + 1)]
    for name in names:
        factories.staff(username=name)
        log_in(username=name)
    token, *marks = client.cookies[BROWSER_COOKIE].value.split(".")
    assert marks == [browser_mark(token, name) for name in reversed(names[1:])]


def test_only_the_first_eight_marks_of_a_cookie_count(client, log_in, try_many_accounts, teacher):
    others = [browser_mark("token", f"nobody{number}") for number in range(MAX_ACCOUNTS)]
    client.cookies[BROWSER_COOKIE] = ".".join(["token", *others, browser_mark("token", "teacher")])
    try_many_accounts(NETWORK_LIMIT)
    assert log_in().status_code == 429


@pytest.mark.parametrize(
    "password", ["Nq7vXe2-fr9", "1qaz2wsx3edc", "490817365294", "kuznetsova-1"]
)
def test_an_easily_guessed_password_is_refused(password):
    """Eleven characters, a common word, digits alone, almost the name of the account."""
    with pytest.raises(ValidationError):
        validate_password(password, factories.staff(username="kuznetsova"))


def test_twelve_unusual_characters_are_a_password():
    validate_password("Nq7vXe2-fr9k", factories.staff(username="kuznetsova"))
