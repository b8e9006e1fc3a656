"""Makes a file of an unknown person harmless; runs in the sandbox (sandbox_process.py)."""

import io

import pikepdf
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from college_site.uploads.pdf.appearances import flatten
from college_site.uploads.pdf.layers import remove_hidden_content
from college_site.uploads.pdf.streams import DAMAGED, check_complete, clean_streams, is_pdf
from college_site.uploads.pictures.picture_cleaning import is_known, reencode_picture

MOST_PAGES = 300
SIDE = 2560  # pixels: enough to read a photographed page
PAGE_KEYS = {"/Contents", "/CropBox", "/MediaBox", "/Resources", "/Rotate", "/Type", "/UserUnit"}


def clean_file(content):
    """(facts, bytes) of a re-encoded picture or a rewritten PDF; raises ValidationError."""
    file = ContentFile(content)
    if is_known(file):
        picture = reencode_picture(file, SIDE)
        return {"content_type": "image/jpeg", "lost": picture.lost}, picture.content
    if is_pdf(content):
        clean, lost = clean_pdf(content)
        return {"content_type": "application/pdf", "lost": lost}, clean
    raise ValidationError("принимаются снимки (JPEG, PNG, WebP, HEIC) и PDF")


def clean_pdf(content):
    """(bytes, what is lost) of a new document of nothing but what its pages show.

    Annotations and form fields become part of the page; scripts, actions and files are left out.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as target:
            if not 0 < len(source.pages) <= MOST_PAGES:
                raise ValidationError(f"в PDF должно быть от 1 до {MOST_PAGES} страниц")
            remove_hidden_content(source)
            lost = flatten(source)
            for page in source.pages:
                for key in set(page.keys()) - PAGE_KEYS - {"/Parent"}:
                    del page[key]
                target.pages.append(page)
            clean_streams(target)
            check_complete(source)
            buffer = io.BytesIO()
            target.save(buffer, deterministic_id=True)
            return buffer.getvalue(), lost
    except pikepdf.PasswordError as error:
        raise ValidationError("PDF закрыт паролем, снимите пароль") from error
    except DAMAGED as error:
        raise ValidationError("PDF повреждён, сохраните его заново") from error
