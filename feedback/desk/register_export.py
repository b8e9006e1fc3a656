"""The register of suggestions of a year as rows, and as XLSX and CSV without formulas.

In CSV an apostrophe before what looks like one makes it text. A workbook holds every cell as text.
"""

import csv
import tempfile
from itertools import chain

from django.utils import timezone
from xlsxwriter import Workbook

from college_site.pages.plain_text import printable
from college_site.pages.spreadsheets import FORMULA, make_text_styles, write_text
from feedback.models import Suggestion

HEADINGS = {  # heading: width in characters
    "Номер": 10,
    "Принято": 16,
    "Тема": 25,
    "Кто пишет": 18,
    "Состояние": 20,
    "Ответить до": 12,
    "Ответ дан": 16,
    "Дней до ответа": 9,
    "Срок продлён": 9,
    "Возобновлено": 9,
    "Оценка": 18,
    "Текст": 60,
    "Ответ": 60,
    "Решение": 18,
    "Обещание": 40,
    "Обещано до": 12,
    "Что вышло": 40,
}
CONTACT = "Почта"
RESTRICTED = "Закрытая очередь: откройте в портале"
IN_MEMORY = 1024 * 1024
CHUNK = 500


def find_rows(year, user):
    """The suggestions of a year that the user may read, in the order of their numbers."""
    rows = Suggestion.objects.visible_to(user).filter(year=year)
    return rows.select_related("topic", "promise").order_by("sequence")


def list_cells(rows, *, with_contacts=False):
    """Yield the headings, then a list of texts for each suggestion."""
    yield [*HEADINGS, *([CONTACT] if with_contacts else [])]
    for row in rows.iterator(chunk_size=CHUNK):
        yield [*map(printable, cells_of(row)), *([row.email] if with_contacts else [])]


def cells_of(row):
    """The days until the answer are those of the figures, see Measured."""
    promise = getattr(row, "promise", None)
    return [
        row.number,
        tell_moment(row.received_at),
        str(row.topic),
        row.get_role_display(),
        row.get_status_display(),
        tell_day(row.due_on),
        tell_moment(row.answered_at) if row.answered_at else "",
        "" if row.answer_days is None else str(row.answer_days),
        "да" if row.is_extended else "",
        "да" if row.is_reopened else "",
        row.get_rating_display() or "",
        words_of(row, row.text),
        words_of(row, row.answer),
        row.get_decision_display(),
        words_of(row, promise.text) if promise else "",
        tell_day(promise.due_on) if promise else "",
        tell_outcome(row, promise) if promise else "",
    ]


def words_of(row, text):
    """Words of the restricted queue are read on its page only, where the reading is recorded."""
    return RESTRICTED if row.is_restricted and text else text


def tell_outcome(row, promise):
    """What came of the promise, until then whether it is late."""
    if promise.is_open:
        return "Просрочено" if promise.is_late else promise.get_state_display()
    state = f"{promise.get_state_display()} {tell_day(promise.closed_on)}"
    return f"{state}. {words_of(row, promise.result)}"


def tell_day(day):
    return f"{day:%d.%m.%Y}"


def tell_moment(moment):
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}"


def defuse(cell):
    return f"'{cell}" if cell.startswith(FORMULA) else cell


class Echo:
    """A file that returns what is written."""

    def write(self, text):
        return text


def iterate_csv(cells):
    """The lines of a CSV file in UTF-8 with the mark and the semicolons that Excel expects."""
    writer = csv.writer(Echo(), delimiter=";", quoting=csv.QUOTE_ALL)
    lines = (writer.writerow([defuse(cell) for cell in row]) for row in cells)
    return (line.encode() for line in chain(["\ufeff"], lines))


def make_workbook(cells):
    """The workbook as an open temporary file at its start; rows are written as they come."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller's
    with Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Предложения")
        sheet.freeze_panes(1, 0)
        styles = make_text_styles(book)
        for column, width in enumerate([*HEADINGS.values(), 30]):
            sheet.set_column(column, column, width)
        for number, row in enumerate(cells):
            for column, cell in enumerate(row):
                write_text(sheet, number, column, cell, styles)
    file.seek(0)
    return file
