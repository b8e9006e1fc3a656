"""Makes a file of an unknown person harmless, in a process of its own with little to spend.

Run as `python -m college_site.uploads.visitor_file_cleaning`: takes the file from standard input,
gives its kind in a line and then the cleaned file on standard output. A file that will not do ends
it with status REFUSED and the reason, in words for the uploader, on standard output.
"""

import io
import resource
import sys

import pikepdf
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from college_site.uploads.images import clean_picture, is_known
from college_site.uploads.pdf_streams import clean_streams

MEMORY = 1536 * 1024 * 1024  # bytes: a photograph of 50 million points takes half of it
SECONDS = 20  # of the processor
MOST_PAGES = 300
REFUSED = 3
SIDE = 2560  # pixels: enough to read a photographed page
PAGE_KEYS = ("/Contents", "/CropBox", "/MediaBox", "/Resources", "/Rotate", "/Type", "/UserUnit")


def clean_file(content):
    """(kind, bytes) of a re-encoded picture or a rewritten PDF; raises ValidationError."""
    if content.startswith(b"%PDF-"):
        return "application/pdf", clean_pdf(content)
    file = ContentFile(content)
    if not is_known(file):
        raise ValidationError("принимаются снимки (JPEG, PNG, WebP, HEIC) и PDF")
    return "image/jpeg", clean_picture(file, SIDE).read()


def clean_pdf(content):
    """A new document of nothing but the pages' drawings: no scripts, actions, forms or files."""
    try:
        with pikepdf.open(io.BytesIO(content)) as source, pikepdf.new() as target:
            if not 0 < len(source.pages) <= MOST_PAGES:
                raise ValidationError(f"в PDF должно быть от 1 до {MOST_PAGES} страниц")
            for page in source.pages:
                for key in set(page.keys()) - set(PAGE_KEYS):
                    if key != "/Parent":
                        del page[key]
                target.pages.append(page)
            clean_streams(target)
            buffer = io.BytesIO()
            target.save(buffer)
            return buffer.getvalue()
    except pikepdf.PasswordError as error:
        raise ValidationError("PDF закрыт паролем, снимите пароль") from error
    except pikepdf.PdfError as error:
        raise ValidationError("PDF повреждён, сохраните его заново") from error


def limit_resources():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main():
    limit_resources()
    try:
        kind, content = clean_file(sys.stdin.buffer.read())
    except ValidationError as error:
        sys.stdout.buffer.write(error.messages[0].encode())
        sys.exit(REFUSED)
    sys.stdout.buffer.write(kind.encode() + b"\n" + content)


if __name__ == "__main__":
    main()
