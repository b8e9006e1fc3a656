"""The signed receipt: what it proves, to whom, and what it does not give away."""

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
from feedback.receipts.signatures import parsed_receipt, public_key, public_pem, signed_receipt
from tests import factories

TEXT = "Поставьте лавочки\nво дворе."


@pytest.fixture
def suggestion(db):
    return factories.suggestion(text=TEXT)


@pytest.fixture
def receipt(suggestion):
    return signed_receipt(suggestion)


def test_a_receipt_is_genuine_and_of_its_text(receipt):
    assert receipt.is_signed_with(public_key())
    assert receipt.is_of(TEXT)


def test_asked_for_twice_it_is_the_same(suggestion, receipt):
    assert signed_receipt(Suggestion.objects.get()) == receipt


def test_it_outlives_its_suggestion(receipt):
    Suggestion.objects.all().delete()
    assert parsed_receipt(str(receipt)).is_signed_with(public_key())


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
def test_whatever_is_changed_breaks_the_signature(receipt, change):
    assert not receipt._replace(**change).is_signed_with(public_key())


def test_another_salt_is_of_another_text(receipt):
    assert not receipt._replace(salt="0" * 32).is_of(TEXT)


def test_a_text_that_staff_changed_is_no_longer_the_one_that_was_accepted(suggestion, receipt):
    suggestion.text = "Ничего не нужно."
    suggestion.save()
    assert receipt.is_of(TEXT)
    assert not receipt.is_of(suggestion.text)


@pytest.mark.parametrize(
    "text", [TEXT.replace("\n", "\r\n"), TEXT.replace("\n", "\r"), f"\n {TEXT} \n", TEXT]
)
def test_line_breaks_and_spaces_around_make_no_odds(receipt, text):
    assert receipt.is_of(text)


def test_a_letter_more_does(receipt):
    assert not receipt.is_of(f"{TEXT}.")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_letter_is_the_same_composed_and_in_parts(form):
    text = "Ещё йод и зелёнка."
    receipt = signed_receipt(factories.suggestion(text=text))
    assert receipt.is_of(unicodedata.normalize(form, text))


@pytest.mark.django_db
def test_signs_that_only_resemble_each_other_make_another_text():
    receipt = signed_receipt(factories.suggestion(text="Зал в 40 м²."))
    assert receipt.is_of("Зал в 40 м².")
    assert not receipt.is_of("Зал в 40 м2.")


def test_stray_characters_in_a_signature_break_it(receipt):
    assert not receipt._replace(signature=f"!{receipt.signature}").is_signed_with(public_key())


def test_a_receipt_of_another_format_is_not_read(receipt):
    assert "receipt: 1\n" in str(receipt)
    with pytest.raises(ValueError, match="no whole receipt"):
        parsed_receipt(str(receipt).replace("receipt: 1\n", "receipt: 2\n"))


def test_a_key_is_known_by_sixteen_digits(receipt):
    assert len(receipt.key) == 16


def test_it_names_the_files_that_came_with_the_suggestion_and_none_of_a_reply(db):
    factories.attachment("0" * 64, sha256="a" * 64)
    suggestion = factories.suggestion(staging_hash="0" * 64)
    factories.attachment("1" * 64, sha256="b" * 64)
    suggestion.reply("Вот ещё.", None, "1" * 64)
    receipt = signed_receipt(suggestion)
    assert receipt.file_hashes == (salted(suggestion.salt, "a" * 64),)


def salted(salt, file_hash):
    return hashlib.sha256(f"{salt}{file_hash}".encode()).hexdigest()


def with_file(content, name="0" * 64):
    """The receipt of a suggestion that came with a file of these bytes."""
    factories.attachment(name, sha256=hashlib.sha256(content).hexdigest())
    return signed_receipt(factories.suggestion(staging_hash=name))


@pytest.mark.django_db
def test_the_same_file_has_another_hash_in_every_receipt():
    receipts = [with_file(b"hello", staging) for staging in ("0" * 64, "1" * 64)]
    assert receipts[0].file_hashes != receipts[1].file_hashes
    assert all(receipt.has_file(b"hello") for receipt in receipts)
    assert not any(receipt.has_file(b"hello!") for receipt in receipts)
    assert hashlib.sha256(b"hello").hexdigest() not in str(receipts[0])


@pytest.mark.django_db
def test_the_page_tells_how_to_find_a_file_in_it(client, read_page, tmp_path):
    receipt = with_file(b"hello")
    (tmp_path / "receipt.txt").write_text(str(receipt))
    (tmp_path / "photo.jpg").write_bytes(b"hello")
    root = read_page(client.get("/feedback/receipt/verify/")).root
    recipes = ["".join(pre.children) for pre in root.all("pre")]
    script = next(recipe for recipe in recipes if "sha256sum" in recipe)
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode().split()[0] in receipt.file_hashes


def test_neither_text_nor_code_can_be_read_from_it(receipt):
    assert "лавочки" not in str(receipt)
    assert receipt.salt not in receipt.signed_lines


@pytest.mark.parametrize("damage", [lambda s: s.replace("\n", "\r\n"), lambda s: f"> {s}\n\nТекст"])
def test_it_survives_mail_and_other_editors(receipt, damage):
    assert parsed_receipt(damage(str(receipt))) == receipt


@pytest.mark.parametrize("name", ["receipt", "number", "received", "text", "salt", "signature"])
def test_a_line_that_is_missing_or_doubled_makes_it_unreadable(receipt, name):
    lines = str(receipt).splitlines()
    without = [line for line in lines if not line.startswith(f"{name}:")]
    for text in ("\n".join(without), "\n".join([*lines, f"{name}: x"])):
        with pytest.raises(ValueError, match="no whole receipt"):
            parsed_receipt(text)


def test_openssl_comes_to_the_same_verdict(receipt, tmp_path):
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


# The command -------------------------------------------------------------------------------------


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
    path.write_text(str(signed_receipt(suggestion)))
    both = ["--text", tmp_path / "text.txt", "--file", tmp_path / "hello.txt"]
    assert "with 1 files" in verify(path, *both)
    with pytest.raises(CommandError, match=r"other\.txt was not among the files"):
        verify(path, "--file", tmp_path / "other.txt")


def test_the_command_takes_the_key_of_another_time(file, tmp_path):
    pem = tmp_path / "public.pem"
    pem.write_text(public_pem())
    assert "Genuine" in verify(file, "--key", pem)


def without_settings(*arguments):
    """What the command answers in a checkout where no site was ever set up."""
    module = "feedback.management.commands.verify_receipt"
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env={"PATH": os.defpath},
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    return (done.stdout + done.stderr).decode()


def test_with_a_key_the_command_needs_no_settings(file, tmp_path):
    pem = tmp_path / "public.pem"
    pem.write_text(public_pem())
    assert without_settings(file, "--key", pem).startswith("Genuine")


def test_without_settings_the_command_asks_for_a_key(file):
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
def test_the_command_says_what_is_wrong(file, tmp_path, arguments, complaint):
    with pytest.raises(CommandError, match=complaint):
        verify(*arguments(file, tmp_path))


def written(folder, content):
    path = folder / "written.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
