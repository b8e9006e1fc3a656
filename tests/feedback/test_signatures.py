"""The signed receipt: what it proves, and what it does not reveal."""

import base64
import hashlib
import hmac
import re
import shutil
import subprocess
import unicodedata

import pytest

from feedback.models import HistoryHead, Suggestion
from feedback.receipts.signatures import (
    OldFormat,
    parse_receipt,
    private_key,
    public_key,
    public_pem,
    sign_receipt,
)
from tests import factories

TEXT = "Поставьте лавочки\nво дворе."


@pytest.fixture
def suggestion(db):
    return factories.suggestion(text=TEXT)


@pytest.fixture
def receipt(suggestion):
    return sign_receipt(suggestion)


def test_a_receipt_proves_its_signature_and_its_text(receipt):
    assert receipt.is_signed_with(public_key())
    assert receipt.has_text(TEXT)


def test_signing_twice_gives_the_same_receipt(suggestion, receipt):
    assert sign_receipt(Suggestion.objects.get()) == receipt


def test_a_receipt_is_valid_after_its_suggestion_is_deleted(receipt):
    Suggestion.objects.all().delete()
    assert parse_receipt(str(receipt)).is_signed_with(public_key())


@pytest.mark.parametrize(
    "change",
    [
        {"number": "2026-999"},
        {"received": "2020-01-01T00:00:00Z"},
        {"text_hash": "0" * 64},
        {"file_hashes": ("0" * 64,)},
        {"signature": ""},
        {"signature": "not base64"},
    ],
)
def test_changing_any_field_breaks_the_signature(receipt, change):
    assert not receipt._replace(**change).is_signed_with(public_key())


def test_changing_the_salt_breaks_text_match_and_signature(receipt):
    forged = receipt._replace(salt="0" * 32)
    assert not forged.has_text(TEXT)
    assert not forged.is_signed_with(public_key())


def verify_claim(receipt, text):
    """Whether a receipt, as it is pasted, passes as genuine and as the proof of a text."""
    try:
        pasted = parse_receipt(str(receipt))
    except ValueError:
        return False
    return pasted.is_signed_with(public_key()) and pasted.has_text(text)


def test_letters_moved_from_text_to_salt_do_not_verify(receipt):
    assert verify_claim(receipt, TEXT)
    forged = receipt._replace(salt=f"{receipt.salt}Пост")
    assert not verify_claim(forged, TEXT.removeprefix("Пост"))


def test_letters_moved_from_salt_to_text_do_not_verify(receipt):
    forged = receipt._replace(salt=receipt.salt[:16])
    assert not verify_claim(forged, receipt.salt[16:] + TEXT)


@pytest.mark.parametrize("salt", ["", "0" * 31, "0" * 33, "A" * 32, "g" * 32, "٠" * 32], ids=ascii)
def test_a_salt_is_exactly_thirty_two_hexadecimal_digits(receipt, salt):
    with pytest.raises(ValueError, match="no whole receipt"):
        parse_receipt(str(receipt._replace(salt=salt)))


@pytest.mark.parametrize(
    "change",
    [
        {"number": "2026-17x"},
        {"received": "вчера"},
        {"text_hash": "0" * 63},
        {"file_hashes": ("0" * 65,)},
        {"key": "x"},
    ],
)
def test_a_line_of_another_form_makes_the_receipt_invalid(receipt, change):
    with pytest.raises(ValueError, match="no whole receipt"):
        parse_receipt(str(receipt._replace(**change)))


def test_the_hash_of_a_file_does_not_prove_a_text(db):
    receipt = with_file(b"hello")
    file_hash = hashlib.sha256(b"hello").hexdigest()
    assert not receipt._replace(text_hash=receipt.file_hashes[0]).has_text(file_hash)


def test_the_receipt_matches_the_original_text_only(suggestion, receipt):
    suggestion.text = "Ничего не нужно."
    suggestion.save()
    assert receipt.has_text(TEXT)
    assert not receipt.has_text(suggestion.text)


