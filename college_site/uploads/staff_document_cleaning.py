"""Rewrites a staff document so that it tells what its pages show; a broken one is refused.

A document with a digital signature stays as it is, since any change would make the signature void.
"""

import io
import re
import zipfile

import pikepdf
from django.core.exceptions import ValidationError

from college_site.uploads.document_findings import Findings, refuse_findings
from college_site.uploads.office_cleaning import Cleaning
from college_site.uploads.office_package import Package
from college_site.uploads.pdf_notes import note_annotations, remove_notes, strip_photographs
from college_site.uploads.pdf_streams import check_complete

PDF = "pdf"
ACCEPT_CHANGES = "accept-changes"  # what the sandbox is told
MOST_UNPACKED = 200 * 1024 * 1024  # bytes of an Office document
MOST_PARTS = 10_000
MOST_PROPERTIES = 100_000  # bytes
PAGES = re.compile(rb"<(?:Pages|Slides)>([0-9]{1,5})<")
SIGNED = 1  # a bit of /SigFlags
SIGNATURES = "_xmlsignatures/"
PROPERTIES = ".extended-properties+xml"


def rewrite_document(file, *, accept_changes=False):
    """(bytes, kind, number of pages or None) of a document; raises ValidationError.

    A document that tells of changes and comments is refused, or with `accept_changes` the changes
    are accepted and the comments removed.
    """
    kind = document_kind(file)
    if kind is None:
        raise ValidationError(
            "Принимаются PDF, DOCX, XLSX и PPTX без макросов. Сохраните документ как PDF.",
            code="document_unknown",
        )
    clean = clean_pdf if kind == PDF else clean_office
    content, pages = clean(file, accept_changes)
    return content, kind, pages


def document_kind(file):
    """The kind of a document by its content: PDF, one of Office or None."""
    file.seek(0)
    head = file.read(5)
    file.seek(0)
    if head == b"%PDF-":
        return PDF
    try:
        if head.startswith(b"PK") and zipfile.is_zipfile(file):
            return Package(zipfile.ZipFile(file)).kind()
    except Exception:  # a damaged archive makes zipfile and lxml raise several kinds
        return None
    finally:
        file.seek(0)
    return None


def clean_pdf(file, accept_changes):
    """(bytes, number of pages) of a PDF; raises ValidationError in words for the uploader."""
    try:
        with pikepdf.open(file) as document:
            pages = len(document.pages)
            if not pages:
                raise damaged_error()
            signed = document.Root.get("/AcroForm", {}).get("/SigFlags", 0) & SIGNED
            findings = Findings()
            note_annotations(document, findings)
            if findings and (signed or not accept_changes):
                refuse_findings(findings, is_signed=signed)
            if signed:
                return read_unchanged(file), pages
            remove_notes(document)
            strip_photographs(document)
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


def clean_office(file, accept_changes):
    """(bytes, number of pages that it tells or None) of a document of Word, Excel, PowerPoint."""
    try:
        with zipfile.ZipFile(file) as source:
            check_size(source.infolist())
            package = Package(source)
            cleaning = Cleaning(package)
            is_signed = any(name.startswith(SIGNATURES) for name in package.parts)
            findings = cleaning.look()
            if findings and (is_signed or not accept_changes):
                refuse_findings(findings, is_signed=is_signed)
            pages = read_page_count(package, cleaning.types)
            return (read_unchanged(file) if is_signed else cleaning.rewrite()), pages
    except (ValidationError, MemoryError):
        raise
    except Exception as error:  # a damaged archive makes zipfile and lxml raise several kinds
        raise damaged_error() from error


def check_size(parts):
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise ValidationError(
            f"Развёрнутый документ больше {MOST_UNPACKED // 2**20} МБ. "
            "Разделите его или сохраните как PDF.",
            code="document_too_large",
        )


def read_page_count(package, types):
    """How many pages or slides the program that saved it noted, or None."""
    for name, info in package.parts.items():
        if types.get(name, "").endswith(PROPERTIES):
            with package.archive.open(info) as properties:
                said = PAGES.search(properties.read(MOST_PROPERTIES))
            return int(said[1]) or None if said else None
    return None


def read_unchanged(file):
    file.seek(0)
    return file.read()


def damaged_error():
    return ValidationError(
        "Файл повреждён, открыть его не удалось. Откройте документ в программе, где он сделан, "
        "и сохраните заново.",
        code="document_damaged",
    )
