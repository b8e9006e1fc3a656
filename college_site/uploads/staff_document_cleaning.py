"""Rewrites a staff document without the data about its author; a broken one is refused.

A document with a digital signature stays as it is, since any change would make the signature void.
"""

import io
import re
import shutil
import zipfile

import pikepdf
from django.core.exceptions import ValidationError

from college_site.uploads.pdf_streams import DAMAGED, check_complete, is_pdf

PDF = "pdf"
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
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
    head = file.read(HEAD)
    file.seek(0)
    if not head.startswith(b"PK"):
        return PDF if is_pdf(head) else None
    if zipfile.is_zipfile(file):
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
            if is_signed(document):
                return read_unchanged(file), pages
            strip_properties(document)
            check_complete(document)
            target = io.BytesIO()
            document.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
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
