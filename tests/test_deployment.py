"""The files in deploy/ are consistent with the code and with each other."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile

from college_site.http.body_limit import STAFF_LIMIT, VISITOR_LIMIT
from college_site.uploads.sandbox import STAFF, VISITORS
from college_site.uploads.sandbox_entry import MEMORY
from feedback.forms.files import BODY_LIMIT

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
GUNICORN = (DEPLOY / "gunicorn.conf.py").read_text(encoding="utf-8")
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
UNITS = [
    (DEPLOY / f"portal-{name}.service").read_text(encoding="utf-8")
    for name in ("web", "worker", "backup")
]


def location_block(location):
    """The content of an nginx location block."""
    return re.search(rf"location {re.escape(location)} {{(.*?)\n    }}", NGINX, re.DOTALL)[1]


def body_size(text):
    """client_max_body_size in bytes."""
    return int(re.search(r"client_max_body_size ([0-9]+)m;", text)[1]) * 1024 * 1024


def test_nginx_has_the_body_limits_of_the_site():
    assert body_size(NGINX) == VISITOR_LIMIT
    assert body_size(location_block("/admin/")) == STAFF_LIMIT
    assert body_size(location_block("= /feedback/new/")) == BODY_LIMIT
    assert body_size(location_block("= /feedback/mine/reply/")) == BODY_LIMIT


def test_nginx_proxies_to_the_address_gunicorn_binds():
    bind = re.search(r'"BIND", "(.+?)"', GUNICORN)[1]
    assert set(re.findall(r"proxy_pass http://(.+?);", NGINX)) == {bind}


def test_nginx_serves_the_collected_static_files():
    (folder,) = re.findall(r"alias (.+?)/static/;", NGINX)
    assert all(f"Environment=DATA_DIR={folder}\n" in unit for unit in UNITS)
    assert all(f"StateDirectory={Path(folder).name}\n" in unit for unit in UNITS)


def test_no_log_of_nginx_contains_addresses():
    servers = NGINX.split("\nserver {")[1:]
    assert len(servers) == 2
    for server in servers:
        assert "    access_log off;" in server
        assert "    error_log /dev/null;" in server


def service_settings(unit):
    """The settings of a unit's [Service] section that all units share."""
    lines = re.search(r"\[Service\]\n(.*?)(\[Install\]|$)", unit, re.DOTALL)[1].splitlines()
    excluded = {
        "Type",
        "NotifyAccess",
        "ExecStart",
        "ExecStartPre",
        "TimeoutStartSec",
        "KillMode",
        "Restart",
        "RestartSec",
        "TimeoutStopSec",
        "MemoryMax",
        "TasksMax",
        "Nice",
        "CPUWeight",
        "ReadWritePaths",
    }
    return [line for line in lines if line[:1].isalpha() and line.partition("=")[0] not in excluded]


def test_all_services_have_the_same_sandbox_settings():
    assert service_settings(UNITS[0]) == service_settings(UNITS[1]) == service_settings(UNITS[2])


@pytest.mark.parametrize("unit", UNITS, ids=["web", "worker", "backup"])
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


@pytest.mark.parametrize("unit", UNITS)
def test_a_service_can_neither_gain_rights_nor_write_elsewhere(unit):
    options = {"NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="}
    assert options <= set(service_settings(unit))


def test_nginx_states_neither_its_version_nor_visitors():
    assert "server_tokens off;" in NGINX
    assert set(re.findall(r"access_log (.+?);", NGINX)) == {"off"}


def test_nginx_leaves_compression_to_the_site():
    assert re.findall(r"\bgzip (.+?);", NGINX) == ["off"]


def test_nginx_passes_host_scheme_and_address_to_the_site():
    headers = dict(re.findall(r"proxy_set_header (\S+) (\S+);", NGINX))
    assert headers == {
        "Host": "$host",
        "X-Forwarded-For": "$proxy_add_x_forwarded_for",
        "X-Forwarded-Proto": "$scheme",
    }


def test_nginx_accepts_no_outdated_encryption():
    assert re.search(r"ssl_protocols (.+?);", NGINX)[1].split() == ["TLSv1.2", "TLSv1.3"]


def test_nginx_redirects_to_the_name_of_the_site_alone():
    (target,) = re.findall(r"return 301 https://(.+?)\$request_uri;", NGINX)
    assert set(re.findall(r"server_name (.+?);", NGINX)) == {target}


def test_static_files_have_the_security_headers_of_the_site(client):
    added = dict(re.findall(r'add_header (\S+) "?(.+?)"? always;', location_block("/static/")))
    assert added.pop("Strict-Transport-Security") == "max-age=31536000; includeSubDomains; preload"
    headers = client.get("/robots.txt").headers
    assert added == {name: headers[name] for name in added}
    assert added.keys() == {"X-Content-Type-Options", "Cross-Origin-Resource-Policy"}


def test_an_answer_that_a_file_is_missing_is_not_stored_for_years():
    assert "add_header Cache-Control $static_cache;" in location_block("/static/")


def test_only_static_files_with_a_hash_are_immutable(tmp_path):
    rules = dict(re.findall(r'^ {4}(\S+) +"(.+?)";$', NGINX, re.MULTILINE))
    assert rules.pop("default") == "public, max-age=60"
    ((pattern, lifetime),) = rules.items()
    assert re.search(pattern.strip('"~'), stored_name(tmp_path))
    assert not re.search(pattern.strip('"~'), "site.css")
    assert "immutable" in lifetime


def stored_name(folder):
    """The name of a collected static file."""
    (folder / "site.css").write_text("p {}")
    storage = ManifestStaticFilesStorage(location=folder)
    return storage.hashed_name("site.css", ContentFile(b"p {}"))


# The check of templates ---------------------------------------------------------------------------


@pytest.fixture
def check_templates(tmp_path):
    """Runs the check on a folder with one template; gives its exit status and output."""

    def run(content):
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates" / "page.html").write_bytes(content)
        (tmp_path / "one_template.py").write_text(
            "from pathlib import Path\n"
            "BASE_DIR = Path(__file__).parent\n"
            "SECRET_KEY = 'x'\n"
            "BACKEND = 'django.template.backends.django.DjangoTemplates'\n"
            "TEMPLATES = [{'BACKEND': BACKEND, 'DIRS': [BASE_DIR / 'templates']}]\n"
        )
        done = subprocess.run(
            [sys.executable, DEPLOY / "check_templates.py"],
            env={"PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "one_template"},
            capture_output=True,
            check=False,
        )
        return done.returncode, done.stdout.decode()

    return run


def test_templates_that_compile_pass_the_check(check_templates):
    assert check_templates(b"{% if a %}{% endif %}") == (0, "1 of 1 templates compile.\n")


@pytest.mark.parametrize("content", [b"{% if a %}", b"{% unknown %}", b"\xff"])
def test_a_template_that_does_not_compile_fails_the_check(check_templates, content):
    status, output = check_templates(content)
    assert status == 1
    assert output.startswith("page.html: ")
    assert "0 of 1 templates compile." in output
