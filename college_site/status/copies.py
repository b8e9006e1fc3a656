"""What «Состояние сайта» tells of the continuous copy of SQLite."""

from pathlib import Path

from django.conf import settings

from college_site.sqlite_copy.log import measure_age
from college_site.status.backups import is_on_own_disk
from college_site.status.facts import Fact
from college_site.templatetags.typography import plural

LATE_AFTER = 60  # seconds
REMEDY = (
    "Если диск откажет сейчас, пропадёт всё новое. Посмотрите, что мешает: journalctl -u "
    "portal-copy -n 50, и перезапустите: systemctl restart portal-copy."
)


def list_copy_facts():
    """A Fact, or none where SQLITE_COPY asks for no copy."""
    return [describe_copy(measure_age())] if settings.SQLITE_COPY else []


def describe_copy(age):
    """A Fact about a copy that was last seen to be whole so many seconds ago, or never."""
    if age is None:
        return Fact("Непрерывная копия", "ещё не готова", REMEDY)
    found = f"полна {plural(int(age), 'секунду,секунды,секунд')} назад"
    if age > LATE_AFTER:
        found = f"полна {plural(int(age / 60), 'минуту,минуты,минут')} назад"
    folder = settings.SQLITE_COPY["OPTIONS"].get("location")
    if folder and is_on_own_disk(Path(folder)):
        found = f"{found}; лежит на одном диске с сайтом, с ним и пропадёт"
    return Fact("Непрерывная копия", found, REMEDY if age > LATE_AFTER else "")
