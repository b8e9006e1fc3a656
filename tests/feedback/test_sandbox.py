"""The process that cleans uploads of visitors: its limits, its environment, its output."""

import io
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image

from college_site.uploads import visitor_file_cleaning
from college_site.uploads.visitor_file_cleaning import clean_file, clean_pdf
from feedback import staged_files
from feedback.staged_files import LARGEST, clean_in_sandbox, file_name, size_problem
from tests import factories

CHILD = """
import os, resource, sys
from college_site.uploads import visitor_file_cleaning as cleaning
"""


def attempt(code, seconds=15):
    """The ended process of a sandbox that runs this code instead of cleaning a file."""
    script = f"{CHILD}{code}\ncleaning.clean_file = cleaned\ncleaning.main()"
    return subprocess.run(
        [sys.executable, "-c", script],
        input=b"x",
        capture_output=True,
        cwd=settings.BASE_DIR,
        timeout=seconds,
        check=False,
    )


def test_the_output_is_the_content_type_and_the_cleaned_file():
    done = attempt("def cleaned(content): return 'image/jpeg', content")
    assert (done.returncode, done.stdout) == (0, b"image/jpeg\nx")


def test_exceeding_the_memory_limit_ends_the_process():
    done = attempt("def cleaned(content): return 'image/jpeg', bytes(cleaning.MEMORY)[:1]")
    assert done.returncode == 1
    assert b"MemoryError" in done.stderr


def test_exceeding_the_processor_time_ends_the_process():
    code = "cleaning.SECONDS = 1\ndef cleaned(content):\n    while True: pass"
    assert attempt(code).returncode < 0


def test_the_process_cannot_write_a_file(tmp_path):
    path = tmp_path / "left_behind"
    done = attempt(f"def cleaned(content): open({str(path)!r}, 'wb', 0).write(content)")
    assert b"File too large" in done.stderr
    assert not path.exists() or path.read_bytes() == b""


def test_a_crash_leaves_no_core_dump():
    limit = "str(resource.getrlimit(resource.RLIMIT_CORE)).encode()"
    done = attempt(f"def cleaned(content): return 'image/jpeg', {limit}")
    assert done.stdout == b"image/jpeg\n(0, 0)"


# The output of the process ---------------------------------------------------------------


@pytest.fixture
def answer_of(monkeypatch):
    """A function that returns the result of clean_in_sandbox() with another program."""
    run = subprocess.run

    def answer(program):
        def replaced(command, **options):
            return run([command[0], "-c", program], **options)

        monkeypatch.setattr(staged_files.subprocess, "run", replaced)
        return clean_in_sandbox(b"x")

    return answer


def test_the_environment_of_the_process_holds_no_secrets(answer_of, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "known to the site alone")
    kind, environment = answer_of("import os; print('image/jpeg'); print(dict(os.environ))")
    assert kind == "image/jpeg"
    assert b"PATH" in environment
    assert b"known to the site alone" not in environment


@pytest.mark.parametrize(
    "program",
    [
        "print('image/jpeg'); print('half a picture'); raise SystemExit(1)",
        "import os; os.write(1, b'image/jpeg\\nhalf a picture'); os.abort()",
        "print('text/html'); print('<script>')",
        "import os; os.write(1, b'\\xff\\nx')",
        "print()",
        "",
    ],
)
def test_an_incomplete_output_refuses_the_file(answer_of, program):
    with pytest.raises(ValidationError, match="не удалось проверить"):
        answer_of(program)


def test_a_sandbox_that_hangs_is_ended(answer_of, monkeypatch):
    monkeypatch.setattr(staged_files, "CLEANING_TIMEOUT", 0.5)
    with pytest.raises(ValidationError, match="не удалось проверить"):
        answer_of("import time; time.sleep(9); print('image/jpeg')")


# Limits -------------------------------------------------------------------------------------------


def test_a_pdf_with_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(visitor_file_cleaning, "MOST_PAGES", 3)
    assert clean_pdf(factories.pdf_bytes(3)).startswith(b"%PDF-")
    with pytest.raises(ValidationError, match="от 1 до 3 страниц"):
        clean_pdf(factories.pdf_bytes(4))


def test_a_large_picture_is_scaled_down():
    kind, content = clean_file(factories.picture_bytes((2600, 40)))
    assert kind == "image/jpeg"
    with Image.open(io.BytesIO(content)) as image:
        assert image.width == 2560


def test_a_file_of_exactly_the_maximum_size_is_accepted():
    assert size_problem(SimpleNamespace(size=LARGEST)) == ""
    assert size_problem(SimpleNamespace(size=LARGEST + 1))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (r"C:\Users\Иванов\двор.png", "двор.jpg"),
        ("я" * 200 + ".png", "я" * 140 + ".jpg"),
        ("", "file.jpg"),
    ],
)
def test_file_names_lose_folders_and_excess_length(name, expected):
    assert file_name(name, "image/jpeg") == expected
