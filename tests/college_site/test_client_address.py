"""The address of a visitor, also behind proxies of our own."""

import pytest
from django.test import RequestFactory

from college_site.http.client_address import client_address


def address(remote="127.0.0.1", forwarded=None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


def test_without_proxies_the_connection_counts():
    assert address("203.0.113.1") == "203.0.113.1"


def test_without_proxies_nothing_else_is_believed():
    assert address("203.0.113.1", "198.51.100.7") == "203.0.113.1"


def test_one_proxy_is_believed_in_what_it_added(settings):
    settings.TRUSTED_PROXIES = 1
    assert address(forwarded="198.51.100.7, 203.0.113.1") == "203.0.113.1"


def test_two_proxies_are_believed_in_what_they_added(settings):
    settings.TRUSTED_PROXIES = 2
    assert address(forwarded="198.51.100.7, 203.0.113.1, 10.0.0.1") == "203.0.113.1"


def test_who_comes_past_the_proxies_is_taken_by_the_connection(settings):
    settings.TRUSTED_PROXIES = 2
    assert address("203.0.113.1", "198.51.100.7") == "203.0.113.1"


def test_a_proxy_that_adds_nothing_is_taken_by_the_connection(settings):
    settings.TRUSTED_PROXIES = 1
    assert address("203.0.113.1") == "203.0.113.1"


@pytest.mark.parametrize("forwarded", ["unknown", "203.0.113.1:8080", "x" * 9999, "1.2.3"])
def test_what_is_no_address_is_none(settings, forwarded):
    settings.TRUSTED_PROXIES = 1
    assert address(forwarded=forwarded) == ""


@pytest.mark.parametrize("remote", ["", "unix:/run/portal.sock"])
def test_a_connection_without_an_address_has_none(remote):
    assert address(remote) == ""


@pytest.mark.parametrize(
    ("found", "given"),
    [
        ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
        (" 203.0.113.1 ", "203.0.113.1"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_an_address_is_written_in_one_way(found, given):
    """Otherwise one visitor would count as several; no database takes a zone."""
    assert address(found) == given
