"""The set-up of .venv by the Makefile: real make with a fake Python that logs its commands."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).resolve().parent.parent / "Makefile"
REMEDY = (
    "could not be installed: the reason stands above. Expected a package index within reach "
    "(HTTPS_PROXY) and 300 MB that this user may write to. Then run the same command again.\n"
)
# `-m venv` creates a folder with links to this script, `-m pip` executes the file `pip` if any.
PYTHON3 = """#!{executable} -IS
import os, shutil, signal, sys
version, missing = {version}, {missing}
words = sys.argv[1:]
if words[0] == "-c":
    sys.version_info = (*version, 0)
    sys.modules.update(dict.fromkeys(missing))
    exec(words[1])
    sys.exit()
with open("commands", "a") as file:
    file.write(" ".join(words) + "\\n")
if words[1] == "venv":
    shutil.rmtree(".venv", ignore_errors=True)
    os.makedirs(".venv/bin")
    for name in ("python", "python%d.%d" % version):
        os.symlink(os.path.abspath(__file__), ".venv/bin/" + name)
elif os.path.exists("pip"):
    exec(open("pip").read())
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with the Makefile, two locks and a fake python3."""
    shutil.copy(MAKEFILE, tmp_path)
    (tmp_path / "requirements.lock").write_text("django==5.2\n")
    (tmp_path / "requirements-dev.lock").write_text("django==5.2\npytest==9\n")
    write_python(tmp_path)
    return tmp_path


def write_python(folder, name="python3", version=(3, 11), missing=()):
    script = folder / name
    script.write_text(
        PYTHON3.format(executable=sys.executable, version=version, missing=tuple(missing))
    )
    script.chmod(0o755)


def make(folder, target="runtime", python="./python3"):
    """Run make in the folder, without variables of a make that runs these tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", target, f"PYTHON3={python}"],
        cwd=folder,
        env={**environment, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=60,
    )


def make_all(folder, *goals, **options):
    for target in goals:
        result = make(folder, target, **options)
        assert (result.returncode, result.stderr) == (0, "")


def read_commands(folder):
    """The commands that were run: "venv" or the name of the installed lock."""
    path = folder / "commands"
    lines = path.read_text().splitlines() if path.exists() else []
    return ["venv" if "-m venv" in line else line.split()[-1] for line in lines]


def change_lock(lock):
    """Write other packages into the lock with a later modification time."""
    lock.write_text("django==5.2.1\n")
    moment = lock.stat().st_mtime_ns + 20_000_000
    os.utime(lock, ns=(moment, moment))


