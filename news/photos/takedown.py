"""Takes a photograph off the site: all its uses, files and marks in texts at once."""

from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone

from news.models import Autosave, Photo, Post, Takedown
from news.photos.placement import list_placed, replace_placed


@transaction.atomic
def take_down(photo, user, reason):
    """Delete the photograph and its copies in other posts; returns the posts that had one.

    Their files go after the commit. The Takedown remains, without anything of the picture.
    """
    uses = Photo.objects.filter(digest=photo.digest).select_for_update().order_by("pk")
    photos = list(uses)
    posts = list(Post.objects.filter(photos__in=photos).distinct())
    for each in photos:
        remove_marks(each)
        each.remove()
    Takedown.objects.update_or_create(
        digest=photo.digest,
        defaults={
            "label": str(photo),
            "reason": reason,
            "uses": len(posts),
            "user": user,
            "created_at": timezone.now(),
        },
    )
    return posts


def remove_marks(photo):
    """Remove the marks of the photograph from the stored text and from unsaved ones.

    The version of the post stays, so that a form open just now is not refused as stale.
    """
    mark = f'<figure data-photo="{photo.pk}"></figure>'
    if photo.post_id:
        body = Post.objects.values_list("body", flat=True).get(pk=photo.post_id)
        if photo.pk in (placed := list_placed(body)):
            others = {number: number for number in placed if number != photo.pk}
            changes = {"body": replace_placed(body, others), "updated_at": timezone.now()}
            Post.objects.filter(pk=photo.post_id).update(**changes)
    encoded = urlencode({"": mark})[1:]
    for slot in Autosave.objects.filter(entries__contains=encoded):
        entries = slot.entries.replace(encoded, "")
        Autosave.objects.filter(pk=slot.pk).update(entries=entries)
