"""Takes a photograph off the site: all its uses, files, marks and words about it at once."""

from urllib.parse import urlencode

from django.db import transaction
from django.utils import timezone

from news.history.contents import erase_words
from news.models import Autosave, Photo, Post, Revision, Takedown
from news.models.media.takedowns import lock_pictures
from news.photos.placement import list_placed, replace_placed


@transaction.atomic
def take_down(photo, user, reason):
    """Delete the photograph and its copies in other posts; returns (Takedown, posts that had one).

    Their files go after the commit. The Takedown remains, without anything of the picture. A
    request that stores the picture or a version of these posts ends before, or finds it gone.
    """
    lock_pictures([photo.digest])
    uses = Photo.objects.filter(digest=photo.digest)
    keys = list(uses.exclude(post=None).values_list("post", flat=True))
    posts = list(Post.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True))
    photos = list(uses.order_by("pk").select_for_update())
    erase_history(posts, {each.pk for each in photos})
    for each in photos:
        remove_marks(each)
        each.remove()
    takedown, _ = Takedown.objects.update_or_create(
        digest=photo.digest,
        defaults={
            "reason": reason,
            "uses": len(posts),
            "user": user,
            "created_at": timezone.now(),
        },
    )
    return takedown, posts


def erase_history(posts, numbers):
    """Erase captions and alternative texts of these photographs from the versions of posts."""
    for revision in Revision.objects.filter(post__in=posts).order_by("pk").iterator():
        contents = erase_words(revision.contents, numbers)
        if contents != revision.contents:
            Revision.objects.filter(pk=revision.pk).update(contents=contents)


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
