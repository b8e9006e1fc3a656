"""Renditions of photographs, made by the worker."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from college_site.http.conditional_get import invalidate
from college_site.uploads.renditions import make_renditions
from news.models import Photo

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)


def render_due():
    """Make the renditions of one due photograph; whether there was one."""
    photo = lease_one()
    if photo is None:
        return False
    try:
        make_renditions(photo.image.name)
    except Exception:
        logger.exception("Photo %s: renditions failed, tried again after a pause", photo.pk)
        return True
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(renditions_due_at=None, rendition_attempts=0)
        invalidate()
    return True


def lease_one():
    """One due photograph that no other worker will take meanwhile, or None.

    Its due moment moves forward by the lease, twice as far with every attempt: a killed worker's
    photograph comes back by itself, and one that cannot be read does not keep the worker busy.
    """
    for photo in Photo.objects.due()[:10]:
        pause = min(LEASE * 2 ** min(photo.rendition_attempts, 12), LONGEST_PAUSE)
        leased = Photo.objects.filter(
            pk=photo.pk, renditions_due_at=photo.renditions_due_at
        ).update(
            renditions_due_at=timezone.now() + pause,
            rendition_attempts=F("rendition_attempts") + 1,
        )
        if leased:
            return photo
    return None
