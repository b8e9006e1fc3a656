"""Make .venv and install a lock file into it: `python3 deploy/virtualenv.py requirements.lock`.

It does nothing when that lock is installed already. Old Pythons, Python 2 among them, must be able
to read this file, because they are told here that they are too old: no f-strings, no annotations.
"""
# ruff: noqa: RUF005, UP021, UP032

import hashlib
import importlib
import os
import signal
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(ROOT, ".venv")
# What is installed, a line each. It is absent during an installation, so that one which was
# interrupted is begun afresh: pip would take a half-unpacked package for a complete one.
RECORD = os.path.join(FOLDER, "installed")


class Problem(Exception):
    """One line for the terminal: what was found, what was expected, what to do."""


def main(lock):
    require_python(sys.version_info)
    require_modules(importlib.import_module)
    with open(os.path.join(ROOT, lock), "rb") as file:
        wanted = "{} {}".format(lock, hashlib.sha256(file.read()).hexdigest())
    interpreter = "Python {}.{}".format(*sys.version_info[:2])
    record = read_record()
    if interpreter in record and wanted in record:
        return
    print("Installing {} into .venv; this happens once.".format(lock))
    sys.stdout.flush()
    if interpreter not in record:
        record = [interpreter]
        make_environment()
    else:
        os.remove(RECORD)
    install(lock)
    others = [line for line in record if not line.startswith(lock + " ")]
    with open(RECORD, "w") as file:
        file.write("\n".join(others + [wanted, ""]))


def require_python(version):
    """Raise Problem when `version`, in the manner of sys.version_info, is too old."""
    if tuple(version[:2]) < OLDEST:
        raise Problem(
            "Found Python {}.{}, expected {}.{} or newer. "
            "Install one and name it, for example: make run PYTHON3=python3.12".format(
                version[0], version[1], *OLDEST
            )
        )


def require_modules(import_module):
    """Raise Problem when `import_module` does not find what Debian packs apart from Python."""
    for name in ("venv", "ensurepip"):
        if not is_there(name, import_module):
            raise Problem(
                "Found Python without its module {}, expected one that can make virtual "
                "environments. On Debian and Ubuntu: apt install python3-venv".format(name)
            )


def is_there(name, import_module):
    try:
        import_module(name)
    except ImportError:
        return False
    return True


def read_record():
    """The lines of the record; none when there is no environment that works."""
    try:
        os.stat(python())
        with open(RECORD) as file:
            return file.read().splitlines()
    except OSError:
        return []


def python():
    return os.path.join(FOLDER, "bin", "python")


def make_environment():
    code, output = run([sys.executable, "-m", "venv", "--clear", FOLDER])
    if code:
        raise Problem(
            ".venv could not be made: {}. Expected a folder that this user may write to, with "
            "300 MB free; mend that and run the same command again.".format(reason(output))
        )


def install(lock):
    pip = [python(), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    code, output = run(pip + ["--require-hashes", "--requirement", os.path.join(ROOT, lock)])
    if code:
        raise Problem(install_failure(lock, output))


def install_failure(lock, output):
    """Why pip failed, from its `output`, and what to do about it."""
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "{}: found a package whose content differs from its hash, expected the very files "
            "that were locked. Check the package index you use, or run make lock.".format(lock)
        )
    if "connection broken by" in output:
        return (
            "{}: found no connection to the package index, expected one for the first "
            "installation. Check the network or HTTPS_PROXY and run it again.".format(lock)
        )
    return "{} could not be installed: {}. Mend that and run the same command again.".format(
        lock, reason(output)
    )


def reason(output):
    """The last line of `output` that names an error, or just its last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["no reason given"]
    errors = [line for line in lines if "error" in line.lower()]
    return (errors or lines)[-1].rstrip(".")


def run(command):
    """Exit code and whole output of a command."""
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
    )
    return result.returncode, result.stdout


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        main(sys.argv[1])
    except Problem as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)
