"""What the page «Состояние сайта» tells of photographs."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from college_site.status.facts import Fact
from news.models import Photo

LATE_AFTER = timedelta(minutes=15)


def count_renditions():
    return Photo.objects.filter(renditions_due_at__isnull=False).count()


def list_rendition_facts():
    """Photographs without renditions: pages show the larger master meanwhile."""
    late = Q(renditions_due_at__lt=timezone.now() - LATE_AFTER)
    failed = Q(rendition_attempts__gt=1)
    waiting = Photo.objects.filter(renditions_due_at__isnull=False)
    found = waiting.aggregate(waiting=Count("pk"), stuck=Count("pk", filter=late | failed))
    problem = ""
    if found["stuck"]:
        problem = (
            f"Не удаётся подготовить: {found['stuck']}. Посетители видят большие снимки вместо "
            "подходящих. Причина в журнале: journalctl -u portal-worker."
        )
    return [Fact("Снимки ждут обработки", str(found["waiting"]), problem)]
