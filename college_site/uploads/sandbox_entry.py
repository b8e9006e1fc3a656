"""What every process of the sandbox does: spend little, touch only its input and output.

Run by sandbox.py as `python -m MODULE JOB MOST …`. It takes the file from standard input and writes
a line of JSON with facts and then the cleaned file, at most MOST bytes, on standard output. Of a
file that is refused the line has the reason, in words for the uploader, and nothing follows. The
job `describe` tells what is in force. It loads little: a module adds what its jobs need.
"""

import json
import os
import resource
import sys

from django.core.exceptions import ValidationError

from college_site.uploads import confinement

MEMORY = 288 * 1024 * 1024  # bytes of addresses: what a decoder may have, libraries included
SECONDS = 12  # of the processor


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


def main(jobs, name, most="0", *options):
    """Do the job `name`, a function in `jobs`; everything it needs must be loaded already."""
    limit_resources()
    content = sys.stdin.buffer.read()
    in_force = confinement.confine()
    if name == "describe":
        facts, cleaned = {"in_force": in_force}, b""
    else:
        facts, cleaned = clean(jobs[name], content, int(most), options)
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n")
    sys.stdout.buffer.write(cleaned)
