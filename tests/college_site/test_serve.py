"""What `make run` sets up, and its error messages."""

import io
import os
import socket

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError

from college_site.management.commands import serve

ALLOWED = ["localhost", "127.0.0.1", "[::1]"]


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def umask_calls():
    """The values that the command passes to os.umask()."""
    return []


@pytest.fixture
def command(monkeypatch, settings, umask_calls):
    """The command with captured output; os.environ is restored afterwards."""
    monkeypatch.setenv("ALLOWED_HOSTS", "")
    monkeypatch.setattr(serve, "handle_stop_signals", lambda: None)
    monkeypatch.setattr(serve.os, "umask", umask_calls.append)
    settings.ALLOWED_HOSTS = ALLOWED
    return serve.Command(stdout=io.StringIO())


@pytest.mark.parametrize("text", ["abc", "", "0", "65536", "80.5", "-1", "٨٠٠٠", "9" * 5000])
def test_an_invalid_port_is_refused_with_one_line(text):
    with pytest.raises(CommandError) as caught:
        serve.port_number(text)
    assert str(caught.value) == (
        f"PORT: found {text!r}, expected a number from 1 to 65535. Try: make run PORT=8000"
    )


@pytest.mark.parametrize("text", ["1", "8000", "65535"])
def test_a_valid_port_is_parsed(text):
    assert serve.port_number(text) == int(text)


def test_a_taken_port_is_refused_with_one_line(taken_port):
    with pytest.raises(CommandError) as caught:
        serve.listening_socket("127.0.0.1", taken_port)
    assert str(caught.value) == (
        f"PORT: found {taken_port} taken by another program, expected a free port. "
        f"End that program or choose another port: make run PORT={taken_port + 1}"
    )


def test_a_taken_port_stops_the_command_before_the_setup(command, taken_port, monkeypatch):
    monkeypatch.setattr(command, "set_up", pytest.fail)
    with pytest.raises(CommandError, match="taken by another program"):
        call_command(command, host="127.0.0.1", port=str(taken_port))


def test_a_host_of_another_machine_is_refused_with_one_line():
    with pytest.raises(CommandError, match=r"^HOST: found '192\.0\.2\.1' \(.+\), expected .+\.1$"):
        serve.listening_socket("192.0.2.1", 8000)


def test_a_privileged_port_is_refused_with_an_alternative():
    error = PermissionError(13, "Permission denied")
    assert serve.socket_problem(error, "127.0.0.1", 80) == (
        "PORT: found 80, which this user may not use, expected one from 1024 on. "
        "Try: make run PORT=8000"
    )


def test_localhost_is_served_over_ipv4():
    with serve.listening_socket("localhost", 0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_an_unreachable_database_is_reported_in_one_line(command, monkeypatch):
    def fail():
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(command, "set_up", fail)
    monkeypatch.setattr(serve, "listening_socket", lambda host, port: socket.socket())
    with pytest.raises(CommandError, match=r"found «connection refused», expected .+DATABASE_URL"):
        command.handle(host="127.0.0.1", port="8000")


def test_created_files_are_not_readable_by_others(command, umask_calls, monkeypatch):
    monkeypatch.setattr(
        command, "set_up", lambda: pytest.fail("too late") if not umask_calls else None
    )
    monkeypatch.setattr(serve, "listening_socket", lambda host, port: socket.socket())
    monkeypatch.setattr(serve, "create_first_account", lambda: None)
    monkeypatch.setattr(serve, "run_together", lambda list_programs: None)
    command.handle(host="127.0.0.1", port="8000")
    assert umask_calls == [0o027]


def test_control_c_during_the_setup_is_no_error(command, monkeypatch):
    def interrupt():
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "set_up", interrupt)
    monkeypatch.setattr(serve, "listening_socket", lambda host, port: socket.socket())
    command.handle(host="127.0.0.1", port="8000")
    assert command.stdout.getvalue() == "Stopped.\n"


