"""What is remembered of backups and of their trials, for the page «Состояние сайта»."""

from datetime import timedelta

from django.utils import timezone

from college_site.models import BackupRun

FORGET_AFTER = timedelta(days=400)


def note(kind, *, archive="", size=0, problem=""):
    now = timezone.now()
    problem = problem[: BackupRun._meta.get_field("problem").max_length]
    BackupRun.objects.create(
        kind=kind, finished_at=now, archive=archive, size=size, problem=problem
    )
    BackupRun.objects.filter(finished_at__lt=now - FORGET_AFTER).delete()
