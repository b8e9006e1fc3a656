"""Logging in, and what happens to those who guess."""

import datetime

import pytest
import time_machine
from django.utils import timezone

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
