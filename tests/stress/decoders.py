"""Many visitors upload files that are costly to decode; pages are served meanwhile."""

import itertools
import threading
import time
from collections import Counter
from contextlib import contextmanager
from uuid import uuid4

from feedback.models import Attachment, SuggestionTopic
from feedback.staged_files import LARGEST
from tests.stress.hostile_files import KINDS
from tests.stress.visitor import FORM, TIMEOUT, Visitor, suggestion

PAGES = ("/healthz", "/", "/news/", FORM)
MAX_SECONDS = 1.0  # seconds for a page
WHOLE_TRIAL = 50  # uploads; a smaller trial runs beside other tests, so the clock does not count
MAX_MEMORY = 700  # megabytes of all processes
PAUSE = 2.0  # seconds before a rejected visitor retries; Retry-After says 30
TEXT = "Этот текст не должен пропасть, пока проверяются файлы."


def hostile_decoders(site, count):
    """(summary, faults) of `count` uploads at once, each repeated until it was decoded."""
    topic = SuggestionTopic.objects.create(title="Тяжёлые файлы")
    files = {name: make() for name, make in KINDS.items()}
    before = Attachment.objects.staged_bytes()
    contents = itertools.islice(itertools.cycle(files.values()), count)
    uploads = [Upload(site, topic.pk, content) for content in contents]
    with watch(site) as seen:
        for upload in uploads:
            upload.start()
        for upload in uploads:
            upload.join()
    statuses = sum((upload.statuses for upload in uploads), Counter())
    staged = Attachment.objects.staged_bytes() - before
    summary = (
        f"{count} uploads of {len(files)} kinds, {statuses[503]} times told to come back; "
        f"slowest of {len(seen.seconds)} pages {max(seen.seconds):.2f} s, "
        f"most memory {seen.memory:.0f} MB, {staged / 2**20:.1f} MB staged"
    )
    return summary, find_faults(statuses, seen, staged, count)


class Upload(threading.Thread):
    """A visitor who sends one file until it is decoded."""

    def __init__(self, site, topic, content):
        super().__init__(daemon=True)
        self.visitor, self.content = Visitor(site.address), content
        self.entries = {**suggestion(topic, TEXT), "submission_key": str(uuid4())}
        self.statuses = Counter()

    def run(self):
        self.visitor.open_form()
        deadline = time.monotonic() + 10 * TIMEOUT
        while time.monotonic() < deadline:
            response = self.visitor.send_file({**self.entries, "step": "check"}, self.content)
            self.statuses[response.status] += 1
            self.statuses["without text"] += TEXT not in response.text
            if response.status != 503:
                break
            time.sleep(PAUSE)


class Seen:
    """Measurements of the watchers: seconds of each page, wrong statuses, maximum memory."""

    def __init__(self):
        self.seconds, self.wrong, self.memory = [], [], 0
        self.is_over = threading.Event()


@contextmanager
def watch(site):
    """Request pages and measure the memory until the block ends; yields the Seen."""
    seen = Seen()

    def request_pages():
        visitor = Visitor(site.address)
        for path in itertools.cycle(PAGES):
            start = time.perf_counter()
            status = visitor.request("GET", path).status
            seen.seconds.append(time.perf_counter() - start)
            if status != 200:
                seen.wrong.append(f"{path} was answered {status}")
            if seen.is_over.wait(0.1):
                break

    def measure_memory():
        while not seen.is_over.wait(0.1):
            seen.memory = max(seen.memory, site.whole_memory())

    watchers = [threading.Thread(target=watcher) for watcher in (request_pages, measure_memory)]
    for watcher in watchers:
        watcher.start()
    try:
        yield seen
    finally:
        seen.is_over.set()
        for watcher in watchers:
            watcher.join()


def find_faults(statuses, seen, staged, count):
    """Yield the violated limits as sentences."""
    if statuses[200] != count:
        yield f"{statuses[200]} uploads were looked at, expected {count}: {dict(statuses)}"
    if statuses["without text"]:
        yield f"{statuses['without text']} answers were without the text"
    if count >= WHOLE_TRIAL and max(seen.seconds) > MAX_SECONDS:
        yield f"a page took {max(seen.seconds):.2f} s, expected at most {MAX_SECONDS:g} s"
    yield from seen.wrong
    if seen.memory > MAX_MEMORY:
        yield f"all processes took {seen.memory:.0f} MB, expected at most {MAX_MEMORY}"
    if staged > count * LARGEST:
        yield f"{staged} bytes are staged, expected at most {count * LARGEST}"
