"""The process that cleans files of strangers: what it may spend, learn and answer."""

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
    """How the sandbox ends where cleaning a file runs this code instead."""
    script = f"{CHILD}{code}\ncleaning.clean_file = cleaned\ncleaning.main()"
    return subprocess.run(
        [sys.executable, "-c", script],
        input=b"x",
        capture_output=True,
        cwd=settings.BASE_DIR,
        timeout=seconds,
        check=False,
    )


def test_a_file_that_is_cleaned_comes_out_with_its_kind():
    done = attempt("def cleaned(content): return 'image/jpeg', content")
    assert (done.returncode, done.stdout) == (0, b"image/jpeg\nx")


def test_a_file_that_swells_beyond_the_memory_ends_it():
    done = attempt("def cleaned(content): return 'image/jpeg', bytes(cleaning.MEMORY)[:1]")
    assert done.returncode == 1
    assert b"MemoryError" in done.stderr


def test_a_file_that_keeps_the_processor_busy_ends_it():
    code = "cleaning.SECONDS = 1\ndef cleaned(content):\n    while True: pass"
    assert attempt(code).returncode < 0


def test_it_writes_no_file(tmp_path):
    path = tmp_path / "left_behind"
    done = attempt(f"def cleaned(content): open({str(path)!r}, 'wb', 0).write(content)")
    assert b"File too large" in done.stderr
    assert not path.exists() or path.read_bytes() == b""


def test_it_leaves_no_image_of_its_memory():
    limit = "str(resource.getrlimit(resource.RLIMIT_CORE)).encode()"
    done = attempt(f"def cleaned(content): return 'image/jpeg', {limit}")
    assert done.stdout == b"image/jpeg\n(0, 0)"


# What the site makes of its answers ---------------------------------------------------------------


@pytest.fixture
def answer_of(monkeypatch):
    """What clean_in_sandbox() gives where another program runs in the sandbox."""
    run = subprocess.run

    def answer(program):
        def replaced(command, **options):
            return run([command[0], "-c", program], **options)

        monkeypatch.setattr(staged_files.subprocess, "run", replaced)
        return clean_in_sandbox(b"x")

    return answer


def test_it_learns_none_of_the_sites_secrets(answer_of, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "known to the site alone")
    kind, told = answer_of("import os; print('image/jpeg'); print(dict(os.environ))")
    assert kind == "image/jpeg"
    assert b"PATH" in told
    assert b"known to the site alone" not in told


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
def test_an_answer_that_is_not_whole_refuses_the_file(answer_of, program):
    with pytest.raises(ValidationError, match="не удалось проверить"):
        answer_of(program)


def test_a_sandbox_that_hangs_is_not_waited_for(answer_of, monkeypatch):
    monkeypatch.setattr(staged_files, "PATIENCE", 0.5)
    with pytest.raises(ValidationError, match="не удалось проверить"):
        answer_of("import time; time.sleep(9); print('image/jpeg')")


# Its own limits -----------------------------------------------------------------------------------


def test_a_pdf_may_have_as_many_pages_as_allowed(monkeypatch):
    monkeypatch.setattr(visitor_file_cleaning, "MOST_PAGES", 3)
    assert clean_pdf(factories.pdf_bytes(3)).startswith(b"%PDF-")
    with pytest.raises(ValidationError, match="от 1 до 3 страниц"):
        clean_pdf(factories.pdf_bytes(4))


def test_a_picture_is_made_no_larger_than_a_page_needs():
    kind, content = clean_file(factories.picture_bytes((2600, 40)))
    assert kind == "image/jpeg"
    with Image.open(io.BytesIO(content)) as image:
        assert image.width == 2560


def test_a_file_of_just_the_largest_size_is_taken():
    assert size_problem(SimpleNamespace(size=LARGEST)) == ""
    assert size_problem(SimpleNamespace(size=LARGEST + 1))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (r"C:\Users\Иванов\двор.png", "двор.jpg"),
        ("я" * 200 + ".png", "я" * 140 + ".jpg"),
        ("", "file.jpg"),
    ],
)
def test_of_a_name_no_folder_and_no_excess_is_kept(name, kept):
    assert file_name(name, "image/jpeg") == kept
