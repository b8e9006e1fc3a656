"""Renditions of photographs, made by the worker."""

import logging
from datetime import timedelta

from django.db import transaction

from college_site.background.leases import lease
from college_site.http.conditional_get import invalidate
from college_site.uploads.pictures.renditions import make_renditions
from news.models import Photo

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)


def render_due_photo():
    """Make the renditions of one due photograph; returns whether there was one."""
    photo = lease_photo()
    if photo is None:
        return False
    is_made = try_to_render(photo)
    with transaction.atomic():
        if is_made:
            note_renditions(photo)
        # Pages change once for all photographs of a post, not once for each.
        if not Photo.objects.due().filter(post=photo.post_id).exists():
            invalidate()
    return True


def try_to_render(photo):
    """Whether the renditions could be made."""
    try:
        make_renditions(photo.image.name)
    except Exception:
        logger.exception("Photo %s: renditions failed, will be retried after a pause", photo.pk)
        return False
    return True


def note_renditions(photo):
    """Pages may show the renditions, unless the photograph was deleted or turned meanwhile."""
    same = Photo.objects.filter(pk=photo.pk, image=photo.image.name)
    if not same.update(renditions_due_at=None, rendition_attempts=0):
        photo.delete_files()


def lease_photo():
    """Lease and return one due photograph, or None; each failed attempt doubles the pause."""
    return lease(Photo.objects.due(), "renditions_due_at", "rendition_attempts", choose_pause)


def choose_pause(photo):
    return min(LEASE * 2 ** min(photo.rendition_attempts, 12), LONGEST_PAUSE)
