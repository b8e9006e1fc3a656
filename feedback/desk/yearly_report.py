"""The yearly report as a workbook, and what was changed thanks to suggestions."""

import io

from xlsxwriter import Workbook

from college_site.pages.plain_text import printable
from college_site.pages.spreadsheets import make_text_styles, write_text
from feedback.models import Publication, Suggestion

MOST_CHANGES = 100
COLUMNS = (
    "title",
    "answer",
    "suggestion__year",
    "suggestion__sequence",
    "suggestion__topic__title",
    "result_post",
)
FIGURES = ("Поступило", "Отвечено", "Вовремя, %", "Медиана, дней", "Девять из десяти, дней")


def list_changes(year):
    """The published answers to suggestions of the year that were met, newest first."""
    found = Publication.objects.public().filter(
        suggestion__received_month__gte=year.first,
        suggestion__received_month__lt=year.after,
        suggestion__status=Suggestion.Status.ANSWERED,
    )
    shown = found.exclude(answer="").select_related("suggestion__topic").only(*COLUMNS)
    return list(shown.prefetch_related("result_post")[:MOST_CHANGES])


def make_workbook(title, statistics, changes):
    """The bytes of a workbook with a sheet for each table of the report."""
    buffer = io.BytesIO()
    sheets = {
        "Итоги": ("", [statistics.total]),
        "По месяцам": ("Месяц", statistics.months),
        "По темам": ("Тема", statistics.topics),
        "По сотрудникам": ("Кто отвечает", statistics.people),
    }
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        styles = {**make_text_styles(book), "bold": bold}
        for name, (heading, rows) in sheets.items():
            sheet = add_sheet(book, name, [heading, *FIGURES], styles)
            for number, row in enumerate(rows, start=1):
                write_row(sheet, number, [row.label, *list_figures(row)], styles)
        sheet = add_sheet(book, "Что изменилось", ["Номер", "Предложение", "Ответ"], styles)
        for number, each in enumerate(changes, start=1):
            cells = [each.suggestion.number, each.title, each.answer]
            write_row(sheet, number, cells, styles)
    return buffer.getvalue()


def list_figures(row):
    """The figures of a Row in the order of FIGURES; None where there is nothing to say."""
    return [row.received, row.answered, row.on_time_percent, row.median_days, row.days_of_most]


def add_sheet(book, name, headings, styles):
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(headings) - 1, 50 if name == "Что изменилось" else 14)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, styles["bold"])
    return sheet


def write_row(sheet, number, cells, styles):
    """Numbers as such; everything else as text, which is never a formula."""
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(number, column, cell, styles["words"])
        elif cell is not None:
            write_text(sheet, number, column, printable(cell), styles)