def test_the_given_host_is_added_to_the_allowed_hosts(command):
    command.set_allowed_hosts("portal.local")
    assert os.environ["ALLOWED_HOSTS"] == "localhost,127.0.0.1,[::1],portal.local"
    assert command.stdout.getvalue() == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_binding_every_interface_allows_and_prints_the_machines_names(command, monkeypatch, host):
    monkeypatch.setattr(serve, "list_own_names", lambda: ["kiosk", "10.0.0.7"])
    command.set_allowed_hosts(host)
    assert os.environ["ALLOWED_HOSTS"] == "localhost,127.0.0.1,[::1],kiosk,10.0.0.7"
    assert command.stdout.getvalue() == (
        "Answers to localhost,127.0.0.1,[::1],kiosk,10.0.0.7; set ALLOWED_HOSTS to add names.\n"
    )


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
        ("0.0.0.0", "http://localhost:8000/"),
    ],
)
def test_the_urls_of_site_and_admin_are_printed(command, host, site):
    command.print_addresses(host, "8000", None)
    output = command.stdout.getvalue()
    assert f"The site:   {site}\n" in output
    assert f"The admin:  {site}admin/\n" in output
    assert "assword" not in output


def test_the_site_url_contains_the_port(monkeypatch):
    monkeypatch.setenv("SITE_URL", "")
    serve.set_site_url("127.0.0.1", "8040")
    assert os.environ["SITE_URL"] == "http://127.0.0.1:8040"


def test_a_configured_site_url_is_not_changed(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://college.example")
    serve.set_site_url("127.0.0.1", "8040")
    assert os.environ["SITE_URL"] == "https://college.example"


@pytest.mark.django_db
def test_the_first_account_gets_a_password_printed_once(command):
    password = serve.create_first_account()
    admin = get_user_model().objects.get()
    assert (admin.username, admin.is_staff, admin.is_superuser) == ("admin", True, True)
    assert admin.check_password(password)
    assert len(password) == 16
    command.print_addresses("127.0.0.1", "8000", password)
    assert command.stdout.getvalue().count(password) == 1
    assert serve.create_first_account() is None


@pytest.mark.django_db
def test_no_account_is_created_if_one_exists(django_user_model):
    django_user_model.objects.create_user("teacher")
    assert serve.create_first_account() is None
    assert django_user_model.objects.count() == 1


@pytest.fixture
def collectstatic_calls(monkeypatch, settings, tmp_path):
    """The calls of collectstatic, with all files in a temporary folder."""
    calls = []

    def collect(*arguments, **options):
        calls.append((arguments, options))
        settings.STATIC_ROOT.mkdir(exist_ok=True)

    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(serve, "call_command", collect)
    return calls


def test_static_files_are_collected_once(collectstatic_calls):
    for _ in range(2):
        serve.collect_static(lambda line: None)
    assert collectstatic_calls == [
        (("collectstatic",), {"clear": True, "interactive": False, "verbosity": 0})
    ]


def test_static_files_are_collected_again_when_sources_change(collectstatic_calls, monkeypatch):
    serve.collect_static(lambda line: None)
    monkeypatch.setattr(serve, "static_sources", lambda: "other")
    serve.collect_static(lambda line: None)
    assert len(collectstatic_calls) == 2


def test_static_files_are_collected_again_when_deleted(collectstatic_calls, settings):
    serve.collect_static(lambda line: None)
    settings.STATIC_ROOT.rmdir()
    serve.collect_static(lambda line: None)
    assert len(collectstatic_calls) == 2


def test_the_hash_of_static_sources_depends_on_their_content(settings, tmp_path):
    source = tmp_path / "site.css"
    settings.STATICFILES_DIRS = [tmp_path]
    source.write_text("a {}")
    before = serve.static_sources()
    assert serve.static_sources() == before
    source.write_text("b {}")
    assert serve.static_sources() != before


def test_only_the_web_server_inherits_the_socket():
    with socket.socket() as listener:
        web, worker = serve.list_programs(listener).values()
        assert f"fd://{listener.fileno()}" in web["args"]
        assert web["pass_fds"] == [listener.fileno()]
    assert worker["args"][1:] == ["manage.py", "work"]
    assert "pass_fds" not in worker
