"""The one answer to «does this request come from a page of this site?»."""

import pytest

from college_site.http.same_origin import is_same_origin

OWN = "http://testserver"


@pytest.fixture
def ask(rf):
    """The answer for a POST with these headers."""
    return lambda headers, **request: is_same_origin(rf.post("/", headers=headers, **request))


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Origin": OWN},
        {"Origin": OWN},
        {"Origin": OWN, "Referer": "https://evil.example/"},
        {"Referer": f"{OWN}/feedback/new/?a=b"},
        {"Referer": OWN},
    ],
)
def test_a_request_that_names_this_site_is_its_own(ask, headers):
    assert ask(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "cross-site", "Origin": OWN},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Referer": f"{OWN}/"},
        {"Origin": "", "Referer": f"{OWN}/"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "http://evil@testserver"},
        {"Referer": "https://evil.example/?http://testserver/"},
        {"Referer": "http://testserver@evil.example/"},
        {"Referer": "http://[/"},
        {"Referer": "/feedback/new/"},
        {"Referer": ""},
        {},
    ],
)
def test_a_request_that_does_not_prove_its_origin_is_foreign(ask, headers):
    assert not ask(headers)


def test_the_scheme_of_a_request_over_https_counts(ask):
    assert ask({"Origin": "https://testserver"}, secure=True)
    assert not ask({"Origin": OWN}, secure=True)


def test_the_host_is_the_one_that_the_request_names(ask, settings):
    settings.ALLOWED_HOSTS = ["college.example", "testserver"]
    assert ask({"Origin": "http://college.example"}, SERVER_NAME="college.example")
    assert not ask({"Origin": OWN}, SERVER_NAME="college.example")


def test_an_origin_that_the_csrf_check_trusts_is_own(ask, settings):
    """Behind a proxy that tells neither host nor scheme."""
    settings.CSRF_TRUSTED_ORIGINS = ["https://college.example"]
    assert ask({"Origin": "https://college.example"})
    assert ask({"Referer": "https://college.example/news/"})
    assert not ask({"Origin": "https://www.college.example"})
