"""The scripts in deploy/ that set up and update a server: what can be tried without root."""

import datetime
import fcntl
import os
import re
import shutil
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.nginx_site import DEPLOY, make_command, make_site, needs_nginx, run_bash

SCRIPTS = ["common.sh", "install", "manage", "update", "../tests/server/try"]


@pytest.fixture
def server(tmp_path):
    """Runs a line of bash after deploy/common.sh, with a folder that stands for the server."""
    return lambda line: run_bash(tmp_path, line)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_has_no_error_of_syntax(name):
    subprocess.run(["bash", "-n", DEPLOY / name], check=True)


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="needs shellcheck")
def test_shellcheck_finds_nothing_in_the_scripts():
    found = subprocess.run(
        ["shellcheck", "--external-sources", *(f"deploy/{name}" for name in SCRIPTS)],
        cwd=DEPLOY.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


@pytest.mark.parametrize("name", ["install", "manage", "update"])
def test_a_script_that_is_run_stops_at_the_first_error(name):
    script = DEPLOY / name
    assert os.access(script, os.X_OK)
    assert "\nset -euo pipefail\n" in script.read_text(encoding="utf-8")


def test_an_unknown_option_is_answered_with_the_known_ones():
    done = subprocess.run(
        [DEPLOY / "install", "--colour", "red"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "found the option «--colour». Expected:" in done.stderr
    assert all(option in done.stderr for option in ("--host", "--database", "--http", "--admin"))


@pytest.fixture
def installer(tmp_path):
    """Runs a line of bash with the functions of deploy/install."""
    start = f". {DEPLOY}/install; SETTINGS={tmp_path}/portal.env\n"
    return lambda line: run_bash(tmp_path, start + line)


def test_packages_that_a_bare_debian_lacks_are_named(installer):
    done = installer("dpkg-query() { echo install ok installed; }; install_packages")
    assert {"adduser", "logrotate", "nginx", "postgresql"} <= set(done.stdout.split())


@pytest.mark.parametrize("found", ["", "{log_min_error_statement=panic}"])
def test_no_statement_of_the_portal_reaches_the_log_of_postgresql(installer, tmp_path, found):
    address = "postgres://portal@/portal?host=/run/postgresql"
    (tmp_path / "portal.env").write_text(f"DATABASE_URL={address}\n")
    psql = f'[[ "$*" == *SELECT* ]] && echo "{found}" || echo "$*"'
    said = installer(f"as_postgres() {{ {psql}; }}; keep_words_out_of_log").stdout
    for change in ("log_error_verbosity = terse", "log_min_error_statement = panic"):
        assert (f"ALTER ROLE portal SET {change}" in said) == (not found)


def test_the_log_of_another_machine_is_left_alone(installer, tmp_path):
    (tmp_path / "portal.env").write_text("DATABASE_URL=postgres://portal@db/portal\n")
    assert installer("keep_words_out_of_log").stdout == ""


@pytest.mark.parametrize("given", ["certificate", "key"])
def test_half_a_certificate_is_refused(installer, certificate, given):
    paths = dict(zip(("certificate", "key"), certificate.split(), strict=True))
    assert installer(f"{given}={paths[given]}; check_certificate").returncode == 1
    both = "; ".join(f"{name}={path}" for name, path in paths.items())
    assert installer(f"{both}; check_certificate").returncode == 0


def test_two_ways_to_encrypt_are_refused(installer):
    assert installer("plain=yes; check_encryption").returncode == 0
    assert installer("plain=yes email=a@example.ru; check_encryption").returncode == 1


def test_a_name_with_a_space_is_refused(installer):
    first = "PORTAL_ADMIN_PASSWORD=secret admin=chief database=sqlite"
    assert installer(f"{first} hosts=a.example,b.example; ask_first").returncode == 0
    done = installer(f"{first} hosts='a.example, b.example'; ask_first")
    assert "found «a.example, b.example», expected letters" in done.stderr


def test_a_first_run_without_a_terminal_needs_the_account_before_it_begins(installer):
    done = installer("hosts=a.example database=sqlite email=a@example.ru; ask_for_rest")
    assert "expected --admin NAME" in done.stderr


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("hosts=b.example", "says a.example"),
        ("database=postgresql", "says sqlite"),
        ("email=a@example.ru", "HTTPS=False"),
    ],
)
def test_a_later_run_refuses_what_contradicts_the_settings(installer, tmp_path, option, expected):
    (tmp_path / "portal.env").write_text("ALLOWED_HOSTS=a.example\nHTTPS=False\n")
    assert expected in installer(f"{option}; read_former_answers").stderr
    done = installer('ask_for_rest; echo "$hosts $database $plain"')
    assert done.stdout == "a.example sqlite yes\n"


def test_a_later_run_asks_again_for_a_certificate_that_did_not_come(installer, tmp_path):
    (tmp_path / "portal.env").write_text("ALLOWED_HOSTS=a.example\nHTTPS=True\n")
    site = f"NGINX_SITE={tmp_path}/site;"
    assert "expected the option --certbot" in installer(f"{site} ask_for_rest").stderr
    (tmp_path / "site").write_text("    ssl_certificate     /a.pem;\n")
    assert installer(f"{site} ask_for_rest").returncode == 0


@pytest.fixture
def updater(tmp_path):
    """Runs a line of bash with the functions of deploy/update but those that change a server."""
    names = [
        "need_root",
        "make_release",
        "try_release",
        "back_up",
        "collect_static",
        "link_release",
    ]
    stubs = "".join(
        f"{name}() {{ :; }}\n" for name in [*names, "migrate", "switch_to", "remove_old_releases"]
    )
    start = (
        f". {DEPLOY}/update; HOME_DIR={tmp_path} DATA={tmp_path}; find_commit() {{ echo new; }}\n"
    )
    return lambda line: run_bash(tmp_path, start + stubs + line)


def test_a_full_disk_stops_an_update_before_it_changes_anything(updater):
    assert "new serves" in updater("ROOM=0; update").stdout
    done = updater("ROOM=999999999; update")
    assert (done.returncode, done.stdout) == (1, "")
    assert "expected 999999999. Nothing was changed." in done.stderr


def test_a_disk_that_the_backup_filled_stops_an_update_before_the_migration(updater):
    done = updater("ROOM=0; back_up() { ROOM=999999999; }; migrate() { echo migrated; }; update")
    assert done.returncode == 1
    assert "migrated" not in done.stdout


@pytest.mark.parametrize("name", ["HUP", "INT", "TERM"])
def test_a_lost_connection_ends_no_update_that_migrates(updater, name):
    signal = f"kill -{name} $BASHPID; sleep 0"
    assert "new serves" in updater(f"ROOM=0; migrate() {{ {signal}; }}; update").stdout
    done = updater(f"ROOM=0; make_release() {{ {signal}; }}; update")
    assert done.returncode != 0
    assert "serves" not in done.stdout


def test_an_update_whose_terminal_is_gone_ends_and_leaves_its_words(updater, tmp_path):
    done = updater("ROOM=0; migrate() { echo migrating; }; exec >/dev/full; update")
    assert done.returncode == 0
    assert "migrating\n" in (tmp_path / "update.log").read_text()
    assert "new serves" in (tmp_path / "update.log").read_text()


def test_a_second_update_at_the_same_time_is_refused(updater, tmp_path):
    with (tmp_path / ".update").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert updater("main").stderr == "Error: another update runs. Wait for its end.\n"
    assert "new serves" in updater("ROOM=0; main").stdout


@pytest.fixture
def collector(server, tmp_path):
    """Collects the static files of a release, which are {path: text}."""

    def collect(release, files):
        write = "".join(
            f"mkdir -p $(dirname $DATA/static/{path}); echo {text} >$DATA/static/{path}\n"
            for path, text in files.items()
        )
        start = f"DATA={tmp_path}/data; AS_PORTAL=(); mkdir -p $DATA/static\n"
        start += f"manage_release() {{ echo $*\n{write} }}\n"
        done = server(f"{start} collect_static {release}; cd $DATA; find . -type f | sort")
        assert done.stderr == ""
        return done.stdout.splitlines()

    return collect


def test_static_files_of_a_release_join_those_of_the_one_before(collector, tmp_path):
    collector("a", {"css/site.1.css": "p", "staticfiles.json": "a"})
    assert collector("b", {"css/site.2.css": "q", "js/new.js": "r", "staticfiles.json": "b"}) == [
        "releases/b collectstatic --no-input --verbosity 0",
        "./collected",
        *(f"./static/{name}" for name in ("css/site.1.css", "css/site.2.css", "js/new.js")),
        "./static/staticfiles.json",
    ]
    assert (tmp_path / "data/static/staticfiles.json").read_text() == "b\n"


def test_a_static_file_is_replaced_in_one_step(collector, tmp_path):
    files = {"css/site.1.css": "p", "staticfiles.json": "a"}
    collector("a", files)
    with (tmp_path / "data/static/css/site.1.css").open() as served:
        collector("b", files | {"css/site.1.css": "q"})
        assert served.read() == "p\n"  # to its end, although another one stands there


def test_static_files_are_collected_once_for_a_release(collector, tmp_path):
    files = {"staticfiles.json": "a"}
    assert len(collector("a", files)) == 3
    assert collector("a", files) == ["./collected", "./static/staticfiles.json"]
    (tmp_path / "data/static/staticfiles.json").unlink()
    assert len(collector("a", files)) == 3


def test_the_units_run_what_the_scripts_set_up():
    common = (DEPLOY / "common.sh").read_text(encoding="utf-8")
    paths = dict(re.findall(r"^([A-Z_]+)=(\S+)", common, re.MULTILINE))
    for unit in DEPLOY.glob("*.service"):
        text = unit.read_text(encoding="utf-8")
        assert f"WorkingDirectory={paths['HOME_DIR']}/current\n" in text
        assert f"EnvironmentFile={paths['SETTINGS']}\n" in text
        assert f"Environment=DATA_DIR={paths['DATA']}\n" in text
        assert "User=portal\n" in text
        assert "UMask=0027\n" in text
    assert "umask 0027\n" in common
    assert "AS_PORTAL=(setpriv --reuid portal --regid portal " in common
    assert {unit.name for unit in DEPLOY.glob("portal-*")} == set(
        re.findall(r"portal-\w+\.(?:service|socket|timer)", common)
    )


def test_systemd_holds_the_socket_that_gunicorn_would_bind():
    socket = (DEPLOY / "portal-web.socket").read_text(encoding="utf-8")
    gunicorn = (DEPLOY / "gunicorn.conf.py").read_text(encoding="utf-8")
    address = re.search(r"^ListenStream=(.+)$", socket, re.MULTILINE)[1]
    assert f'os.environ.get("BIND", "{address}")' in gunicorn
    web = (DEPLOY / "portal-web.service").read_text(encoding="utf-8")
    assert "Requires=portal-web.socket\n" in web


def test_settings_reach_a_command_with_every_character(server, tmp_path):
    line = "DATABASE_URL=postgres://user:p$a`b&c'd\"e #f@host/name"
    (tmp_path / "portal.env").write_text(f"# a comment\n\n{line}\nEMPTY=\n")
    done = server('export_settings; env | grep -E "^(DATABASE_URL|EMPTY|DATA_DIR)="')
    assert sorted(done.stdout.splitlines()) == [line, "DATA_DIR=/var/lib/portal", "EMPTY="]


def test_a_file_is_written_only_if_that_changes_it(server, tmp_path):
    write = f"if echo text | write_file {tmp_path}/file 640; then echo written; else echo same; fi"
    assert server(write).stdout == "written\n"
    before = (tmp_path / "file").stat()
    assert server(write).stdout == "same\n"
    assert (tmp_path / "file").stat().st_mtime_ns == before.st_mtime_ns
    assert before.st_mode & 0o777 == 0o640


# The site of nginx --------------------------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path):
    """The paths of a certificate and its key, as two words."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "college.test")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1)
    builder = builder.not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    pem = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    (tmp_path / "own.pem").write_bytes(pem)
    (tmp_path / "own.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return f"{tmp_path}/own.pem {tmp_path}/own.key"


def check_with_nginx(folder, site):
    """nginx -t for the configuration, on ports that need no rights."""
    for former, port in ((" 80;", " 18980;"), (":80;", ":18980;"), ("443", "18943")):
        site = site.replace(former, port)
    command = [*make_command(folder, site), "-t", "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@needs_nginx
def test_nginx_accepts_the_site_with_a_certificate(certificate, tmp_path):
    site = make_site(tmp_path, certificate)
    assert "college.example" not in site
    assert site.count("server_name college.test www.college.test;") == 2
    assert "return 301 https://college.test$request_uri;" in site
    check_with_nginx(tmp_path, site)


@needs_nginx
def test_nginx_accepts_the_site_over_plain_http(tmp_path):
    site = make_site(tmp_path)
    check_with_nginx(tmp_path, site)


def test_lets_encrypt_finds_the_proofs_before_and_after_the_certificate(certificate, tmp_path):
    proofs = "location /.well-known/acme-challenge/ {"
    assert make_site(tmp_path).count(proofs) == 1
    assert make_site(tmp_path, certificate).split("\nserver {")[1].count(proofs) == 1


def test_a_site_over_plain_http_promises_no_encryption(tmp_path):
    site = make_site(tmp_path)
    assert re.findall(r"listen (.+?);", site) == ["80", "[::]:80"]
    assert not re.search("ssl|443|http2|Strict-Transport-Security|college.example|301", site)
    assert site.count("proxy_pass") == 4
