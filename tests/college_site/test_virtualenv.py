"""The script that makes .venv: what it says when it cannot, and when it does nothing."""

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "virtualenv.py"


@pytest.fixture
def virtualenv(monkeypatch, tmp_path):
    """The script as a module that works in a temporary folder and starts no program.

    `commands` are those it would have run; an entry of `answers`, (exit code, output), is what
    the command gets that contains the entry's key.
    """
    spec = importlib.util.spec_from_file_location("virtualenv_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.commands, module.answers = [], {}
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "FOLDER", str(tmp_path / ".venv"))
    monkeypatch.setattr(module, "RECORD", str(tmp_path / ".venv" / "installed"))

    def run(command):
        module.commands.append(command)
        if "venv" in command:
            (tmp_path / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
            (tmp_path / ".venv" / "bin" / "python").touch()
        return next((module.answers[key] for key in module.answers if key in command), (0, ""))

    monkeypatch.setattr(module, "run", run)
    (tmp_path / "requirements.lock").write_text("django==5.2\n")
    (tmp_path / "requirements-dev.lock").write_text("django==5.2\npytest==9\n")
    return module


def steps(virtualenv):
    """What was run: "venv" or the lock that was installed."""
    return ["venv" if "venv" in line else Path(line[-1]).name for line in virtualenv.commands]


def unknown_to_python_2(node):
    """Whether Python 2 would call this a syntax error or not find it."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
        return bool(node.keywords)
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return any(isinstance(element, ast.Starred) for element in node.elts)
    if isinstance(node, ast.Import):
        return any("." in alias.name for alias in node.names)
    if isinstance(node, ast.Raise):
        return node.cause is not None
    return isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.Nonlocal)


def test_an_old_python_can_read_the_script():
    tree = ast.parse(SCRIPT.read_text(encoding="ascii"), feature_version=(3, 4))
    lines = [node.lineno for node in ast.walk(tree) if unknown_to_python_2(node)]
    assert lines == []


def test_an_old_python_gives_one_line(virtualenv):
    with pytest.raises(virtualenv.Problem) as caught:
        virtualenv.require_python((3, 8, 10, "final", 0))
    assert str(caught.value) == (
        "Found Python 3.8, expected 3.11 or newer. "
        "Install one and name it, for example: make run PYTHON3=python3.12"
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_a_new_python_is_accepted(virtualenv, version):
    virtualenv.require_python(version)


@pytest.mark.parametrize("name", ["venv", "ensurepip"])
def test_a_python_without_virtual_environments_gives_one_line(virtualenv, name):
    def import_module(module):
        if module == name:
            raise ImportError(module)

    with pytest.raises(virtualenv.Problem) as caught:
        virtualenv.require_modules(import_module)
    assert str(caught.value) == (
        f"Found Python without its module {name}, expected one that can make virtual "
        "environments. On Debian and Ubuntu: apt install python3-venv"
    )


def test_the_first_run_makes_the_environment_and_checks_every_hash(virtualenv):
    virtualenv.main("requirements.lock")
    assert steps(virtualenv) == ["venv", "requirements.lock"]
    assert "--require-hashes" in virtualenv.commands[1]


def test_the_second_run_does_nothing(virtualenv, capsys):
    virtualenv.main("requirements.lock")
    capsys.readouterr()
    virtualenv.main("requirements.lock")
    assert len(virtualenv.commands) == 2
    assert capsys.readouterr().out == ""


def test_a_changed_lock_is_installed_over_the_old_one(virtualenv, tmp_path):
    virtualenv.main("requirements.lock")
    (tmp_path / "requirements.lock").write_text("django==5.2.1\n")
    virtualenv.main("requirements.lock")
    assert steps(virtualenv) == ["venv", "requirements.lock", "requirements.lock"]


def test_both_locks_share_one_environment(virtualenv):
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements.lock"):
        virtualenv.main(lock)
    assert steps(virtualenv) == ["venv", "requirements.lock", "requirements-dev.lock"]


def test_an_interrupted_installation_begins_afresh(virtualenv, monkeypatch):
    virtualenv.main("requirements.lock")

    def interrupted(lock):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(virtualenv, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            virtualenv.main("requirements-dev.lock")
    virtualenv.main("requirements-dev.lock")
    assert steps(virtualenv) == ["venv", "requirements.lock", "venv", "requirements-dev.lock"]


def test_another_python_gets_an_environment_of_its_own(virtualenv, monkeypatch):
    virtualenv.main("requirements.lock")
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    virtualenv.main("requirements.lock")
    assert steps(virtualenv) == ["venv", "requirements.lock"] * 2


def test_an_environment_whose_python_is_gone_is_made_again(virtualenv, tmp_path):
    virtualenv.main("requirements.lock")
    (tmp_path / ".venv" / "bin" / "python").unlink()
    virtualenv.main("requirements.lock")
    assert steps(virtualenv) == ["venv", "requirements.lock"] * 2


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError(…)'\n"
            "ERROR: No matching distribution found for django==5.2",
            "found no connection to the package index, expected one",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n"
            "    Expected sha256 00\n         Got        11",
            "content differs from its hash",
        ),
        (
            "Collecting django\nERROR: Could not install packages: No space left on device\n",
            "ERROR: Could not install packages: No space left on device. Mend that",
        ),
    ],
)
def test_a_failed_installation_gives_one_line(virtualenv, output, message):
    virtualenv.answers["pip"] = (1, output)
    with pytest.raises(virtualenv.Problem) as caught:
        virtualenv.main("requirements.lock")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert virtualenv.read_record() == []


def test_an_environment_that_cannot_be_made_gives_one_line(virtualenv):
    virtualenv.answers["venv"] = (1, "Error: [Errno 13] Permission denied: '.venv'\n")
    with pytest.raises(virtualenv.Problem, match=r"^\.venv could not be made: .*Permission denied"):
        virtualenv.main("requirements.lock")
