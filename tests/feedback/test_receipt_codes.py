"""Receipt codes: derived, unguessable, tolerant of typing mistakes."""

import base64
import re
from uuid import UUID

import pytest

from feedback.receipts.codes import code_hash, receipt_code, staging_hash, submission_hash

KEY = UUID("0b4cbbd6-6d5c-4f3e-9d5b-2a3e62a1f0c1")
OTHER = UUID("0b4cbbd6-6d5c-4f3e-9d5b-2a3e62a1f0c2")


def test_a_code_has_seven_groups_of_four_characters():
    assert re.fullmatch(r"[A-Z2-7]{4}( [A-Z2-7]{4}){6}", receipt_code(KEY))


def test_the_same_key_gives_the_same_code():
    assert receipt_code(KEY) == receipt_code(str(KEY))


def test_different_keys_give_different_codes():
    assert receipt_code(KEY) != receipt_code(OTHER)


def test_the_code_depends_on_the_secret_key(settings):
    code = receipt_code(KEY)
    settings.SECRET_KEY = "x" * 50
    assert receipt_code(KEY) != code


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda code: code.replace(" ", ""),
        lambda code: code.replace(" ", "-"),
        lambda code: code.replace(" ", "\u00a0"),
        lambda code: f"  {code}\n",
    ],
)
def test_a_typed_code_may_vary_in_spaces_dashes_and_case(typed):
    assert code_hash(typed(receipt_code(KEY))) == code_hash(receipt_code(KEY))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("0", "O"), ("1", "I"), ("8", "B"), ("АВЕКМНОРСТУХ", "ABEKMHOPCTYX"), ("З", "3")],
)
def test_lookalike_characters_are_replaced_by_the_intended_ones(typed, meant):
    assert code_hash(typed) == code_hash(meant)
    assert code_hash(typed.lower()) == code_hash(meant)


def test_different_codes_have_different_hashes():
    assert code_hash(receipt_code(KEY)) != code_hash(receipt_code(OTHER))


def test_a_code_is_hashed_to_64_hexadecimal_digits():
    assert re.fullmatch(r"[0-9a-f]{64}", code_hash(receipt_code(KEY)))


def test_the_hash_of_a_key_depends_on_the_secret_key(settings):
    stored = submission_hash(KEY)
    settings.SECRET_KEY = "x" * 50
    assert submission_hash(KEY) != stored


@pytest.mark.parametrize(
    "stored_hash",
    [submission_hash(KEY), staging_hash(KEY, "browser")],
    ids=["submission", "files"],
)
def test_a_stored_hash_of_the_key_does_not_reveal_the_code(stored_hash):
    letters = base64.b32encode(bytes.fromhex(stored_hash)).decode()
    assert receipt_code(KEY).replace(" ", "") not in letters


def test_a_key_has_different_hashes_for_submission_and_files():
    assert submission_hash(KEY) != staging_hash(KEY, "")
