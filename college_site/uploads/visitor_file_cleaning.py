"""Makes a file of an unknown person harmless; runs in the sandbox (sandbox_process.py)."""

import io

import pikepdf
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from college_site.uploads.pdf_streams import check_complete, clean_streams
from college_site.uploads.picture_cleaning import is_known, reencode_picture

MOST_PAGES = 300
SIDE = 2560  # pixels: enough to read a photographed page
PAGE_KEYS = {"/Contents", "/CropBox", "/MediaBox", "/Resources", "/Rotate", "/Type", "/UserUnit"}


def clean_file(content):
    """(content type, bytes) of a re-encoded picture or a rewritten PDF; raises ValidationError."""
    if content.startswith(b"%PDF-"):
        return "application/pdf", clean_pdf(content)
    file = ContentFile(content)
    if not is_known(file):
        raise ValidationError("принимаются снимки (JPEG, PNG, WebP, HEIC) и PDF")
    picture, _, _ = reencode_picture(file, SIDE)
    return "image/jpeg", picture


def clean_pdf(content):
    """A new document of nothing but the pages' drawings: no scripts, actions, forms or files."""
    try:
        with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as target:
            if not 0 < len(source.pages) <= MOST_PAGES:
                raise ValidationError(f"в PDF должно быть от 1 до {MOST_PAGES} страниц")
            for page in source.pages:
                for key in set(page.keys()) - PAGE_KEYS - {"/Parent"}:
                    del page[key]
                target.pages.append(page)
            clean_streams(target)
            check_complete(source)
            buffer = io.BytesIO()
            target.save(buffer)
            return buffer.getvalue()
    except pikepdf.PasswordError as error:
        raise ValidationError("PDF закрыт паролем, снимите пароль") from error
    except pikepdf.PdfError as error:
        raise ValidationError("PDF повреждён, сохраните его заново") from error
