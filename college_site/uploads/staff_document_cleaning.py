"""Rewrites a staff document so that it tells what its pages show; a broken one is refused.

A document with a digital signature stays as it is, since any change would make the signature void.
"""

import io
import re
import zipfile

import pikepdf
from django.core.exceptions import ValidationError

from college_site.uploads.document_findings import Findings, refuse_findings
from college_site.uploads.office.cleaning import Cleaning
from college_site.uploads.office.package import Package
from college_site.uploads.pdf.notes import note_annotations, remove_notes, strip_photographs
from college_site.uploads.pdf.streams import DAMAGED, check_complete, is_pdf

PDF = "pdf"
ACCEPT_CHANGES = "accept-changes"  # what the sandbox is told
MOST_UNPACKED = 200 * 1024 * 1024  # bytes of an Office document
MOST_PARTS = 10_000
MOST_PROPERTIES = 100_000  # bytes
PAGES = re.compile(rb"<(?:Pages|Slides)>([0-9]{1,5})<")
SIGNED = 1  # a bit of /SigFlags
# What helps readers, screen readers above all: title, language, conformance to PDF/A and PDF/UA.
KEPT_XMP = ("dc:title", "dc:language", "pdfaid:part", "pdfaid:conformance", "pdfaid:amd")
KEPT_XMP += ("pdfaid:rev", "pdfuaid:part", "pdfuaid:rev")
HEAD = 2048  # bytes that tell the kind
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
    head = file.read(HEAD)
    file.seek(0)
    if not head.startswith(b"PK"):
        return PDF if is_pdf(head) else None
    try:
        if zipfile.is_zipfile(file):
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
            signed = is_signed(document)
            findings = Findings()
            note_annotations(document, findings)
            if findings and (signed or not accept_changes):
                refuse_findings(findings, is_signed=signed)
            if signed:
                return read_unchanged(file), pages
            remove_notes(document)
            strip_photographs(document)
            strip_properties(document)
            check_complete(document)
            target = io.BytesIO()
            document.save(
                target,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
            )
            return target.getvalue(), pages
    except pikepdf.PasswordError as error:
        raise ValidationError(
            "PDF закрыт паролем. Снимите пароль и загрузите файл снова.", code="document_locked"
        ) from error
    except DAMAGED as error:
        raise damaged_error() from error


def is_signed(document):
    """Whether a signature is in the document, announced in /SigFlags or not."""
    if document.Root.get("/AcroForm", {}).get("/SigFlags", 0) & SIGNED:
        return True
    items = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
    return any(is_signature(item) or is_signature(item.get("/V")) for item in items)


def is_signature(item):
    return isinstance(item, pikepdf.Dictionary) and {"/ByteRange", "/Contents"} <= set(item.keys())


def strip_properties(document):
    """Delete who made the document and how; what helps its readers stays."""
    title = document.trailer.get("/Info", {}).get("/Title")
    if "/Info" in document.trailer:
        del document.trailer.Info
    if isinstance(title, pikepdf.String):
        document.docinfo.Title = title
    properties = read_xmp(document)
    if "/Metadata" in document.Root:
        del document.Root.Metadata
    if properties:
        with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            for name, value in properties.items():
                xmp[name] = value


def read_xmp(document):
    """{name: value} of the properties that stay; damaged ones count as missing."""
    if not isinstance(document.Root.get("/Metadata"), pikepdf.Stream):
        return {}
    xmp = document.open_metadata()
    return {name: xmp[name] for name in KEPT_XMP if name in xmp}


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
