"""The register as XLSX and CSV: for the head, without formulas, without addresses unless asked."""

import csv
import datetime
import io
import zipfile
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from lxml import etree

from feedback.models import Event
from feedback.statistics.calculation import calculate_statistics
from tests import factories
from tests.feedback.suggestion_admin import LIST, enter

pytestmark = pytest.mark.django_db
ADDRESS = f"{LIST}register/"
HEAD = ("view_suggestion", "view_queue", "export_suggestion")
EMAIL = "anna@example.ru"
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


def export(client, format="csv", **entries):
    response = client.post(
        ADDRESS, {"year": timezone.localdate().year, "format": format, **entries}
    )
    return response, b"".join(response)


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_workbook(content):
    """The XML of the only sheet; cells written in constant memory hold their texts."""
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml"))


def test_the_head_gets_each_suggestion_of_the_year_as_csv(client):
    enter(client, *HEAD)
    answered = factories.answered(text="Нужны «лавочки»;\nмного.")
    response, content = export(client)
    [headings, row] = read_csv(content)
    assert dict(zip(headings, row, strict=True)) | {
        "Номер": answered.number,
        "Состояние": "Дан ответ",
        "Дней до ответа": "0",
        "Текст": "Нужны «лавочки»;\nмного.",
        "Ответ": "Поставили.",
    } == dict(zip(headings, row, strict=True))
    assert "no-store" in response.headers["Cache-Control"]
    assert "attachment" in response.headers["Content-Disposition"]


def list_by_heading(content):
    """{heading: cell} of each suggestion."""
    headings, *rows = read_csv(content)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_days_until_the_answer_leave_out_pauses_as_the_figures_do(client):
    enter(client, *HEAD)
    march = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
    with time_machine.travel(march, tick=False) as clock:
        paused = factories.suggestion()
        clock.shift(datetime.timedelta(days=2))
        paused.ask("Где поставить?", None)
        clock.shift(datetime.timedelta(days=10))
        paused.reply("У входа.", uuid4())
        clock.shift(datetime.timedelta(days=3))
        paused.give_answer("Поставили.", None)
        factories.suggestion()
        clock.shift(datetime.timedelta(days=1))
        [answered, waiting] = list_by_heading(export(client)[1])
        assert answered["Дней до ответа"] == "5"
        assert calculate_statistics().total.median_days == 5
        assert waiting["Дней до ответа"] == ""


def test_decision_promise_and_what_came_of_it_have_columns(client):
    enter(client, *HEAD)
    march = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
    with time_machine.travel(march, tick=False) as clock:
        promises = [factories.promise() for _ in range(4)]
        promises[0].suggestion.fulfil_promise("Стоят у входа.", None)
        promises[1].suggestion.cancel_promise("Двор закрыт.", None)
        promises[3].due_on = datetime.date(2026, 5, 1)
        promises[3].save()
        factories.suggestion()
        clock.shift(datetime.timedelta(days=40))
        rows = list_by_heading(export(client)[1])
    names = ("Решение", "Обещание", "Обещано до")
    promised = ("Принято", "Поставим две лавочки.", "01.04.2026")
    assert tuple(map(rows[0].get, names)) == promised
    assert [row["Что вышло"] for row in rows] == [
        "Выполнено 02.03.2026. Стоят у входа.",
        "Отменено с объяснением 02.03.2026. Двор закрыт.",
        "Просрочено",
        "Обещано",
        "",
    ]
    assert tuple(map(rows[4].get, names)) == ("", "", "")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_text_in_csv(client, text):
    enter(client, *HEAD)
    factories.suggestion(text=text)
    assert read_csv(export(client)[1])[1][11].startswith("'")


def test_a_workbook_holds_texts_only_and_quotes_formulas(client):
    enter(client, *HEAD)
    for text in DANGEROUS:
        factories.suggestion(text=text)
    sheet = read_workbook(export(client, "xlsx")[1])
    cells = sheet.findall(".//{*}c")
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    assert sheet.findall(".//{*}f") == []
    styles = {cell.get("s") for cell in cells if cell.get("r").startswith("L")}
    assert len(styles) == 2  # the heading's and the quoted one


@pytest.mark.parametrize(
    "rights",
    [("view_suggestion", "view_queue", "view_contact"), HEAD[1:], ()],
    ids=str,
)
def test_nobody_else_gets_the_register(client, rights):
    enter(client, *rights)
    factories.suggestion()
    assert client.get(ADDRESS).status_code == 403
    assert export(client)[0].status_code == 403


def with_contact(**fields):
    return factories.suggestion(
        email=EMAIL, consent=factories.consent(), consented_at=timezone.now(), **fields
    )


def test_addresses_are_left_out_unless_asked_for(client):
    enter(client, *HEAD, "view_contact")
    with_contact()
    assert EMAIL not in export(client)[1].decode()
    assert not Event.objects.filter(kind="contact_read").exists()


def test_addresses_that_are_asked_for_are_recorded_as_read(client):
    user = enter(client, *HEAD, "view_contact")
    with_contact()
    assert read_csv(export(client, with_contacts="on")[1])[1][-1] == EMAIL
    assert Event.objects.get(kind="contact_read").staff == user


def test_addresses_need_the_permission_to_view_them(client):
    enter(client, *HEAD)
    with_contact()
    assert EMAIL not in export(client, with_contacts="on")[1].decode()


def test_too_many_addresses_at_once_are_refused(client, monkeypatch):
    monkeypatch.setattr("feedback.admin.desk.register_export.MOST_CONTACTS", 0)
    enter(client, *HEAD, "view_contact")
    with_contact()
    _, content = export(client, with_contacts="on")
    assert "Адресов больше" in content.decode()
    assert EMAIL not in content.decode()


def test_words_of_the_restricted_queue_are_never_exported(client):
    row = factories.suggestion(text="Меня бьют.", is_restricted=True)
    promise = ("Поговорим с ним.", timezone.localdate())
    row.give_answer("Поможем.", None, decision="accepted", promise=promise)
    row.fulfil_promise("Он извинился.", None)
    enter(client, *HEAD)
    assert len(read_csv(export(client)[1])) == 1
    enter(client, *HEAD, "view_restricted")
    rows = read_csv(export(client)[1])
    assert len(rows) == 2
    for words in ("Меня бьют", "Поможем", "Поговорим", "извинился"):
        assert words not in str(rows)


@pytest.mark.parametrize("entries", [{"year": "x"}, {"year": "1999"}, {"format": "exe"}])
def test_a_wrong_choice_is_an_error_of_the_form(client, entries):
    enter(client, *HEAD)
    response, content = export(client, **entries)
    assert response.status_code == 200
    assert "errorlist" in content.decode()