def is_unknown_to_python_2(node):
    """Whether Python 2 lacks this syntax or function."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
        return bool(node.keywords) or len(node.args) > 1
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return any(isinstance(element, ast.Starred) for element in node.elts)
    return isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.Nonlocal)


def test_the_version_check_has_syntax_old_pythons_parse():
    programs = re.findall(r"\$\(PYTHON3\) -c (['\"])(.+?)\1", MAKEFILE.read_text())
    assert len(programs) == 3
    for _, program in programs:
        tree = ast.parse(program.replace("$$module", "venv"), feature_version=(3, 4))
        assert not any(is_unknown_to_python_2(node) for node in ast.walk(tree))


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10)])
def test_an_old_python_is_refused_with_one_line(folder, version):
    write_python(folder, version=version)
    result = make(folder)
    line, end = result.stderr.splitlines()
    assert line == (
        f"Found Python {version[0]}.{version[1]}, expected 3.11 or newer. "
        "Install one and name it, for example: make run PYTHON3=python3.12"
    )
    assert end.startswith("make: ***")
    assert (result.returncode, read_commands(folder)) == (2, [])


def test_an_old_python_is_refused_despite_an_existing_environment(folder):
    make_all(folder, "runtime")
    write_python(folder, "python3.8", version=(3, 8))
    assert make(folder, python="./python3.8").stderr.startswith("Found Python 3.8, expected 3.11")
    make_all(folder, "runtime")
    assert read_commands(folder) == ["venv", "requirements.lock"]


def test_a_missing_python_is_reported_in_one_line(folder):
    line, end = make(folder, python="./python3.12").stderr.splitlines()
    assert line.startswith("Found Python none, expected 3.11 or newer. Install one and name it")
    assert end.startswith("make: ***")


@pytest.mark.parametrize("version", [(3, 11), (3, 14), (4, 0)])
def test_a_new_python_is_accepted(folder, version):
    write_python(folder, version=version)
    make_all(folder, "runtime")


@pytest.mark.parametrize("name", ["venv", "ensurepip"])
def test_a_python_without_venv_is_refused_with_one_line(folder, name):
    write_python(folder, missing=[name])
    result = make(folder)
    line, end = result.stderr.splitlines()
    assert line == (
        f"Found Python without its module {name}, expected one that can make virtual "
        "environments. On Debian and Ubuntu: apt install python3-venv"
    )
    assert end.startswith("make: ***")
    assert (result.returncode, read_commands(folder)) == (2, [])


def test_the_first_run_creates_the_environment_with_hash_checking(folder):
    make_all(folder, "runtime")
    assert read_commands(folder) == ["venv", "requirements.lock"]
    assert "install --require-hashes" in (folder / "commands").read_text().splitlines()[1]


def test_the_second_run_does_nothing(folder):
    make_all(folder, "runtime", "runtime")
    assert read_commands(folder) == ["venv", "requirements.lock"]
    assert "Installing" not in make(folder).stdout


@pytest.mark.parametrize(
    ("target", "lock"), [("runtime", "requirements.lock"), ("tools", "requirements-dev.lock")]
)
def test_a_changed_lock_is_installed_into_the_same_environment(folder, target, lock):
    make_all(folder, target)
    change_lock(folder / lock)
    make_all(folder, target, target)
    assert read_commands(folder) == ["venv", lock, lock]


def test_both_locks_share_one_environment(folder):
    make_all(folder, "runtime", "tools", "runtime", "tools")
    assert read_commands(folder) == ["venv", "requirements.lock", "requirements-dev.lock"]


def test_the_development_lock_includes_the_runtime_lock(folder):
    make_all(folder, "tools", "runtime")
    assert read_commands(folder) == ["venv", "requirements-dev.lock"]


def test_an_interrupted_installation_restarts_from_scratch(folder):
    make_all(folder, "runtime")
    (folder / "pip").write_text("os.killpg(0, signal.SIGKILL)")
    assert make(folder, "tools").returncode < 0
    (folder / "pip").unlink()
    make_all(folder, "runtime", "tools")
    assert read_commands(folder) == [
        "venv",
        "requirements.lock",
        "requirements-dev.lock",
        "venv",
        "requirements.lock",
        "requirements-dev.lock",
    ]


def test_another_python_gets_a_new_environment(folder):
    make_all(folder, "runtime")
    write_python(folder, "python3.99", version=(3, 99))
    make_all(folder, "runtime", "runtime", python="./python3.99")
    assert read_commands(folder) == ["venv", "requirements.lock"] * 2


def test_an_environment_whose_python_is_gone_is_recreated(folder):
    make_all(folder, "runtime")
    write_python(folder, "moved")
    (folder / "python3").unlink()
    make_all(folder, "runtime", python="./moved")
    assert read_commands(folder) == ["venv", "requirements.lock"] * 2


def test_a_failed_installation_shows_the_reason_and_the_remedy(folder):
    (folder / "pip").write_text("sys.exit('ERROR: No space left on device')")
    result = make(folder)
    assert result.stderr.startswith(
        f"ERROR: No space left on device\nrequirements.lock {REMEDY}make: ***"
    )
    assert result.returncode == 2
    assert not list(folder.glob(".venv/*.stamp"))


def test_an_environment_that_cannot_be_created_shows_the_remedy(folder):
    (folder / ".venv").write_text("a file in the way")
    result = make(folder)
    assert f"requirements.lock {REMEDY}make: ***" in result.stderr
    assert result.returncode == 2
