"""Rewrites a staff document without the data about its author; a broken one is refused.

A document with a digital signature stays as it is, since any change would make the signature void.
"""

import io
import re
import shutil
import zipfile

import pikepdf
from django.core.exceptions import ValidationError

from college_site.uploads.pdf_streams import check_complete

PDF = "pdf"
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MOST_UNPACKED = 200 * 1024 * 1024  # bytes of an Office document
MOST_PARTS = 10_000
MOST_PROPERTIES = 100_000  # bytes
PAGES = re.compile(rb"<(?:Pages|Slides)>([0-9]{1,5})<")
SIGNED = 1  # a bit of /SigFlags
SIGNATURES = "_xmlsignatures/"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
OTHER = "http://schemas.openxmlformats.org/officeDocument/2006"
EMPTY_PROPERTIES = {
    "docProps/core.xml": f'<coreProperties xmlns="{CORE}"/>',
    "docProps/app.xml": f'<Properties xmlns="{OTHER}/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{OTHER}/custom-properties"/>',
}


def rewrite_document(file):
    """(bytes, kind, number of pages or None) of a document; raises ValidationError."""
    kind = document_kind(file)
    if kind is None:
        raise ValidationError(
            "Принимаются PDF, DOCX, XLSX и PPTX без макросов. Сохраните документ как PDF.",
            code="document_unknown",
        )
    content, pages = clean_pdf(file) if kind == PDF else clean_office(file)
    return content, kind, pages


def document_kind(file):
    """The kind of a document by its content: PDF, a key of OFFICE or None."""
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head == b"%PDF-":
        return PDF
    if head.startswith(b"PK") and zipfile.is_zipfile(file):
        file.seek(0)
        try:
            names = set(zipfile.ZipFile(file).namelist())
        except Exception:  # a damaged archive makes zipfile raise several kinds
            return None
        finally:
            file.seek(0)
        if not any(name.endswith("vbaProject.bin") for name in names):
            return next((kind for kind, part in OFFICE.items() if part in names), None)
    return None


def clean_pdf(file):
    """(bytes, number of pages) of a PDF; raises ValidationError in words for the uploader."""
    try:
        with pikepdf.open(file) as document:
            pages = len(document.pages)
            if not pages:
                raise damaged_error()
            if document.Root.get("/AcroForm", {}).get("/SigFlags", 0) & SIGNED:
                return read_unchanged(file), pages
            for owner, key in ((document.trailer, "/Info"), (document.Root, "/Metadata")):
                if key in owner:
                    del owner[key]
            check_complete(document)
            target = io.BytesIO()
            document.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
            return target.getvalue(), pages
    except pikepdf.PasswordError as error:
        raise ValidationError(
            "PDF закрыт паролем. Снимите пароль и загрузите файл снова.", code="document_locked"
        ) from error
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError) as error:
        raise damaged_error() from error


def clean_office(file):
    """(bytes, number of pages that it tells or None) of a document of Word, Excel, PowerPoint."""
    try:
        with zipfile.ZipFile(file) as source:
            parts = source.infolist()
            names = {part.filename for part in parts}
            if len(names) < len(parts):
                raise damaged_error()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise ValidationError(
                    f"Развёрнутый документ больше {MOST_UNPACKED // 2**20} МБ. "
                    "Разделите его или сохраните как PDF.",
                    code="document_too_large",
                )
            pages = read_page_count(source, names)
            is_signed = any(name.startswith(SIGNATURES) for name in names)
            return (read_unchanged(file) if is_signed else rewrite_archive(source, parts)), pages
    except ValidationError:
        raise
    except Exception as error:  # a damaged archive makes zipfile raise several kinds
        raise damaged_error() from error


def read_page_count(archive, names):
    """How many pages or slides the program that saved it noted, or None."""
    if "docProps/app.xml" not in names:
        return None
    with archive.open("docProps/app.xml") as properties:
        said = PAGES.search(properties.read(MOST_PROPERTIES))
    return int(said[1]) or None if said else None


def rewrite_archive(source, parts):
    """A new archive of the same parts, those about author and program emptied."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            with source.open(part) as content, archive.open(part.filename, "w") as copy:
                if part.filename in EMPTY_PROPERTIES:
                    copy.write(EMPTY_PROPERTIES[part.filename].encode())
                else:
                    shutil.copyfileobj(content, copy)
    return target.getvalue()


def read_unchanged(file):
    file.seek(0)
    return file.read()


def damaged_error():
    return ValidationError(
        "Файл повреждён, открыть его не удалось. Откройте документ в программе, где он сделан, "
        "и сохраните заново.",
        code="document_damaged",
    )
