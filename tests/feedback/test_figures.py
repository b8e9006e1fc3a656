"""«Показатели» and the yearly report: what is counted, shown, printed and exported."""

import datetime
import io
import re
import zipfile
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from feedback.models import Suggestion
from feedback.statistics.calculation import answered_since, first_month, iterate_answered
from tests import factories
from tests.feedback.suggestion_admin import LIST, enter
from tests.markup import flat

pytestmark = pytest.mark.django_db
FIGURES, REPORT, WORKBOOK = f"{LIST}figures/", f"{LIST}report/", f"{LIST}report.xlsx"
HEAD = ("view_suggestion", "view_queue", "export_suggestion")
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def head(client):
    factories.college()
    return enter(client, *HEAD)


def received(days_ago, answered_after=None, person=None, **fields):
    suggestion = factories.suggestion(received_at=NOW - datetime.timedelta(days=days_ago), **fields)
    Suggestion.objects.filter(pk=suggestion.pk).update(responsible=person)
    suggestion.refresh_from_db()
    if answered_after is not None:
        moment = suggestion.received_at + datetime.timedelta(days=answered_after)
        suggestion.now = lambda: moment
        suggestion.give_answer("Сделали.", person)
    return suggestion


def sections_of(page):
    """The charts with their headings and tables."""
    parts = page.root.all("section", "div")
    return [part for part in parts if "figures" in part.get("class", "").split()]


def rows_of(page, title):
    """{label: cells} of the table under this heading, without the cell of the bar."""
    [section] = [each for each in sections_of(page) if title in next(each.all("h2")).text()]
    rows = (list(body.all("tr")) for body in section.all("tbody"))
    return {
        flat(next(row.all("th")).text()): [flat(cell.text()) for cell in list(row.all("td"))[1:]]
        for row in next(rows)
    }


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize("address", [FIGURES, REPORT])
def test_the_tables_count_by_month_topic_and_person(client, read_page, address):
    person = factories.staff(last_name="Петрова", first_name="Анна")
    topic = factories.suggestion_topic(title="Столовая")
    for days in (2, 4, 40):
        received(60, days, person, topic=topic)
    received(10)
    page = read_page(client.get(address))
    numbers = ["3", "3", "67 %", "4", "40"]
    assert rows_of(page, "По месяцам")["сен 2026"] == numbers
    assert rows_of(page, "По темам")["Столовая"] == numbers
    assert rows_of(page, "По сотрудникам")["Анна Петрова"] == numbers
    assert rows_of(page, "По сотрудникам")["Никто не назначен"] == ["1", "0", "—", "—", "—"]


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize(
    ("year", "expected"),
    [
        ("", 1),
        ("2026-2027", 1),
        ("2025-2026", 2),
        ("2026", 2),
        ("2025", 1),
        ("1999", 0),
        ("2026-2028", 1),
        ("x", 1),
        ("٢٠٢٦", 1),
    ],
)
def test_a_year_holds_what_was_received_within_it(client, year, expected):
    received(10)  # November 2026
    received(150)  # June 2026
    received(360)  # November 2025
    assert client.get(FIGURES, {"year": year}).context["total"].received == expected


@pytest.mark.usefixtures("head")
def test_the_weeks_ahead_show_what_is_due_then(client, read_page):
    for days, status in ((-1, "received"), (0, "received"), (8, "received"), (8, "waiting")):
        row = factories.suggestion(status=status)
        day = NOW.date() + datetime.timedelta(days=days)
        Suggestion.objects.filter(pk=row.pk).update(due_on=day, limit_on=day)
    load = rows_of(read_page(client.get(FIGURES)), "Что впереди")
    assert load["Просрочено"] == load["Эта неделя"] == load["Следующая неделя"] == ["1"]
    assert load["07.12–13.12"] == load["Позже"] == ["0"]


