"""The command that verifies a signed receipt without the site."""

import hashlib
import io
import os
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.management import CommandError, call_command

from feedback.receipts.signatures import public_pem, sign_receipt
from tests import factories

TEXT = "Поставьте лавочки\nво дворе."


@pytest.fixture
def suggestion(db):
    return factories.suggestion(text=TEXT)


@pytest.fixture
def file(suggestion, tmp_path):
    path = tmp_path / "receipt.txt"
    path.write_text(f"Квитанция\n\n{sign_receipt(suggestion)}")
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
        (
            lambda file, folder: [
                written(folder, file.read_text().replace("receipt: 3", "receipt: 1"))
            ],
            "format 1",
        ),
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


def in_format_1(receipt):
    return receipt.replace("receipt: 3", "receipt: 1")


def written(folder, content):
    path = folder / "written.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
