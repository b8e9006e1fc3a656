"""The process of the sandbox that cleans one file of a visitor or one document of staff."""

import io
import sys

import pikepdf
from PIL import Image

from college_site.uploads.sandbox_entry import main
from college_site.uploads.staff_document_cleaning import ACCEPT_CHANGES, rewrite_document
from college_site.uploads.visitor_file_cleaning import clean_file

LATE_CODECS = ("cp437", "latin-1", "utf-16")  # Python loads each at its first use


def visitor_file(content):
    """({"content_type", "lost"}, bytes) of a file of an unknown person."""
    return clean_file(content)


def document(content, *options):
    """({"kind", "pages"}, bytes) of a document of staff; an option may be ACCEPT_CHANGES."""
    accept_changes = ACCEPT_CHANGES in options
    clean, kind, pages = rewrite_document(io.BytesIO(content), accept_changes=accept_changes)
    return {"kind": kind, "pages": pages}, clean


def load_everything():
    """Load what Python would load at its first use, when no file can be opened any more."""
    Image.init()
    pikepdf.new().open_metadata()
    for name in LATE_CODECS:
        "".encode(name)


JOBS = {"visitor_file": visitor_file, "document": document}

if __name__ == "__main__":
    load_everything()
    main(JOBS, *sys.argv[1:])
