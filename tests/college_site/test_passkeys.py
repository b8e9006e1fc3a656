"""Passkeys: who may add one, what a broken answer of a device does."""

import json

import pytest

from tests import factories
from tests.college_site.test_second_factor import APP, passkey_of, verified
from tests.college_site.test_second_step import OWN, STEP
from tests.news.test_autosaves import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return factories.staff()


def test_adding_a_passkey_asks_for_nothing_but_a_key_of_this_site(teacher):
    options = verified(teacher).post("/admin/passkeys/adding/begin/").json()
    assert options["rp"] == {"id": "testserver", "name": "testserver"}
    assert options["attestation"] == "none"


def test_a_second_factor_is_never_added_by_the_password_alone(teacher):
    factories.app_of(teacher)
    client = log_in(teacher)
    assert client.post("/admin/passkeys/adding/begin/").status_code == 403
    assert client.post(APP, {"code": "000000"}).url.startswith(STEP)


BODIES = [
    b"",
    b"{}",
    b"[]",
    b"1",
    b"null",
    b"\xff",
    b"{",
    b'"x"',
    json.dumps({"id": "a", "rawId": "a", "type": "public-key", "response": {}}).encode(),
    json.dumps({"id": "YQ", "rawId": "YQ", "type": "public-key", "response": []}).encode(),
    json.dumps({"id": 1, "rawId": None, "type": {}, "response": "x"}).encode(),
    json.dumps(
        {
            "id": "YQ",
            "rawId": "YQ",
            "type": "public-key",
            "response": {
                "clientDataJSON": "YQ",
                "attestationObject": "YQ",
                "authenticatorData": "YQ",
                "signature": "YQ",
            },
        }
    ).encode(),
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("step", ["adding", "verifying"])
def test_a_broken_answer_of_a_passkey_is_refused_in_russian(teacher, step, body):
    client = log_in(teacher)
    passkey_of(teacher)
    if step == "adding":
        client = verified(teacher, passkey_of(teacher, "b"))
    client.raise_request_exception = False
    assert client.post(f"/admin/passkeys/{step}/begin/").status_code == 200
    address = f"/admin/passkeys/{step}/complete/"
    response = client.post(address, body, content_type="application/json")
    assert response.status_code in (400, 404, 422)
    assert not response.json()["detail"].isascii()


def test_no_other_host_and_no_inline_script_is_needed(teacher, read_page):
    page = verified(teacher).get(OWN)
    scripts = read_page(page).root.all("script")
    assert all(
        script.get("src", "").startswith("/") or script.get("type") == "application/json"
        for script in scripts
    )
