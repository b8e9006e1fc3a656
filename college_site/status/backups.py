"""What «Состояние сайта» tells of backups and of trials to restore one."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Subquery
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince

from college_site.backup.files import are_uploads_on_disk
from college_site.models import BackupRun
from college_site.status.facts import Fact

LATE_AFTER = timedelta(hours=36)  # one is made each night
DRILL_AFTER = timedelta(days=180)
FIRST_DRILL_WITHIN = timedelta(days=7)  # of the first backup
Kind = BackupRun.Kind


def list_backup_facts():
    """Two Facts, from one query: the start page asks for them, too."""
    runs = BackupRun.objects.order_by("finished_at")
    made = runs.filter(kind=Kind.BACKUP).exclude(archive="").values("finished_at")
    drills = runs.filter(kind=Kind.DRILL, problem="").values("finished_at")
    found = runs.filter(kind=Kind.BACKUP).annotate(
        first=Subquery(made[:1]),
        last=Subquery(made.reverse()[:1]),
        drill=Subquery(drills.reverse()[:1]),
    )
    run = found.last()
    return [describe_backup(run), describe_drill(run)]


def describe_backup(run):
    """A Fact about the last archive and the last run, which may have failed."""
    problem = find_backup_problem(run)
    if run is None or run.last is None:
        return Fact("Резервная копия", "ни одной", problem)
    found = f"{timesince(run.last)} назад"
    if run.archive:
        found = f"{found}, {filesizeformat(run.size)}"
    if not are_uploads_on_disk():
        found = f"{found}; без файлов: они в бакете, включите там хранение версий"
    if is_on_own_disk(settings.BACKUP_DIR):
        found = f"{found}; лежит на одном диске с сайтом, уносите её и на другую машину"
    return Fact("Резервная копия", found, problem)


def find_backup_problem(run):
    if run and run.problem:
        return f"Последняя копия не удалась или неполна. Передайте администратору: {run.problem}"
    if run is None:
        return (
            "Если диск откажет, пропадёт всё. Задайте BACKUP_RECIPIENTS (ключ делает "
            "manage.py backup_key) и запускайте manage.py backup каждую ночь."
        )
    if run.last < timezone.now() - LATE_AFTER:
        return "Ночной копии не было. Посмотрите, почему не сработала: manage.py backup."
    return ""


def describe_drill(run):
    """A Fact about the last trial to open an archive with the college's own key."""
    now = timezone.now()
    remedy = (
        "Проверьте, что копию открывает ключ колледжа: "
        "manage.py restore АРХИВ --identity КЛЮЧ --drill."
    )
    if run is None or run.drill is None:
        is_late = bool(run and run.last) and run.first < now - FIRST_DRILL_WITHIN
        return Fact("Проверка копии", "не было", remedy if is_late else "")
    problem = remedy if run.drill < now - DRILL_AFTER else ""
    return Fact("Проверка копии", f"{timesince(run.drill)} назад", problem)


def is_on_own_disk(folder):
    return folder.stat().st_dev == settings.DATA_DIR.stat().st_dev
