"""The papers on destroyed personal data: the act and the extract of the log, to be signed.

What they contain follows from the order of Roskomnadzor No. 179 of 28.10.2022, points 3 and 5; both
are to be stored for three years. The extract is made of the events of the history, so that papers
that were lost can be made again. Neither holds what was destroyed: an author has no name here, the
person is told by the number of the suggestion.
"""

from django.conf import settings
from django.utils import timezone
from fpdf import FPDF

from college_site.models import College
from college_site.templatetags.typography import full_date

FONTS = settings.BASE_DIR / "college_site" / "fonts"
SYSTEM = "портал колледжа, раздел «Решаем вместе»"
METHOD = (
    "удаление записей и файлов средствами информационной системы: база данных, очередь писем, "
    "файлы, поисковый указатель; освобождённое место в базе перезаписано нулями"
)
METHOD_POSTGRESQL = (
    "удаление записей и файлов средствами информационной системы: база данных, очередь писем, "
    "файлы, поисковый указатель; прежние версии строк перезапишет сервер базы данных"
)
BLANK = "_" * 34


def folder():
    """Where the papers are stored, readable by the portal's account only."""
    path = settings.DATA_DIR / "acts"
    path.mkdir(mode=0o750, parents=True, exist_ok=True)
    return path


def write_papers(events, vendor, person=""):
    """Write act and extract about these Events of erasure; returns their paths.

    `vendor` is that of the database, `person` the name of who ordered it, if known.
    """
    stamp = f"{timezone.localtime():%Y-%m-%d-%H%M%S-%f}"
    papers = {
        f"akt-{stamp}.pdf": make_act(events, vendor, person),
        f"vypiska-{stamp}.pdf": make_extract(events),
    }
    paths = []
    for name, pdf in papers.items():
        path = folder() / name
        path.write_bytes(bytes(pdf.output()))
        path.chmod(0o640)
        paths.append(path)
    return paths


def make_act(events, vendor, person):
    college = College.objects.current()
    pdf = new_page("Акт об уничтожении персональных данных")
    facts = {
        "Оператор": college.full_name or BLANK,
        "Адрес оператора": college.address_line or BLANK,
        "Лицо, обрабатывавшее данные по поручению": "не привлекалось (если привлекалось, "
        f"наименование и адрес: {BLANK})",
        "Информационная система": SYSTEM,
        "Способ уничтожения": METHOD if vendor == "sqlite" else METHOD_POSTGRESQL,
        "Материальные носители": "не уничтожались, данные обрабатывались с автоматизацией",
        "Дата уничтожения": tell_dates(events),
    }
    write_facts(pdf, facts)
    pdf.multi_cell(0, 6, "Чьи данные, какие и почему уничтожены:", new_x="LMARGIN", new_y="NEXT")
    rows = [(f"Автор предложения № {e.suggestion.number}", e.text) for e in events]
    write_table(pdf, ("Субъект", "Причина и перечень категорий"), rows, (1, 3))
    names = f"Данные уничтожил: {person}" if person else "Данные уничтожили:"
    pdf.multi_cell(0, 8, names, new_x="LMARGIN", new_y="NEXT")
    for _ in range(3):
        line = f"{BLANK} {BLANK[:24]} {BLANK[:14]}"
        pdf.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
        words = "фамилия, имя, отчество; должность; подпись"
        pdf.multi_cell(0, 4, words, new_x="LMARGIN", new_y="NEXT")
    return pdf


def make_extract(events):
    college = College.objects.current()
    pdf = new_page("Выгрузка из журнала регистрации событий")
    write_facts(pdf, {"Оператор": college.full_name or BLANK, "Информационная система": SYSTEM})
    rows = [
        (
            str(event.position),
            f"Автор предложения № {event.suggestion.number}",
            f"{timezone.localtime(event.happened_at):%d.%m.%Y %H:%M:%S}",
            event.text,
            event.link,
        )
        for event in events
    ]
    headings = ("Событие", "Субъект", "Дата", "Причина и перечень категорий", "Звено истории")
    write_table(pdf, headings, rows, (1, 2, 1.6, 4, 3))
    pdf.multi_cell(0, 8, f"Выгрузил: {BLANK} подпись {BLANK[:14]}", new_x="LMARGIN", new_y="NEXT")
    return pdf


def new_page(title):
    pdf = FPDF()
    pdf.set_title(title)
    pdf.set_lang("ru")
    pdf.add_font("golos", "", FONTS / "golos-text-regular.ttf")
    pdf.add_font("golos", "B", FONTS / "golos-text-bold.ttf")
    pdf.add_page()
    pdf.set_font("golos", "B", 14)
    pdf.multi_cell(0, 9, title, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("golos", "", 10)
    pdf.ln(3)
    return pdf


def write_facts(pdf, facts):
    for name, value in facts.items():
        pdf.multi_cell(0, 6, f"{name}: {value}", align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)


def write_table(pdf, headings, rows, widths):
    pdf.set_font("golos", "", 8)
    with pdf.table(col_widths=widths, text_align="LEFT", line_height=4) as table:
        for cells in (headings, *rows):
            table.row(cells)
    pdf.set_font("golos", "", 10)
    pdf.ln(4)


def tell_dates(events):
    days = sorted({timezone.localdate(event.happened_at) for event in events})
    return ", ".join(full_date(day) for day in days)
