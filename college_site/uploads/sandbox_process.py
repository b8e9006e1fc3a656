"""The process that decodes one file: it may spend little, and touch only its input and output.

Run by sandbox.py as `python -m college_site.uploads.sandbox_process JOB MOST …`. It takes the file
from standard input and writes a line of JSON with facts and then the cleaned file, at most MOST
bytes, on standard output. Of a file that is refused the line has the reason, in words for the
uploader, and nothing follows. The job `describe` tells what is in force.
"""

import io
import json
import os
import resource
import sys

import pikepdf
from django.core.exceptions import ValidationError
from PIL import Image

from college_site.uploads import confinement
from college_site.uploads.picture_cleaning import reencode_picture
from college_site.uploads.staff_document_cleaning import ACCEPT_CHANGES, rewrite_document
from college_site.uploads.visitor_file_cleaning import clean_file

MEMORY = 288 * 1024 * 1024  # bytes of addresses: what a decoder may have, libraries included
SECONDS = 12  # of the processor
LATE_CODECS = ("cp437", "latin-1", "utf-16")  # Python loads each at its first use


def visitor_file(content):
    """({"content_type", "lost"}, bytes) of a file of an unknown person."""
    return clean_file(content)


def picture(content, side):
    """({"width", "height", "lost", "fingerprint"}, bytes) of a picture."""
    facts = reencode_picture(io.BytesIO(content), int(side))._asdict()
    return facts, facts.pop("content")


def document(content, *options):
    """({"kind", "pages"}, bytes) of a document of staff; an option may be ACCEPT_CHANGES."""
    accept_changes = ACCEPT_CHANGES in options
    clean, kind, pages = rewrite_document(io.BytesIO(content), accept_changes=accept_changes)
    return {"kind": kind, "pages": pages}, clean


JOBS = {"visitor_file": visitor_file, "picture": picture, "document": document}


def limit_resources():
    """Spend little, come last for the processor and first when the machine's memory runs out."""
    os.nice(15)
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
    except OSError:  # not Linux, or hidden
        pass
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def load_everything():
    """Load what Python would load at its first use, when no file can be opened any more."""
    Image.init()
    pikepdf.new().open_metadata()
    for name in LATE_CODECS:
        "".encode(name)


def clean(job, content, most, options):
    """(facts, bytes) of what a job makes of the content, or of why it is refused."""
    try:
        facts, cleaned = job(content, *options)
    except ValidationError as error:
        return refusal(error.messages[0], error.code)
    except MemoryError:
        return refusal("На проверку файла не хватило памяти. Уменьшите его.", "memory")
    if len(cleaned) > most:
        return refusal("После проверки файл стал бы слишком большим.", "swollen")
    return facts, cleaned


def refusal(message, code):
    return {"message": message, "code": code}, b""


def main(name, most="0", *options, jobs=JOBS):
    load_everything()
    limit_resources()
    content = sys.stdin.buffer.read()
    in_force = confinement.confine()
    if name == "describe":
        facts, cleaned = {"in_force": in_force}, b""
    else:
        facts, cleaned = clean(jobs[name], content, int(most), options)
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n")
    sys.stdout.buffer.write(cleaned)


if __name__ == "__main__":
    main(*sys.argv[1:])
