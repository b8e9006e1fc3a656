"""What the files of deploy/ say agrees with the code and with each other."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from college_site.http.body_limit import STAFF_LIMIT, VISITOR_LIMIT
from college_site.uploads.sandbox import STAFF, VISITORS
from college_site.uploads.sandbox_process import MEMORY
from feedback.forms.files import BODY_LIMIT

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
GUNICORN = (DEPLOY / "gunicorn.conf.py").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
UNITS = [
    (DEPLOY / f"portal-{name}.service").read_text(encoding="utf-8") for name in ("web", "worker")
]
COMMANDS = {"ExecStart", "ExecStartPre", "ExecReload"}


def block(location):
    """The inside of a location of nginx."""
    return re.search(rf"location {re.escape(location)} {{(.*?)\n    }}", NGINX, re.DOTALL)[1]


def body_size(text):
    """client_max_body_size in bytes."""
    return int(re.search(r"client_max_body_size ([0-9]+)m;", text)[1]) * 1024 * 1024


def test_nginx_has_the_body_limits_of_the_site():
    assert body_size(NGINX) == VISITOR_LIMIT
    assert body_size(block("/admin/")) == STAFF_LIMIT
    assert body_size(block("~ ^/feedback/(new|mine/reply)/$")) == BODY_LIMIT


def test_nginx_proxies_to_the_address_gunicorn_binds():
    bind = re.search(r'"BIND", "(.+?)"', GUNICORN)[1]
    assert set(re.findall(r"proxy_pass http://(.+?);", NGINX)) == {bind}


def test_nginx_serves_the_collected_static_files():
    (folder,) = re.findall(r"alias (.+?)/static/;", NGINX)
    assert all(f"Environment=DATA_DIR={folder}\n" in unit for unit in UNITS)
    assert all(f"StateDirectory={Path(folder).name}\n" in unit for unit in UNITS)


def service(unit):
    """The settings of a unit's process, its commands left out."""
    lines = re.search(r"\[Service\]\n(.*)\[Install\]", unit, re.DOTALL)[1].splitlines()
    own = {
        "Type",
        "NotifyAccess",
        "KillMode",
        "TimeoutStartSec",
        "MemoryMax",
        "TasksMax",
        *COMMANDS,
    }
    return [line for line in lines if line.partition("=")[0] not in own and line[:1] != "#"]


def test_both_services_have_the_same_sandbox_settings():
    assert service(UNITS[0]) == service(UNITS[1])


@pytest.mark.parametrize("unit", UNITS, ids=["web", "worker"])
def test_each_service_has_a_limit_of_memory_and_tasks(unit):
    assert re.search(r"^MemoryMax=[0-9]+M$", unit, re.MULTILINE)
    assert re.search(r"^TasksMax=[0-9]+$", unit, re.MULTILINE)
    assert "\nOOMPolicy=continue\n" in unit  # a decoder without memory does not end the service


def test_the_memory_of_the_web_server_suffices_for_its_decoders():
    limit = int(re.search(r"MemoryMax=([0-9]+)M", UNITS[0])[1]) * 2**20
    decoders = sum(settings.DECODERS.values()) * MEMORY
    assert limit > decoders + 2 * 250 * 2**20


def test_most_threads_are_free_for_pages_while_others_clean_uploads():
    threads = int(re.search(r"^threads = ([0-9]+)", GUNICORN, re.MULTILINE)[1])
    assert VISITORS.threads._initial_value <= threads // 2
    assert VISITORS.threads._initial_value + STAFF.threads._initial_value < threads


@pytest.mark.parametrize(
    "option", ["User", "Group", "WorkingDirectory", "EnvironmentFile", "UMask"]
)
def test_the_readme_runs_commands_with_the_service_options(option):
    value = re.search(rf"^{option}=(.+)$", UNITS[0], re.MULTILINE)[1]
    spelt = {"User": "--uid=", "Group": "--gid=", "WorkingDirectory": "--working-directory="}
    command = f"{spelt.get(option, f'-p {option}=')}{value}"
    assert re.search(
        rf"{re.escape(command)}(?= )", (ROOT / "README.md").read_text(encoding="utf-8")
    )