@pytest.mark.parametrize(
    "text", [TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r"), f"\n {TEXT} \n", TEXT]
)
def test_line_endings_and_surrounding_spaces_do_not_matter(receipt, text):
    assert receipt.has_text(text)


def test_an_added_character_breaks_the_text_match(receipt):
    assert not receipt.has_text(f"{TEXT}.")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_letters_are_the_same_text(form):
    text = "Ещё йод и зелёнка."
    receipt = sign_receipt(factories.suggestion(text=text))
    assert receipt.has_text(unicodedata.normalize(form, text))


@pytest.mark.django_db
def test_similar_characters_are_different_text():
    receipt = sign_receipt(factories.suggestion(text="Зал в 40 м²."))
    assert receipt.has_text("Зал в 40 м².")
    assert not receipt.has_text("Зал в 40 м2.")


def test_stray_characters_invalidate_a_signature(receipt):
    assert not receipt._replace(signature=f"!{receipt.signature}").is_signed_with(public_key())


def with_version(receipt, version):
    return str(receipt).replace("receipt: 3\n", f"receipt: {version}\n")


def test_a_receipt_of_an_unknown_format_version_is_refused(receipt):
    assert "receipt: 3\n" in str(receipt)
    with pytest.raises(ValueError, match="no whole receipt"):
        parse_receipt(with_version(receipt, 4))


def test_a_receipt_of_the_old_format_is_refused_with_the_reason(receipt):
    with pytest.raises(OldFormat, match="format 1 does not sign the salt"):
        parse_receipt(with_version(receipt, 1))


def test_the_key_fingerprint_has_sixteen_digits(receipt):
    assert len(receipt.key) == 16


def test_a_receipt_lists_the_suggestions_files_without_those_of_replies(db):
    factories.attachment("0" * 64, sha256="a" * 64)
    suggestion = factories.suggestion(staging_hash="0" * 64)
    factories.attachment("1" * 64, sha256="b" * 64)
    suggestion.reply("Вот ещё.", None, "1" * 64)
    receipt = sign_receipt(suggestion)
    assert receipt.file_hashes == (salted(suggestion.salt, "a" * 64),)


def salted(salt, file_hash):
    message = f"file\n{file_hash}".encode()
    return hmac.digest(salt.encode(), message, "sha256").hex()


def with_file(content, name="0" * 64):
    """The receipt of a suggestion with a file of these bytes."""
    factories.attachment(name, sha256=hashlib.sha256(content).hexdigest())
    return sign_receipt(factories.suggestion(staging_hash=name))


@pytest.mark.django_db
def test_the_same_file_has_different_hashes_in_different_receipts():
    receipts = [with_file(b"hello", staging) for staging in ("0" * 64, "1" * 64)]
    assert receipts[0].file_hashes != receipts[1].file_hashes
    assert all(receipt.has_file(b"hello") for receipt in receipts)
    assert not any(receipt.has_file(b"hello!") for receipt in receipts)
    assert hashlib.sha256(b"hello").hexdigest() not in str(receipts[0])


@pytest.mark.django_db
@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl on the PATH")
def test_the_script_on_the_page_finds_a_file_in_the_receipt(client, read_page, tmp_path):
    receipt = with_file(b"hello")
    (tmp_path / "receipt.txt").write_text(str(receipt))
    (tmp_path / "photo.jpg").write_bytes(b"hello")
    script = next(each for each in recipes(read_page, client) if "-hmac" in each)
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode().split()[0] in receipt.file_hashes


def test_a_receipt_does_not_reveal_the_text(receipt):
    assert "лавочки" not in str(receipt)


def test_the_salt_is_part_of_the_signed_message(receipt):
    assert f"salt: {receipt.salt}\n" in receipt.signed_lines


@pytest.mark.parametrize("damage", [lambda s: s.replace("\n", "\r\n"), lambda s: f"> {s}\n\nТекст"])
def test_a_receipt_survives_changed_line_endings_and_quoting(receipt, damage):
    assert parse_receipt(damage(str(receipt))) == receipt


@pytest.mark.parametrize("name", ["receipt", "number", "received", "text", "salt", "signature"])
def test_a_missing_or_duplicate_line_makes_the_receipt_invalid(receipt, name):
    lines = str(receipt).splitlines()
    without = [line for line in lines if not line.startswith(f"{name}:")]
    for text in ("\n".join(without), "\n".join([*lines, f"{name}: x"])):
        with pytest.raises(ValueError, match="no whole receipt"):
            parse_receipt(text)


def recipes(read_page, client):
    """The shell scripts of the page that verifies receipts."""
    root = read_page(client.get("/feedback/receipt/verify/")).root
    return ["".join(pre.children) for pre in root.all("pre")]


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl on the PATH")
def test_the_script_on_the_page_verifies_the_signature(receipt, client, read_page, tmp_path):
    (tmp_path / "receipt.txt").write_text(f"Квитанция\n\n{receipt}")
    (tmp_path / "public.pem").write_text(public_pem())
    script = next(each for each in recipes(read_page, client) if "pkeyutl" in each)
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert b"Signature Verified Successfully" in done.stdout, done.stderr


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl on the PATH")
def test_the_script_on_the_page_notices_a_changed_salt(receipt, client, read_page, tmp_path):
    (tmp_path / "receipt.txt").write_text(str(receipt._replace(salt="0" * 32)))
    (tmp_path / "public.pem").write_text(public_pem())
    script = next(each for each in recipes(read_page, client) if "pkeyutl" in each)
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert b"Verified Successfully" not in done.stdout


def test_the_salt_of_a_receipt_has_128_bits(receipt):
    assert len(bytes.fromhex(receipt.salt)) == 16


def test_a_receipt_signs_the_head_of_the_history(receipt):
    assert receipt.history == str(HistoryHead.current())
    assert f"history: {receipt.history}\n" in receipt.signed_lines
    assert not receipt._replace(history=f"2:{'0' * 64}").is_signed_with(public_key())


def test_a_receipt_of_format_2_without_a_head_still_verifies(receipt):
    earlier = receipt._replace(history="")
    signature = private_key().sign(earlier.signed_lines.encode())
    earlier = earlier._replace(signature=base64.b64encode(signature).decode())
    assert str(earlier).startswith("receipt: 2\n")
    assert verify_claim(earlier, TEXT)


@pytest.mark.parametrize("version", [2, 3])
def test_a_receipt_has_a_head_exactly_where_its_format_says(receipt, version):
    text = with_version(receipt, version)
    wrong = text if version == 2 else re.sub("history: .*\n", "", text)
    with pytest.raises(ValueError, match="no whole receipt"):
        parse_receipt(wrong)
