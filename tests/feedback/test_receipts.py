"""Receipt codes: derived, unguessable, forgiving to those who type them."""

import re
from uuid import UUID

import pytest

from feedback.receipts.codes import code_hash, receipt_code, submission_hash

KEY = UUID("0b4cbbd6-6d5c-4f3e-9d5b-2a3e62a1f0c1")
OTHER = UUID("0b4cbbd6-6d5c-4f3e-9d5b-2a3e62a1f0c2")


def test_a_code_is_seven_groups_of_four():
    assert re.fullmatch(r"[A-Z2-7]{4}( [A-Z2-7]{4}){6}", receipt_code(KEY))


def test_a_key_always_gives_the_same_code():
    assert receipt_code(KEY) == receipt_code(str(KEY))


def test_another_key_gives_another_code():
    assert receipt_code(KEY) != receipt_code(OTHER)


def test_without_the_secret_of_the_site_no_code_can_be_derived(settings):
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
def test_spaces_dashes_and_case_do_not_matter(typed):
    assert code_hash(typed(receipt_code(KEY))) == code_hash(receipt_code(KEY))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("0", "O"), ("1", "I"), ("8", "B"), ("АВЕКМНОРСТУХ", "ABEKMHOPCTYX"), ("З", "3")],
)
def test_letters_that_look_alike_are_taken_for_what_is_meant(typed, meant):
    assert code_hash(typed) == code_hash(meant)
    assert code_hash(typed.lower()) == code_hash(meant)


def test_another_code_has_another_hash():
    assert code_hash(receipt_code(KEY)) != code_hash(receipt_code(OTHER))


def test_a_hash_gives_no_code_away():
    assert re.fullmatch(r"[0-9a-f]{64}", code_hash(receipt_code(KEY)))


def test_what_is_stored_of_a_key_depends_on_the_secret(settings):
    stored = submission_hash(KEY)
    settings.SECRET_KEY = "x" * 50
    assert submission_hash(KEY) != stored
