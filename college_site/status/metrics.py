"""The page /metrics for Prometheus: counters of all web processes, gauges from the database."""

import hmac
import os
import shutil

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from college_site.models import BackupRun, Heartbeat
from college_site.registry import registry
from college_site.sqlite_copy import log


@require_safe
@never_cache
def metrics(request):
    """Everything; 404 without METRICS_TOKEN in the settings or in the request."""
    if not has_token(request):
        raise Http404
    content = generate_latest(choose_counters()) + generate_latest(collect_gauges())
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST)


def has_token(request):
    expected = f"Bearer {settings.METRICS_TOKEN}".encode()
    found = request.headers.get("Authorization", "").encode()
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(found, expected)


def choose_counters():
    """The counters of all processes under gunicorn, else of this one."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    counters = CollectorRegistry()
    MultiProcessCollector(counters)
    return counters


def collect_gauges():
    gauges = CollectorRegistry()
    gauges.register(Gauges())
    return gauges


class Gauges:
    """What the database and the disk tell at the moment of the question."""

    def collect(self):
        for name, (words, measure) in registry.gauges.items():
            value = measure()
            if value is not None:
                yield GaugeMetricFamily(f"portal_{name}", words, value=value)


def measure_age(moment):
    """Seconds since the moment; None without one."""
    return moment and (timezone.now() - moment).total_seconds()


def measure_heartbeat():
    return measure_age(Heartbeat.objects.aggregate(last=Max("seen_at"))["last"])


def measure_backup():
    made = BackupRun.objects.filter(kind=BackupRun.Kind.BACKUP).exclude(archive="")
    return measure_age(made.aggregate(last=Max("finished_at"))["last"])


def measure_disk():
    return shutil.disk_usage(settings.DATA_DIR).free


GAUGES = {
    "worker_heartbeat_age_seconds": ("Since a worker last reported", measure_heartbeat),
    "backup_age_seconds": ("Since the last archive was made", measure_backup),
    "sqlite_copy_age_seconds": ("Since the copy was last seen to be whole", log.measure_age),
    "disk_free_bytes": ("Free on the disk of DATA_DIR", measure_disk),
}
