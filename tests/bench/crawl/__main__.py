"""Snapshots of the site's responses, to verify that a refactoring changes nothing."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.crawl.page_links import ORIGIN
from tests.bench.crawl.snapshots import compare

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
NOT_COPIED = (".git", ".venv", ".env", "var", "__pycache__", ".pytest_cache", ".ruff_cache")
ENVIRONMENT = {
    **{"LOCAL_RUN": "True", "DEBUG": "False", "HTTPS": "False", "TRUSTED_PROXIES": "0"},
    **{"ALLOWED_HOSTS": "localhost", "SITE_URL": ORIGIN, "TIME_ZONE": "Europe/Saratov"},
    **{"SECRET_KEY": "crawl" * 12, "RECEIPT_KEY": "Y3Jhd2w" * 6 + "Y=", "PYTHONHASHSEED": "0"},
    **{"DATABASE_URL": "", "EMAIL_URL": "", "EMAIL_FROM": ""},
    "DJANGO_SETTINGS_MODULE": "college_site.settings",
}


def save(folder, project):
    """Write a snapshot of the project's site into an empty folder."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        sys.exit(f"Found files in {folder}, expected an empty folder: name another or empty it.")
    with tempfile.TemporaryDirectory(prefix="crawl-") as scratch:
        copy, data = Path(scratch, "project"), Path(scratch, "data")
        shutil.copytree(project, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
        copy_crawl_package(copy)
        environment = {**os.environ, **ENVIRONMENT, "DATA_DIR": str(data)}
        command = [sys.executable, "-m", "tests.bench.crawl.visit", str(folder)]
        subprocess.run(command, cwd=copy, env=environment, check=True)


def copy_crawl_package(copy):
    """Replace the copy's crawl package by this one; older code has none."""
    target = copy / HERE.relative_to(ROOT)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(HERE, target, ignore=shutil.ignore_patterns(*NOT_COPIED))
    for package in (target.parent, target.parent.parent):
        (package / "__init__.py").touch()


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench.crawl", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    save_parser = commands.add_parser("save", help="write a snapshot into an empty folder")
    save_parser.add_argument("folder", type=Path)
    save_parser.add_argument("--project", type=Path, default=ROOT, help="another worktree's root")
    compare_parser = commands.add_parser("compare", help="list what differs between two snapshots")
    compare_parser.add_argument("old", type=Path)
    compare_parser.add_argument("new", type=Path)
    compare_parser.add_argument(
        "--bytes", action="store_true", help="show invisible differences, too"
    )
    options = parser.parse_args()
    if options.command == "save":
        save(options.folder, options.project)
    else:
        sys.exit(compare(options.old, options.new, show_bytes=options.bytes))


if __name__ == "__main__":
    main()
