"""The site of nginx as deploy/install writes it, and nginx in a scratch folder."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
PATH = f"{os.environ['PATH']}:/usr/sbin"
NGINX = shutil.which("nginx", path=PATH)
REQUIRED = os.environ.get("CI") == "true"  # then a missing program is a failure
needs_nginx = pytest.mark.skipif(
    not NGINX and not REQUIRED, reason="needs nginx on the PATH: apt install nginx"
)
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
# nginx's workers are nobody, who may not enter a scratch folder of root.
USER = "user root;" if os.geteuid() == 0 else ""
CONFIGURATION = """
{user}
pid {folder}/pid;
error_log {folder}/errors;
daemon off;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    {temporary}
    {site}
}}
"""


def run_bash(folder, line, **environment):
    """Run a line of bash after deploy/common.sh, with the folder for the server's folders."""
    (folder / "current").mkdir(exist_ok=True)
    if not (folder / "current" / "deploy").exists():
        (folder / "current" / "deploy").symlink_to(DEPLOY)
    start = (
        f"set -euo pipefail; . {DEPLOY}/common.sh; HOME_DIR={folder} SETTINGS={folder}/portal.env\n"
    )
    return subprocess.run(
        # A signal that was ignored when bash began stays ignored.
        ["env", "--default-signal", "bash", "-c", start + line],
        env={"PATH": PATH, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def make_site(folder, certificate=""):
    """The site for two host names; `certificate` are the paths of one and its key."""
    done = run_bash(folder, f"make_nginx_site college.test,www.college.test {certificate}")
    assert done.stderr == ""
    return done.stdout


def make_command(folder, site):
    """The command of an nginx with this site, whose files are all in the folder."""
    assert NGINX, "found no nginx on the PATH or in /usr/sbin: apt install nginx"
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in KINDS)
    path = folder / "nginx.conf"
    path.write_text(CONFIGURATION.format(user=USER, folder=folder, temporary=temporary, site=site))
    return [NGINX, "-e", str(folder / "errors"), "-c", str(path)]
