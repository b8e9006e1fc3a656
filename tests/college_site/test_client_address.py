"""The IP address of a visitor, also behind trusted proxies."""

import pytest
from django.test import RequestFactory

from college_site.http.client_address import client_address, client_network


def address(remote="127.0.0.1", forwarded=None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


def test_without_proxies_the_connection_address_is_used():
    assert address("203.0.113.1") == "203.0.113.1"


def test_without_proxies_the_forwarded_header_is_ignored():
    assert address("203.0.113.1", "198.51.100.7") == "203.0.113.1"


def test_one_trusted_proxy_determines_the_address(settings):
    settings.TRUSTED_PROXIES = 1
    assert address(forwarded="198.51.100.7, 203.0.113.1") == "203.0.113.1"


def test_two_trusted_proxies_determine_the_address(settings):
    settings.TRUSTED_PROXIES = 2
    assert address(forwarded="198.51.100.7, 203.0.113.1, 10.0.0.1") == "203.0.113.1"


def test_too_few_forwarded_addresses_fall_back_to_the_connection(settings):
    settings.TRUSTED_PROXIES = 2
    assert address("203.0.113.1", "198.51.100.7") == "203.0.113.1"


def test_a_missing_forwarded_header_falls_back_to_the_connection(settings):
    settings.TRUSTED_PROXIES = 1
    assert address("203.0.113.1") == "203.0.113.1"


@pytest.mark.parametrize("forwarded", ["unknown", "203.0.113.1:8080", "x" * 9999, "1.2.3"])
def test_an_invalid_forwarded_address_is_empty(settings, forwarded):
    settings.TRUSTED_PROXIES = 1
    assert address(forwarded=forwarded) == ""


@pytest.mark.parametrize("remote", ["", "unix:/run/portal.sock"])
def test_a_connection_without_an_ip_address_gives_none(remote):
    assert address(remote) == ""


@pytest.mark.parametrize(
    ("found", "given"),
    [
        ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
        (" 203.0.113.1 ", "203.0.113.1"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_addresses_are_normalised(found, given):
    """Otherwise a visitor would count as several; databases do not accept a zone."""
    assert address(found) == given


@pytest.mark.parametrize(
    ("remote", "network"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:3:3:4:5:6", "2001:db8:1:3::"),
        ("203.0.113.1", "203.0.113.1"),
        ("", ""),
    ],
)
def test_the_network_of_an_ipv6_address_is_its_64_bit_prefix(remote, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=remote)) == network
