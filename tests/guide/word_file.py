"""The report that is imported while the pictures of the guide are taken."""

from tests.word_files import item, paragraph, picture, word_bytes

TITLE = "Круглый стол с работодателями"
LEAD = "Представители четырёх предприятий обсудили с преподавателями, чему учить сварщиков."


def write_report(folder, photograph):
    """The path of a .docx with headings, a list and a picture with its caption."""
    path = folder / "Круглый стол.docx"
    content = word_bytes(
        paragraph(TITLE, style="a3"),
        paragraph(LEAD),
        paragraph(
            'Встреча прошла 20 ноября в актовом зале. Ведущий открыл "круглый стол" в девять.'
        ),
        paragraph("О чём договорились", style="1"),
        item("Практика начнётся на месяц раньше."),
        item("Задания для экзамена проверят мастера завода."),
        paragraph(content=picture(alt="Участники за столом")),
        paragraph("Рис. 1. Участники встречи", style="a5"),
        paragraph("Следущая встреча - весной, на заводе."),
        photos={"rIdPhoto": photograph.read_bytes()},
    )
    path.write_bytes(content)
    return path
