"""Counters forget what they counted: nobody can link anonymous authors by them."""

import datetime
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from feedback.models import RateLimitCounter, RateLimitSpan
from feedback.models.rate_limits import SPANS, Scope, delete_ended_spans, end_of_span
from tests import factories
from tests.concurrency import run_before_query
from tests.feedback.suggestion_admin import enter

pytestmark = pytest.mark.django_db
ADDRESS = "198.51.100.7"
LIST = "/admin/feedback/ratelimitspan/"


def after(time):
    return time_machine.travel(timezone.now() + time, tick=False)


def stored_rows():
    """Everything that the tables of the counters hold, as text."""
    return [
        repr(value)
        for model in (RateLimitCounter, RateLimitSpan)
        for row in model.objects.values_list()
        for value in row
    ]


@pytest.fixture
def _counted(client):
    """One suggestion and one wrong code from ADDRESS."""
    client.post("/feedback/new/", factories.suggestion_entries(), REMOTE_ADDR=ADDRESS)
    client.post("/feedback/status/", {"number": "2026-1", "code": "x"}, REMOTE_ADDR=ADDRESS)


@pytest.mark.usefixtures("_counted")
def test_counters_store_neither_addresses_nor_numbers():
    rows = stored_rows()
    assert rows
    assert [row for row in rows if ADDRESS in row or "2026-1" in row] == []


@pytest.mark.usefixtures("_counted")
def test_nothing_of_a_span_is_left_after_its_end():
    with after(max(SPANS.values()) + datetime.timedelta(minutes=1)):
        assert delete_ended_spans()
        assert not delete_ended_spans()
    assert stored_rows() == []


@pytest.mark.usefixtures("_counted")
def test_counters_of_the_current_span_are_not_deleted():
    assert not delete_ended_spans()
    assert RateLimitCounter.current(Scope.SUBMISSIONS, ADDRESS) == 1


@pytest.mark.parametrize("scope", Scope)
def test_an_ended_pepper_is_deleted_by_the_next_count_without_worker(scope):
    RateLimitCounter.add(scope, ADDRESS)
    forgotten = RateLimitSpan.objects.get()
    with after(SPANS[scope]):
        RateLimitCounter.add(scope, ADDRESS)
    assert RateLimitSpan.objects.get().pepper != forgotten.pepper


def test_each_purpose_has_its_own_pepper():
    for scope in Scope:
        RateLimitCounter.add(scope, ADDRESS)
    peppers = {bytes(span.pepper) for span in RateLimitSpan.objects.all()}
    assert len(peppers) == len(Scope)
    assert {len(pepper) for pepper in peppers} == {32}


def test_a_key_has_another_cell_under_another_pepper():
    spans = [RateLimitSpan(scope=Scope.VOTES) for _ in range(8)]
    assert len({span.cell_of(ADDRESS) for span in spans}) > 1


def test_a_cell_depends_on_the_secret_key_as_well(settings):
    span = RateLimitSpan(pepper=bytes(32))
    cells = set()
    for number in range(8):
        settings.SECRET_KEY = str(number) * 50
        cells.add(span.cell_of(ADDRESS))
    assert len(cells) > 1


def test_many_keys_write_a_bounded_number_of_rows(monkeypatch):
    monkeypatch.setattr("feedback.models.rate_limits.CELL_BYTES", 1)
    for number in range(600):
        RateLimitCounter.add(Scope.WRONG_CODES, f"2001:db8:0:{number:x}::")
    assert RateLimitCounter.objects.count() <= 256
    assert RateLimitCounter.total(Scope.WRONG_CODES) == 600


def test_two_processes_that_begin_a_span_share_its_pepper():
    with run_before_query("INSERT", lambda: RateLimitCounter.add(Scope.VOTES, ADDRESS)):
        assert RateLimitCounter.add(Scope.VOTES, ADDRESS) == 2


def test_a_span_deleted_while_counting_does_not_fail_the_request():
    with run_before_query(
        "\n    INSERT INTO feedback_ratelimitcounter", RateLimitSpan.objects.all().delete
    ):
        assert RateLimitCounter.add(Scope.VOTES, ADDRESS) == 1


@pytest.mark.parametrize("scope", Scope)
def test_the_current_span_ends_in_the_future_and_within_its_length(scope):
    remaining = end_of_span(scope) - timezone.now()
    assert datetime.timedelta() < remaining <= SPANS[scope]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own files")
@pytest.mark.django_db(transaction=True)
def test_a_deleted_pepper_is_in_no_file_of_sqlite():
    RateLimitCounter.add(Scope.VOTES, ADDRESS)
    pepper = bytes(RateLimitSpan.objects.get().pepper)
    database = Path(connection.settings_dict["NAME"])
    files = [database, database.with_name(f"{database.name}-wal")]
    assert any(pepper in path.read_bytes() for path in files)
    with after(SPANS[Scope.VOTES]):
        delete_ended_spans()
    assert not any(pepper in path.read_bytes() for path in files)


# In the admin -------------------------------------------------------------------------------------


@pytest.fixture
def staff(client):
    """A client of staff who may only view the counters."""
    enter(client, "view_ratelimitspan")
    return client


def test_the_admin_shows_how_much_was_counted(staff, read_page):
    for address in (ADDRESS, ADDRESS, "203.0.113.1"):
        RateLimitCounter.add(Scope.VOTES, address)
    cells = read_page(staff.get(LIST)).root.all("td")
    totals = [cell.text() for cell in cells if "field-total" in (cell.get("class") or "")]
    assert [total.strip() for total in totals] == ["3"]


def test_the_admin_shows_neither_pepper_nor_cell(staff):
    RateLimitCounter.add(Scope.VOTES, ADDRESS)
    span = RateLimitSpan.objects.get()
    for address in (LIST, f"{LIST}{span.pk}/change/"):
        page = staff.get(address).content.decode()
        assert "Поддержка с одного адреса" in page
        assert bytes(span.pepper).hex() not in page
        assert f">{span.cell_of(ADDRESS)}<" not in page
        assert "pepper" not in page


@pytest.mark.parametrize(
    "query",
    ["pepper__startswith=a", "pepper=a", "ends_at__gt=2026-01-01", "pk=1", "id__in=1,2", "cell=1"],
)
def test_a_filter_by_anything_but_the_purpose_is_refused(staff, query):
    RateLimitCounter.add(Scope.VOTES, ADDRESS)
    assert staff.get(f"{LIST}?{query}").status_code == 400


def test_single_counters_have_neither_page_nor_permission(staff_client):
    assert staff_client.get("/admin/feedback/ratelimitcounter/").status_code == 404
    enter(client := Client(), "view_ratelimitcounter")
    assert client.get(LIST).status_code == 403


def test_counters_are_read_only(staff):
    RateLimitCounter.add(Scope.VOTES, ADDRESS)
    span = RateLimitSpan.objects.get()
    assert staff.get(f"{LIST}add/").status_code == 403
    assert staff.post(f"{LIST}{span.pk}/change/", {}).status_code == 403
    assert staff.post(f"{LIST}{span.pk}/delete/", {"post": "yes"}).status_code == 403


# What authors are told ----------------------------------------------------------------------------


def test_the_form_says_truthfully_how_long_a_network_is_remembered(client):
    page = " ".join(client.get("/feedback/new/").content.decode().split())
    assert "Не позже чем через час её ключ стирается." in page
    of_networks = (Scope.SUBMISSIONS, Scope.UPLOADS, Scope.VOTES, Scope.WRONG_CODES)
    assert max(SPANS[scope] for scope in of_networks) == datetime.timedelta(hours=1)
