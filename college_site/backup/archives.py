"""The archive: a tar with a manifest as its last member, encrypted by age.

`age --decrypt --identity key.txt ARCHIVE | tar --extract` opens it without this project.
"""

import hashlib
import json
import os
import shutil
import tarfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import PurePosixPath

import pyrage
from django.core.management.base import CommandError

MANIFEST = "manifest.json"
FORMAT = 1
LARGEST_MANIFEST = 2**28  # bytes: two million files
CHUNK = 2**20


def write_archive(path, folder, manifest, recipients):
    """Pack all files of the folder and the manifest, completed by their SHA-256, into `path`."""
    digests = {}
    with encrypt_to(path, recipients) as sink, tarfile.open(fileobj=sink, mode="w|") as tar:
        for source in sorted(one for one in folder.rglob("*") if one.is_file()):
            name = source.relative_to(folder).as_posix()
            digests[name] = add_member(tar, name, source)
        content = json.dumps({"format": FORMAT, **manifest, "files": digests}, indent=1).encode()
        target = folder / MANIFEST
        target.write_bytes(content)
        add_member(tar, MANIFEST, target)


def add_member(tar, name, source):
    """Add a file as long as it is now; returns its SHA-256."""
    with source.open("rb") as file:
        status = os.fstat(file.fileno())
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = status.st_size, int(status.st_mtime), 0o600
        reader = HashingReader(file)
        tar.addfile(member, reader)
    return reader.digest.hexdigest()


class HashingReader:
    """A file whose bytes are hashed while they are read."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size=-1):
        found = self.file.read(size)
        self.digest.update(found)
        return found


@contextmanager
def encrypt_to(path, recipients):
    """A file to write plain bytes into; another thread encrypts them into `path`."""
    source, sink = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(run_encryption, source, path, recipients)
        try:
            with os.fdopen(sink, "wb") as file:
                yield file
        except BrokenPipeError:
            work.result()  # tells why it stopped
            raise
        work.result()


def run_encryption(source, path, recipients):
    with os.fdopen(source, "rb") as reader, path.open("xb") as target:
        path.chmod(0o600)
        pyrage.encrypt_io(reader, target, recipients)
        target.flush()
        os.fsync(target.fileno())


def read_archive(path, identities, folder, is_wanted):
    """Unpack the members that `is_wanted(name)` into the folder and hash all of them.

    Returns the manifest; raises CommandError if the archive does not agree with it.
    """
    digests = {}
    try:
        with decrypt_from(path, identities) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
            for member in tar:
                check_name(member)
                keeps = member.name == MANIFEST or is_wanted(member.name)
                target = folder / member.name if keeps else None
                digests[member.name] = unpack(tar.extractfile(member), target, member.mtime)
            while plain.read(CHUNK):  # to its end, which the encryption signs
                pass
    except (tarfile.TarError, EOFError) as error:
        raise damaged(path, error) from error
    return check_digests(path, folder, digests)


def check_name(member):
    """Anybody can encrypt to a public key: nothing is written outside of the folder."""
    name = PurePosixPath(member.name)
    if not member.isreg() or name.is_absolute() or ".." in name.parts:
        raise tarfile.TarError(f"the member {member.name!r} is no plain file of a backup")


def unpack(source, target, mtime):
    """Copy a member to the file `target`, if there is one; returns its SHA-256."""
    reader = HashingReader(source)
    if target:
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        with target.open("xb") as file:
            target.chmod(0o640)
            shutil.copyfileobj(reader, file, CHUNK)
        os.utime(target, (mtime, mtime))
    else:
        while reader.read(CHUNK):
            pass
    return reader.digest.hexdigest()


def check_digests(path, folder, digests):
    if digests.pop(MANIFEST, None) is None:
        raise damaged(path, "it has no manifest")
    target = folder / MANIFEST
    if target.stat().st_size > LARGEST_MANIFEST:
        raise damaged(path, "its manifest is too large")
    manifest = json.loads(target.read_text())
    if manifest["format"] != FORMAT:
        raise CommandError(
            f"{path.name}: found format {manifest['format']}, expected {FORMAT}. Restore it with "
            "the version of the portal that made it, then update."
        )
    if digests != manifest["files"]:
        names = {name for name, _ in digests.items() ^ manifest["files"].items()}
        raise damaged(path, f"{min(names)} is not what the manifest names")
    return manifest


@contextmanager
def decrypt_from(path, identities):
    """A file to read the plain bytes of the archive from."""
    source, sink = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(run_decryption, path, sink, identities)
        try:
            with os.fdopen(source, "rb") as file:
                yield file
        finally:
            finish_decryption(path, work)


def run_decryption(path, sink, identities):
    with path.open("rb") as archive, os.fdopen(sink, "wb") as target:
        pyrage.decrypt_io(archive, target, identities)


def finish_decryption(path, work):
    """Tell of a wrong key or a damaged archive, rather than of the tar that it cut short."""
    try:
        work.result()
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise CommandError(
                f"{path.name}: found no key in this identity that opens it, expected the one that "
                "the college keeps. It begins with AGE-SECRET-KEY-1."
            ) from error
        raise damaged(path, error) from error
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            raise damaged(path, error) from error


def damaged(path, reason):
    return CommandError(
        f"{path.name}: {reason}. Found a damaged archive, expected a whole one: take another copy "
        "of it, or an older one."
    )
