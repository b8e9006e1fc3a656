"""The worker's sign of life: one row a machine, for the page «Состояние сайта»."""

import socket
from datetime import timedelta

from django.utils import timezone

from college_site.models import Heartbeat

INTERVAL = timedelta(seconds=30)
FORGET_AFTER = timedelta(days=1)


def beat():
    """Report that this machine's worker runs, at most once in INTERVAL; returns False: no work."""
    now, host = timezone.now(), socket.gethostname()
    if not Heartbeat.objects.filter(host=host, seen_at__gt=now - INTERVAL).exists():
        Heartbeat.objects.update_or_create(host=host, defaults={"seen_at": now})
        Heartbeat.objects.filter(seen_at__lt=now - FORGET_AFTER).delete()
    return False