@pytest.mark.usefixtures("head")
def test_the_ratings_of_answers_are_counted(client, read_page):
    for rating in (3, 3, 1):
        received(40, 3).rate(rating, uuid4())
    ratings = rows_of(read_page(client.get(FIGURES)), "Оценки авторов")
    assert list(ratings.values()) == [["2"], ["0"], ["1"]]


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize("address", [FIGURES, REPORT, WORKBOOK])
def test_the_pages_without_suggestions_are_shown(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize("address", [FIGURES, REPORT, WORKBOOK])
def test_figures_take_at_most_twelve_queries(client, address, django_assert_max_num_queries):
    person = factories.staff()
    for days in range(1, 30):
        received(days + 1, days % 7 if days > 9 else None, person)
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


@pytest.mark.parametrize("rights", [("view_suggestion", "view_queue"), HEAD[1:]], ids=str)
@pytest.mark.parametrize("address", [FIGURES, REPORT, WORKBOOK])
def test_only_who_may_export_sees_figures(client, rights, address):
    enter(client, *rights)
    assert client.get(address).status_code == 403


@pytest.mark.usefixtures("head")
def test_bars_share_a_scale_and_no_style_stands_in_the_page(client, read_page):
    received(10)
    received(60, 3)
    received(61)
    response = client.get(FIGURES)
    page = read_page(response)
    section = sections_of(page)[0]
    assert {svg["viewbox"] for svg in section.all("svg")} == {"0 0 2 1"}
    assert [bar["width"] for bar in section.all("rect")] == ["2", "1", "0", "0", "1", "0"]
    assert " style=" not in response.content.decode().partition('id="content"')[2]


# The yearly report --------------------------------------------------------------------------------


@pytest.fixture
def changed():
    """A published answer, one to a suggestion of another year, and a draft."""
    for days, title, published in ((40, "Лавочки", NOW), (500, "Урны", NOW), (41, "Клумбы", None)):
        factories.publication(
            suggestion=received(days, 3, may_publish=True),
            title=title,
            answer="Поставили три штуки.",
            published_at=published,
        )


@pytest.mark.usefixtures("head", "changed")
def test_the_report_tells_the_college_and_what_was_changed(client):
    page = client.get(REPORT).content.decode()
    assert "Учебный техникум имени теста" in page
    assert "Отчёт о работе с предложениями за 2026–2027 учебный\u00a0год" in page
    changes = page.partition("Что изменилось")[2]
    assert "Лавочки" in changes
    assert "Поставили" in changes
    assert "Урны" not in changes
    assert "Клумбы" not in changes


def read_sheets(content):
    """{name of a sheet: rows of the texts and numbers in it}."""
    book = zipfile.ZipFile(io.BytesIO(content))
    names = [s.get("name") for s in etree.fromstring(book.read("xl/workbook.xml")).iter("{*}sheet")]
    texts = etree.fromstring(book.read("xl/sharedStrings.xml")).findall("{*}si")
    words = ["".join(text.itertext()) for text in texts]
    sheets = {}
    for number, name in enumerate(names, start=1):
        sheet = etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
        sheets[name] = [
            [
                words[int(cell.findtext("{*}v"))]
                if cell.get("t") == "s"
                else int(cell.findtext("{*}v"))
                for cell in row.findall("{*}c")
                if cell.findtext("{*}v") is not None
            ]
            for row in sheet.iter("{*}row")
        ]
        assert sheet.findall(".//{*}f") == []
    return sheets


@pytest.mark.usefixtures("head", "changed")
def test_the_workbook_holds_the_tables_of_the_report(client):
    topic = factories.suggestion_topic(title="=1+1")
    received(40, 5, topic=topic)
    response = client.get(WORKBOOK)
    sheets = read_sheets(response.content)
    assert sheets["Итоги"][1] == ["Всего", 3, 3, 100, 3, 5]
    assert ["=1+1", 1, 1, 100, 5, 5] in sheets["По темам"]
    assert [row[1] for row in sheets["Что изменилось"][1:]] == ["Лавочки"]
    assert "no-store" in response.headers["Cache-Control"]
    assert 'filename="otchet-2026-2027.xlsx"' in response.headers["Content-Disposition"]


@pytest.mark.usefixtures("head")
def test_no_word_of_a_suggestion_stands_in_figures_or_report(client):
    received(40, 5, text="Тайное слово", is_restricted=True)
    for address in (FIGURES, REPORT):
        page = client.get(address)
        assert page.context["total"].received == 1
        assert "Тайное" not in page.content.decode()
    assert "Тайное" not in str(read_sheets(client.get(WORKBOOK).content))


def test_the_figures_of_answers_need_no_column_outside_their_index():
    today = timezone.localdate()
    with CaptureQueriesContext(connection) as queries:
        assert not list(iterate_answered(first_month(today), today, answered_since(today)))
    (index,) = (each for each in Suggestion._meta.indexes if each.name == "suggestion_figures")
    columns = {Suggestion._meta.get_field(name).column for name in index.fields}
    used = set(re.findall(r'"feedback_suggestion"\."(\w+)"', queries[0]["sql"]))
    assert "answer_days" in used
    assert used <= columns | {"id"}
