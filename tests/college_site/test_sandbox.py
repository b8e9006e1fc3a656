"""Who may decode when, and what is believed of the process that decodes."""

import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError

from college_site.uploads import sandbox
from college_site.uploads.sandbox import VISITORS, Lane, SandboxBusy, most_cleaned, staff_turn

MEGABYTE = 2**20
WHOLE = '{"content_type": "x", "lost": ""}'  # the facts of a file of a visitor


@pytest.fixture(autouse=True)
def own_locks(settings, tmp_path):
    """Locks that no other test holds; one decoder of each lane."""
    settings.DATA_DIR = tmp_path
    settings.DECODERS = {"visitors": 1, "staff": 1}


@pytest.fixture
def answer_of(monkeypatch):
    """What is made of the output of another program in the sandbox."""
    popen = subprocess.Popen

    def answer(program, job="visitor_file"):
        def replaced(command, **options):
            return popen([command[0], "-c", program], **options)

        monkeypatch.setattr(sandbox.subprocess, "Popen", replaced)
        with VISITORS.turn() as turn:
            return turn.clean(job, b"x", MEGABYTE)

    return answer


def is_free(lane):
    """Whether a request of this lane could decode now."""
    try:
        with lane.decoder(deadline=0):
            return True
    except SandboxBusy:
        return False


# Decoders of the machine --------------------------------------------------------------------------


def test_no_more_files_are_decoded_at_once_than_the_setting_says(settings):
    settings.DECODERS = {"visitors": 2}
    with VISITORS.decoder(deadline=0):
        with VISITORS.decoder(deadline=0):
            assert not is_free(VISITORS)
        assert is_free(VISITORS)


def test_decoders_of_other_processes_count():
    program = "import fcntl, sys; fcntl.flock(int(sys.argv[1]), fcntl.LOCK_EX); input()"
    with VISITORS.decoder(deadline=0) as lock:
        other = subprocess.Popen(
            [sys.executable, "-c", program, str(lock)], pass_fds=[lock], stdin=subprocess.PIPE
        )
    with other:
        assert not is_free(VISITORS)
        other.kill()
    assert is_free(VISITORS)


def test_visitors_do_not_take_the_decoder_of_staff():
    with VISITORS.decoder(deadline=0):
        assert is_free(sandbox.STAFF)


def test_a_request_without_a_decoder_is_refused_after_its_patience():
    hasty = Lane("visitors", threads=2, patience=0.1, budget=60)
    with VISITORS.decoder(deadline=0), hasty.turn() as turn, pytest.raises(SandboxBusy):
        turn.clean("visitor_file", b"x", MEGABYTE)


def test_a_failed_file_frees_its_decoder(answer_of):
    with pytest.raises(ValidationError):
        answer_of("raise SystemExit(1)")
    assert is_free(VISITORS)


# Threads of a web server --------------------------------------------------------------------------


def test_only_some_threads_of_a_process_clean_files():
    lane = Lane("visitors", threads=1, patience=5, budget=60)
    with lane.turn(), pytest.raises(SandboxBusy), lane.turn():
        pass
    with lane.turn():
        pass


def test_staff_read_that_they_have_to_wait(monkeypatch):
    monkeypatch.setattr(sandbox, "STAFF", Lane("staff", threads=1, patience=0, budget=60))
    with (
        staff_turn(),
        pytest.raises(ValidationError, match="Подождите минуту"),
        staff_turn(),
    ):
        pass


def test_a_request_whose_time_is_over_cleans_no_more_files(monkeypatch):
    monkeypatch.setattr(sandbox, "run", pytest.fail)
    late = Lane("visitors", threads=1, patience=5, budget=-1)
    with late.turn() as turn, pytest.raises(ValidationError, match="не хватило времени"):
        turn.clean("visitor_file", b"x", MEGABYTE)


# The output of the process ------------------------------------------------------------------------


def test_the_environment_of_the_process_holds_no_secrets(answer_of, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "known to the site alone")
    program = f"import os; print({WHOLE!r}); print(dict(os.environ))"
    _, told = answer_of(program)
    assert b"PATH" in told
    assert b"known to the site alone" not in told


@pytest.mark.parametrize(
    "program",
    [
        f"print({WHOLE!r}); print('half a picture'); raise SystemExit(1)",
        f"import os; print({WHOLE!r}, flush=True); os.abort()",
        'print(\'{"content_type": 1, "lost": ""}\'); print(\'<script>\')',
        'print(\'{"content_type": "x", "lost": 1}\'); print(\'<script>\')',
        "print('{\"width\": 1}'); print('x')",
        "import os; os.write(1, b'\\xff\\nx')",
        "print('[]')",
        "print('1')",
        "print()",
        "",
    ],
)
def test_an_output_that_is_incomplete_or_senseless_refuses_the_file(answer_of, program):
    with pytest.raises(ValidationError, match="не удалось проверить"):
        answer_of(program)


def test_a_sandbox_that_hangs_is_ended(answer_of, monkeypatch):
    monkeypatch.setattr(sandbox, "FILE_SECONDS", 0.5)
    with pytest.raises(ValidationError, match="не удалось проверить"):
        answer_of("import time; time.sleep(60)")


def test_an_endless_output_is_cut_off(answer_of):
    with pytest.raises(ValidationError, match="не удалось проверить"):
        answer_of("import os\nwhile True: os.write(1, bytes(2**16))")


def test_a_cleaned_file_is_at_most_a_small_multiple_of_the_upload():
    assert most_cleaned(0, 7 * MEGABYTE) == 2 * MEGABYTE
    assert most_cleaned(MEGABYTE, 7 * MEGABYTE) == 6 * MEGABYTE
    assert most_cleaned(5 * MEGABYTE, 7 * MEGABYTE) == 7 * MEGABYTE
