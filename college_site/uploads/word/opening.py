"""Opens a Word document, or says why the file is none and what to do."""

import io
import zipfile

from django.core.exceptions import ValidationError

from college_site.uploads.office.package import KINDS, Package

MOST_UNPACKED = 200 * 1024 * 1024  # bytes of all parts
MOST_XML = 40 * 1024 * 1024  # bytes of one part that is parsed
MOST_PARTS = 10_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SAVE_AS = "Откройте его и\u00a0сохраните как «Документ Word (.docx)», затем выберите снова."
REFUSALS = {
    "word_empty_file": "Файл пуст: в\u00a0нём 0\u00a0байт. Сохраните документ ещё раз и "
    "выберите снова.",
    "word_locked": "Документ закрыт паролем. Снимите пароль в\u00a0Word "
    "(Файл → Сведения → Защита документа) и\u00a0выберите файл снова.",
    "word_old": f"Это документ старого формата, .doc. {SAVE_AS}",
    "word_rtf": f"Это документ RTF. {SAVE_AS}",
    "word_odt": f"Это документ OpenDocument (.odt). {SAVE_AS}",
    "word_pages": "Это документ Pages. Выберите в\u00a0Pages «Файл → Экспортировать в → Word» "
    "и\u00a0загрузите полученный .docx.",
    "word_pdf": "Это PDF: текст из\u00a0него по\u00a0порядку не\u00a0достать. Выберите исходный "
    "документ Word, а\u00a0PDF приложите к\u00a0публикации в\u00a0разделе «Документы».",
    "word_macros": "В\u00a0документе есть макросы (.docm). Сохраните его как «Документ Word "
    "(.docx)» без макросов и\u00a0выберите снова.",
    "word_template": f"Это шаблон Word (.dotx). {SAVE_AS}",
    "word_other_office": "Это таблица или презентация, а\u00a0нужен документ Word (.docx).",
    "word_damaged": "Файл повреждён, открыть его не\u00a0удалось. Откройте документ "
    "в\u00a0программе, где он сделан, сохраните заново и\u00a0выберите снова.",
    "word_blank": "В\u00a0документе нет ни\u00a0текста, ни\u00a0картинок. Выберите другой файл.",
    "word_unknown": f"Это не\u00a0документ Word. {SAVE_AS}",
    "word_swollen": "Развёрнутый документ больше {most}\u00a0МБ. Разделите его или сожмите рисунки "
    "(Формат рисунка → Сжать рисунки).",
}
HEADS = {  # the first bytes of a file that is no archive
    b"%PDF-": "word_pdf",
    b"{\\rtf": "word_rtf",
}
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def refusal(code):
    message = REFUSALS[code].format(most=MOST_UNPACKED // 2**20)
    return ValidationError(message, code=code)


def open_package(content):
    """The Package of a Word document without macros; raises ValidationError."""
    if not content:
        raise refusal("word_empty_file")
    if content.startswith(OLE):
        raise refusal("word_locked" if ENCRYPTED in content else "word_old")
    if not content.startswith(b"PK"):
        codes = [code for head, code in HEADS.items() if content.lstrip().startswith(head)]
        raise refusal(codes[0] if codes else "word_unknown")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refusal("word_damaged") from error
    check_parts(archive.infolist())
    package = Package(archive)
    if package.kind() != "docx":
        raise refusal(explain_kind(package))
    return package


def check_parts(parts):
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refusal("word_swollen")
    if any(part.flag_bits & 1 for part in parts):
        raise refusal("word_locked")
    names = {part.filename for part in parts}
    if "Index/Document.iwa" in names or "Index.zip" in names:
        raise refusal("word_pages")
    if "mimetype" in names:
        raise refusal("word_odt")
    if "[Content_Types].xml".lower() not in {name.lower() for name in names}:
        raise refusal("word_unknown")


def explain_kind(package):
    """The code of the refusal of an Office file that is no plain Word document."""
    types = " ".join(package.content_types().values())
    if "macroEnabled.main" in types or any(n.endswith("vbaproject.bin") for n in package.parts):
        return "word_macros"
    if "template.main+xml" in types:
        return "word_template"
    return "word_other_office" if package.kind() in KINDS.values() else "word_unknown"


def read_part(package, name):
    """The bytes of a part of XML, in the namespaces of ECMA also where it is strict."""
    if package.parts[name].file_size > MOST_XML:
        raise refusal("word_swollen")
    content = package.read(name)
    for strict, usual in STRICT.items():
        content = content.replace(strict, usual)
    return content


OFFICE = b"http://schemas.openxmlformats.org"
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": OFFICE + b"/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": OFFICE
    + b"/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/math": OFFICE + b"/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/": OFFICE + b"/drawingml/2006/",
}
