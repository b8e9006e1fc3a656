"""Which archives stay: the newest of each of 7 days, 4 weeks and 12 months."""

import datetime
import re

NAME = re.compile(r"portal-([0-9]{8}T[0-9]{6}Z)\.tar\.age")
MOMENT = "%Y%m%dT%H%M%SZ"
KEPT = (
    (7, lambda moment: moment.date()),
    (4, lambda moment: moment.isocalendar()[:2]),
    (12, lambda moment: (moment.year, moment.month)),
)


def make_name(moment):
    return f"portal-{moment.astimezone(datetime.UTC):{MOMENT}}.tar.age"


def list_archives(folder):
    """The archives of the folder by their names' moments, the newest first."""
    found = [path for path in folder.glob("portal-*") if NAME.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.name, reverse=True)


def read_moment(path):
    found = NAME.fullmatch(path.name)[1]
    return datetime.datetime.strptime(found, MOMENT).replace(tzinfo=datetime.UTC)


def prune(folder):
    """Delete the archives whose time is over; returns how many."""
    archives = list_archives(folder)
    over = set(archives) - choose_kept(archives)
    for path in over:
        path.unlink(missing_ok=True)
    return len(over)


def choose_kept(archives):
    """Those to keep; a period without archives counts for none, so that old ones stay."""
    kept = set()
    for count, period_of in KEPT:
        newest = {}
        for path in archives:
            newest.setdefault(period_of(read_moment(path)), path)
        kept.update([*newest.values()][:count])
    return kept
