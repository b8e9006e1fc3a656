"""A site is backed up, destroyed and restored: what was acknowledged before it is there."""

import base64
import hashlib
import shutil
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from college_site.backup.files import list_references, walk
from feedback.models import Suggestion, SuggestionTopic
from news.models import Photo
from news.photos.rendition_job import render_due_photo
from tests import factories
from tests.bench.databases import scratch_databases, use
from tests.drill.writers import Writers, send_with_receipt
from tests.stress import kills
from tests.stress.site import Site, database_url
from tests.stress.visitor import TIMEOUT, Visitor, submission_key, suggestion

POSTS = 3
RECEIPTS = 3
TOPIC = "Учения"
RETURN = "bench_return"  # the empty database of PostgreSQL


class Left:
    """What remains of the destroyed site: archive, key, receipts, what was acknowledged, hashes."""

    def __init__(self, folder):
        self.folder, self.archive = folder, None
        self.key = folder / "key.txt"
        self.receipts, self.acknowledged, self.hashes = [], [], {}


# The first site -----------------------------------------------------------------------------------


def live_and_die(folder, size):
    """Fill a site, back it up while people write, and lose it; returns what is Left."""
    left = Left(folder)
    old = folder / "old"
    old.mkdir()
    with scratch_databases("drill"), override_settings(MEDIA_ROOT=old / "media"):
        use("drill")
        topic, consent = fill()
        url = database_url(connection.settings_dict)
        with Site(old, url) as site:
            sent = [send_with_receipt(site, topic, number) for number in range(RECEIPTS)]
            store_receipts(left, sent)
            with Writers(site, topic, consent) as writers:
                writers.visitors.wait_for(size)
                left.acknowledged += [*writers.visitors.acknowledged]
                back_up(site, left)
                writers.visitors.wait_for(len(writers.visitors.acknowledged) + 1)
        tell(f"{writers.uploaded} uploads and {writers.edited} photographs came meanwhile")
        left.hashes = hash_files(old / "media")
    shutil.rmtree(old)
    return left


def fill():
    """(topic, version of the consent) of a site with all kinds of files."""
    for _ in range(POSTS):
        post = factories.post()
        factories.photo(post=post, size=(1000, 700))
        factories.document(post=post)
    factories.partner()
    while render_due_photo():
        pass
    return factories.suggestion_topic(title=TOPIC).pk, factories.consent().version


def store_receipts(left, sent):
    for number, (entries, receipt) in enumerate(sent):
        path = left.folder / f"receipt-{number}.txt"
        path.write_text(receipt)
        path.with_suffix(".text").write_text(entries["text"])
        left.receipts.append(path)
        left.acknowledged.append(entries)


def back_up(site, left):
    key = pyrage.x25519.Identity.generate()
    left.key.write_text(str(key))
    archives = left.folder / "archives"
    start = time.monotonic()
    public = str(key.to_public())
    run(site, "backup", BACKUP_DIR=str(archives), BACKUP_RECIPIENTS=public)
    [left.archive] = archives.iterdir()
    size = left.archive.stat().st_size / 2**20
    tell(f"backed up {size:.1f} MB in {time.monotonic() - start:.1f} s")


def hash_files(media):
    """{name: SHA-256} of all files."""
    return {path.relative_to(media).as_posix(): hash_file(path) for path in walk(media)}


def hash_file(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


# The second site ----------------------------------------------------------------------------------


def return_and_compare(folder, left):
    """Restore into an empty folder and database; returns what differs, as sentences."""
    new = folder / "new"
    new.mkdir()
    with empty_database(new) as url, override_settings(MEDIA_ROOT=new / "media"):
        site, start = Site(new, url), time.monotonic()
        run(site, "restore", str(left.archive), f"--identity={left.key}")
        run(site, "migrate", "--verbosity=0")
        tell(f"restored in {time.monotonic() - start:.1f} s")
        verify_proofs(new, left)
        with site:
            return [*compare_rows(left), *compare_files(left), *ask_site(site)]


@contextmanager
def empty_database(folder):
    """The URL of a database without tables, to which this process is connected then."""
    name = str(folder / "db.sqlite3") if connection.vendor == "sqlite" else RETURN
    configured = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        execute(f"DROP DATABASE IF EXISTS {RETURN}", f"CREATE DATABASE {RETURN}")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield database_url(connection.settings_dict)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = configured
        if connection.vendor == "postgresql":
            execute(f"DROP DATABASE {RETURN}")


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def compare_rows(left):
    """What is missing or doubled of the suggestions acknowledged before the backup began."""
    for entries in left.acknowledged:
        yield from kills.check_suggestion(entries)
    tell(f"{len(left.acknowledged)} acknowledged, {Suggestion.objects.count()} stored")


def compare_files(left):
    """Which files of rows are missing or other ones."""
    media = Path(settings.MEDIA_ROOT)
    names = [*list_references("default")]
    for name in names:
        path = media / name
        if not path.is_file():
            yield f"the file {name} is missing"
        elif hash_file(path) != left.hashes.get(name, hash_file(path)):
            yield f"the file {name} is another one"
    tell(f"{len(names)} files that rows name are there")


def verify_proofs(folder, left):
    """Verify history and receipts with the key that came back; a bad one ends the drill."""
    signer = Ed25519PrivateKey.from_private_bytes(
        base64.b64decode((folder / "receipt_key").read_text())
    )
    key = folder / "public.pem"
    public = signer.public_key()
    key.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    for path in left.receipts:
        text = str(path.with_suffix(".text"))
        call_command("verify_receipt", str(path), text=text, key=str(key))
    call_command("verify_history", noted=[str(path) for path in left.receipts])


def ask_site(site):
    """What the restored site answers wrongly."""
    host, port = site.address
    for path in ("/", "/news/", "/feedback/", Photo.objects.first().url):
        try:
            urlopen(f"http://{host}:{port}{path}", timeout=TIMEOUT).close()
        except HTTPError as error:
            yield f"{path} was answered {error.code}, expected 200"
    visitor = Visitor(site.address)
    visitor.open_form()
    topic = SuggestionTopic.objects.get(title=TOPIC).pk
    entries = suggestion(topic, "После возвращения сайт принимает предложения.")
    if visitor.send(entries).status != 303:
        yield "a new suggestion was not accepted"
    elif not Suggestion.objects.with_submission_key(submission_key(entries)).exists():
        yield "a new suggestion was not stored"


def run(site, *words, **variables):
    """Run a command of the site; one that fails ends the drill."""
    if site.command(*words, **variables).wait():
        sys.exit(f"manage.py {words[0]} failed.")


def tell(line):
    print(f"  {line}", flush=True)
