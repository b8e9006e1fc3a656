"""The signed receipt: what it proves, to whom, and what it does not give away."""

import io
import shutil
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import CommandError, call_command

from feedback.models import Suggestion
from feedback.signatures import parsed_receipt, public_key, public_pem, signed_receipt
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


@pytest.mark.parametrize("text", [TEXT.replace("\n", "\r\n"), f"\n {TEXT} \n", TEXT])
def test_line_breaks_and_spaces_around_make_no_odds(receipt, text):
    assert receipt.is_of(text)


def test_a_letter_more_does(receipt):
    assert not receipt.is_of(f"{TEXT}.")


def test_it_names_the_files_that_came_with_the_suggestion_and_none_of_a_reply(db):
    factories.attachment("0" * 64, sha256="a" * 64)
    suggestion = factories.suggestion(staging_hash="0" * 64)
    factories.attachment("1" * 64, sha256="b" * 64)
    suggestion.reply("Вот ещё.", None, "1" * 64)
    assert signed_receipt(suggestion).file_hashes == ("a" * 64,)


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
    content = factories.picture_bytes()
    (tmp_path / "a.jpg").write_bytes(content)
    digest = "5d41402abc4b2a76b9719d911017c592"
    factories.attachment("0" * 64, sha256=digest)
    (tmp_path / "text.txt").write_text(TEXT)
    suggestion = factories.suggestion(text=TEXT, staging_hash="0" * 64)
    path = tmp_path / "receipt.txt"
    path.write_text(str(signed_receipt(suggestion)))
    assert "Genuine" in verify(path, "--text", tmp_path / "text.txt")
    with pytest.raises(CommandError, match=r"a\.jpg was not among the files"):
        verify(path, "--file", tmp_path / "a.jpg")


def test_the_command_knows_the_right_file(tmp_path, db):
    import_hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    (tmp_path / "hello.txt").write_text("hello")
    factories.attachment("0" * 64, sha256=import_hash)
    path = tmp_path / "receipt.txt"
    path.write_text(str(signed_receipt(factories.suggestion(staging_hash="0" * 64))))
    assert "with 1 files" in verify(path, "--file", tmp_path / "hello.txt")


def test_the_command_takes_the_key_of_another_time(file, tmp_path):
    pem = tmp_path / "public.pem"
    pem.write_text(public_pem())
    assert "Genuine" in verify(file, "--key", pem)


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
