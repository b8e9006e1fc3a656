"""Facts about the site's health; apps add theirs in registry.status_facts."""

import platform
import shutil
from datetime import timedelta
from functools import cache
from typing import NamedTuple

import django
from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince

from college_site.models import Heartbeat
from college_site.registry import registry
from college_site.uploads.sandbox import describe_protection

SILENT_AFTER = timedelta(minutes=2)  # the worker reports every half minute
LEAST_SPACE = 2**30  # bytes; uploads and the database's log need room
PROTECTION = {
    "Landlock": "Landlock",
    "seccomp": "seccomp",
    "the user nobody": "отдельный пользователь",
}
# The kernel bars files and system calls; another user is a help where it does not.
NEEDED_PROTECTION = ("Landlock", "seccomp")


class Fact(NamedTuple):
    """What was found; `problem` says what is wrong and what to do, "" if nothing is."""

    name: str
    found: str
    problem: str = ""


def list_checks():
    """The Facts that can tell of a problem, of the project and of its apps."""
    own = [*list_workers(), describe_disk(), describe_confinement()]
    return [*own, *(fact for list_more in registry.status_facts for fact in list_more())]


def list_facts():
    """The checks and, for who keeps the server, versions and sizes."""
    return [*list_checks(), describe_database(), describe_versions()]


def list_workers():
    """A Fact for each machine whose worker reported within a day."""
    now = timezone.now()
    facts = []
    for heartbeat in Heartbeat.objects.order_by("host"):
        problem = ""
        if heartbeat.seen_at < now - SILENT_AFTER:
            problem = (
                "Служба фоновых задач молчит: письма не уходят, снимки не готовятся. "
                "Перезапустите её: systemctl restart portal-worker."
            )
        found = f"{heartbeat.host}: {timesince(heartbeat.seen_at, now)} назад"
        facts.append(Fact("Фоновые задачи", found, problem))
    missing = Fact(
        "Фоновые задачи",
        "не работали за последние сутки",
        "Письма не уходят, снимки не готовятся. Запустите службу: systemctl start portal-worker.",
    )
    return facts or [missing]


def describe_disk():
    usage = shutil.disk_usage(settings.DATA_DIR)
    found = f"свободно {filesizeformat(usage.free)} из {filesizeformat(usage.total)}"
    problem = ""
    if usage.free < LEAST_SPACE:
        problem = (
            "Место кончается: скоро сайт не примет ни предложений, ни фотографий. "
            "Удалите лишнее на сервере или увеличьте диск."
        )
    return Fact("Диск", found, problem)


def describe_database():
    version = ".".join(map(str, connection.get_database_version()))
    return Fact("База данных", f"{connection.display_name} {version}, {database_size()}")


def database_size():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return filesizeformat(cursor.fetchone()[0])


def describe_confinement():
    """What confines the processes that decode uploads, see uploads/confinement.py."""
    in_force = read_protection()
    names = [word for name, word in PROTECTION.items() if any(w.startswith(name) for w in in_force)]
    missing = [word for word in NEEDED_PROTECTION if word not in names]
    problem = ""
    if missing:
        problem = (
            f"Ядро не даёт {' и '.join(missing)}: испорченный файл, который обманет разборщик, "
            "сможет больше, чем должен. Обновите систему до Debian 12 или новее."
        )
    return Fact("Разбор файлов огорожен", ", ".join(names) or "только пределами", problem)


@cache
def read_protection():
    """It does not change while the process runs, and asking starts another process."""
    return tuple(describe_protection())


def describe_versions():
    versions = f"Python {platform.python_version()}, Django {django.get_version()}"
    return Fact("Программы", versions)
