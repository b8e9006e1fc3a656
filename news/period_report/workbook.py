"""The events of a period as an XLSX file."""

import io

from xlsxwriter import Workbook

from college_site.pages.plain_text import printable
from college_site.pages.spreadsheets import make_text_styles, write_text

COLUMNS = {  # heading: width in characters
    "№": 5,
    "Начало": 11,
    "Окончание": 11,
    "Название": 50,
    "Вид": 11,
    "Тема": 25,
    "Партнёры": 40,
    "Место": 30,
    "Фотографий": 11,
    "Страница": 50,
}


def make_workbook(events, title):
    """The bytes of a workbook with the rows of `list_events`."""
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet("Мероприятия")
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        bold = book.add_format({"bold": True, "text_wrap": True})
        for column, (heading, width) in enumerate(COLUMNS.items()):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, bold)
        write_rows(book, sheet, events)
    return buffer.getvalue()


def write_rows(book, sheet, events):
    """Days and numbers as such; everything else as text, which is never a formula."""
    day = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
    styles = make_text_styles(book)
    number = book.add_format({"valign": "top"})
    for row, event in enumerate(events, start=1):
        sheet.write_number(row, 0, row, number)
        sheet.write_datetime(row, 1, event["first_day"], day)
        sheet.write_datetime(row, 2, event["last_day"], day)
        texts = [event[name] for name in ("title", "kind", "topic", "partners", "place")]
        for column, text in enumerate(map(printable, texts), start=3):
            write_text(sheet, row, column, text, styles)
        sheet.write_number(row, 8, event["photo_count"], number)
        write_text(sheet, row, 9, event["address"], styles)
