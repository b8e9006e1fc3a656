"""The generations of the copy: folders with the moment at which they began as their name."""

import datetime
import re
from itertools import pairwise

from django.core.files.storage import storages

from college_site.sqlite_copy.litestream import ALIAS

NAME = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z")
MOMENT = "%Y%m%dT%H%M%S.%fZ"
KEEP = datetime.timedelta(hours=24)  # how far back one can return


def make_name(moment):
    return moment.astimezone(datetime.UTC).strftime(MOMENT)


def read_moment(name):
    return datetime.datetime.strptime(name, MOMENT).replace(tzinfo=datetime.UTC)


def list_generations():
    """Their names, the oldest first."""
    folders, _ = storages[ALIAS].listdir("")
    return sorted(filter(NAME.fullmatch, folders))


def prune(now, forget_before):
    """Delete what is older than KEEP or began before the moment of a destruction.

    Only once the newest generation holds everything: it stays in any case.
    """
    for name, following in pairwise(list_generations()):
        if read_moment(name) <= forget_before or read_moment(following) < now - KEEP:
            delete_folder(storages[ALIAS], name)


def delete_folder(storage, path):
    if hasattr(storage, "bucket"):
        storage.bucket.objects.filter(Prefix=f"{path}/").delete()
        return
    folders, files = storage.listdir(path)
    for name in files:
        storage.delete(f"{path}/{name}")
    for name in folders:
        delete_folder(storage, f"{path}/{name}")
    storage.delete(path)
