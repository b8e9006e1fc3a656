"""The signed receipt: what it proves, and what it does not reveal."""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import unicodedata

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.management import CommandError, call_command

from feedback.models import Suggestion
from feedback.receipts.signatures import parse_receipt, public_key, public_pem, sign_receipt
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


def test_changing_the_salt_breaks_the_text_match(receipt):
    assert not receipt._replace(salt="0" * 32).has_text(TEXT)


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


def test_a_receipt_of_another_format_version_is_refused(receipt):
    assert "receipt: 1\n" in str(receipt)
    with pytest.raises(ValueError, match="no whole receipt"):
        parse_receipt(str(receipt).replace("receipt: 1\n", "receipt: 2\n"))


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
    return hashlib.sha256(f"{salt}{file_hash}".encode()).hexdigest()


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
def test_the_script_on_the_page_finds_a_file_in_the_receipt(client, read_page, tmp_path):
    receipt = with_file(b"hello")
    (tmp_path / "receipt.txt").write_text(str(receipt))
    (tmp_path / "photo.jpg").write_bytes(b"hello")
    root = read_page(client.get("/feedback/receipt/verify/")).root
    recipes = ["".join(pre.children) for pre in root.all("pre")]
    script = next(recipe for recipe in recipes if "sha256sum" in recipe)
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode().split()[0] in receipt.file_hashes


def test_a_receipt_reveals_neither_text_nor_signed_salt(receipt):
    assert "лавочки" not in str(receipt)
    assert receipt.salt not in receipt.signed_lines


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


def test_openssl_verifies_the_signature(receipt, tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("no openssl on the PATH")
    (tmp_path / "receipt.txt").write_text(str(receipt))
    (tmp_path / "public.pem").write_text(public_pem())
    script = (
        "grep -E '^(receipt|number|received|text|file): ' receipt.txt > signed.txt && "
        "sed -n 's/^signature: //p' receipt.txt | base64 -d > signature.bin && "
        "openssl pkeyutl -verify -pubin -inkey public.pem -rawin "
        "-in signed.txt -sigfile signature.bin"
    )
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert b"Signature Verified Successfully" in done.stdout, done.stderr


# The management command --------------------------------------------------------------------------


@pytest.fixture
def file(receipt, tmp_path):
    path = tmp_path / "receipt.txt"
    path.write_text(f"Квитанция\n\n{receipt}")
    return path


def verify(*arguments):
    out = io.StringIO()
    call_command("verify_receipt", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_verifies_without_a_database(file, suggestion, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert f"Genuine: suggestion {suggestion.number}" in verify(file)


def test_the_command_verifies_text_and_files(tmp_path, db):
    factories.attachment("0" * 64, sha256=hashlib.sha256(b"hello").hexdigest())
    (tmp_path / "text.txt").write_text(TEXT)
    (tmp_path / "hello.txt").write_text("hello")
    (tmp_path / "other.txt").write_text("hallo")
    path = tmp_path / "receipt.txt"
    suggestion = factories.suggestion(text=TEXT, staging_hash="0" * 64)
    path.write_text(str(sign_receipt(suggestion)))
    both = ["--text", tmp_path / "text.txt", "--file", tmp_path / "hello.txt"]
    assert "with 1 files" in verify(path, *both)
    with pytest.raises(CommandError, match=r"other\.txt was not among the files"):
        verify(path, "--file", tmp_path / "other.txt")


def test_the_command_verifies_with_a_given_key(file, tmp_path):
    pem = tmp_path / "public.pem"
    pem.write_text(public_pem())
    assert "Genuine" in verify(file, "--key", pem)


def without_settings(*arguments):
    """The output of the command in a checkout without a configured site."""
    module = "feedback.management.commands.verify_receipt"
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env={"PATH": os.defpath},
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    return (done.stdout + done.stderr).decode()


def test_the_command_with_a_key_needs_no_settings(file, tmp_path):
    pem = tmp_path / "public.pem"
    pem.write_text(public_pem())
    assert without_settings(file, "--key", pem).startswith("Genuine")


def test_the_command_without_settings_asks_for_a_key(file):
    assert "Name one with --key." in without_settings(file)


def other_key(path):
    key = Ed25519PrivateKey.generate().public_key()
    path.write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (lambda file, folder: [folder / "none.txt"], "Cannot read"),
        (lambda file, folder: [written(folder, "Привет")], "Not a receipt"),
        (lambda file, folder: [written(folder, b"\xff\xfe\x00")], "UTF-8"),
        (lambda file, folder: [file, "--text", written(folder, "Другое")], "another text"),
        (lambda file, folder: [file, "--key", other_key(folder / "k.pem")], "another key"),
        (lambda file, folder: [file, "--key", written(folder, "x")], "no public key"),
        (
            lambda file, folder: [written(folder, file.read_text().replace(": 20", ": 21"))],
            "does not fit",
        ),
    ],
)
def test_the_command_explains_each_failure(file, tmp_path, arguments, complaint):
    with pytest.raises(CommandError, match=complaint):
        verify(*arguments(file, tmp_path))


def written(folder, content):
    path = folder / "written.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
