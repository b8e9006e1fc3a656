"""The files in deploy/ are consistent with the code and with each other."""

import re
from pathlib import Path

import pytest

from college_site.http.body_limit import STAFF_LIMIT, VISITOR_LIMIT
from feedback.forms.files import BODY_LIMIT

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
UNITS = [
    (DEPLOY / f"portal-{name}.service").read_text(encoding="utf-8") for name in ("web", "worker")
]
COMMANDS = {"ExecStart", "ExecStartPre", "ExecReload"}


def location_block(location):
    """The content of an nginx location block."""
    return re.search(rf"location {re.escape(location)} {{(.*?)\n    }}", NGINX, re.DOTALL)[1]


def body_size(text):
    """client_max_body_size in bytes."""
    return int(re.search(r"client_max_body_size ([0-9]+)m;", text)[1]) * 1024 * 1024


def test_nginx_has_the_body_limits_of_the_site():
    assert body_size(NGINX) == VISITOR_LIMIT
    assert body_size(location_block("/admin/")) == STAFF_LIMIT
    assert body_size(location_block("~ ^/feedback/(new|mine/reply)/$")) == BODY_LIMIT


def test_nginx_proxies_to_the_address_gunicorn_binds():
    bind = re.search(r'"BIND", "(.+?)"', (DEPLOY / "gunicorn.conf.py").read_text())[1]
    assert set(re.findall(r"proxy_pass http://(.+?);", NGINX)) == {bind}


def test_nginx_serves_the_collected_static_files():
    (folder,) = re.findall(r"alias (.+?)/static/;", NGINX)
    assert all(f"Environment=DATA_DIR={folder}\n" in unit for unit in UNITS)
    assert all(f"StateDirectory={Path(folder).name}\n" in unit for unit in UNITS)


def service_settings(unit):
    """The settings of a unit's [Service] section that both units share."""
    lines = re.search(r"\[Service\]\n(.*)\[Install\]", unit, re.DOTALL)[1].splitlines()
    excluded = {"Type", "NotifyAccess", "KillMode", "TimeoutStartSec", *COMMANDS}
    return [line for line in lines if line.partition("=")[0] not in excluded]


def test_both_services_have_the_same_sandbox_settings():
    assert service_settings(UNITS[0]) == service_settings(UNITS[1])


@pytest.mark.parametrize(
    "option", ["User", "Group", "WorkingDirectory", "EnvironmentFile", "UMask"]
)
def test_the_readme_runs_commands_with_the_service_options(option):
    value = re.search(rf"^{option}=(.+)$", UNITS[0], re.MULTILINE)[1]
    options = {"User": "--uid=", "Group": "--gid=", "WorkingDirectory": "--working-directory="}
    command = f"{options.get(option, f'-p {option}=')}{value}"
    assert re.search(
        rf"{re.escape(command)}(?= )", (ROOT / "README.md").read_text(encoding="utf-8")
    )
