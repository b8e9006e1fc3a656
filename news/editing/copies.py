"""New drafts from a stored post: a copy, or the report of an announced event."""

from django.db import transaction

from news.models import Participation, Post
from news.models.media.takedowns import lock_pictures
from news.photos.copies import copy_photo, delete_copies
from news.photos.placement import replace_placed

COPIED = ("kind", "title", "lead", "body", "topic", "place")
OF_EVENT = ("title", "topic", "place", "event_date", "event_end_date", "event_time")


def values_of(row, names):
    return {name: getattr(row, name) for name in names}


def begin_report(announcement, author):
    """(report, whether it is new): a draft of what is known of the event, or the begun one."""
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=announcement.pk)  # a second click waits here
        begun = announcement.reports.outside_bin().filter(published_at=None).first()
        if begun:
            return begun, False
        report = Post.objects.create(
            kind=Post.Kind.REPORT,
            announcement=announcement,
            author=author,
            **values_of(announcement, OF_EVENT),
        )
        copy_partners(announcement, report)
    return report, True


def copy_post(post, author):
    """(copy, photographs that could not be copied): a draft with new files of its photographs."""
    files = []
    try:
        with transaction.atomic():
            copy = Post.objects.create(author=author, **values_of(post, COPIED))
            copy_partners(post, copy)
            numbers, lost = copy_photos(post, copy, files)
            copy.body = replace_placed(copy.body, numbers)
            copy.save(update_fields=["body"])
    except BaseException:
        delete_copies(files)
        raise
    return copy, lost


def copy_partners(post, copy):
    Participation.objects.bulk_create(
        Participation(post=copy, **values_of(row, ("partner", "is_host", "order")))
        for row in post.participations.select_related("partner")
    )


def copy_photos(post, copy, files):
    """({key of a photograph: key of its copy}, those without a file); adds new ones to `files`."""
    numbers, lost = {}, []
    photos = list(post.photos.all())
    lock_pictures(photo.digest for photo in photos)
    for photo in photos:
        place = {"post": copy, **values_of(photo, ("is_cover", "order"))}
        try:
            numbers[photo.pk] = copy_photo(photo, files, **place).pk
        except FileNotFoundError:
            lost.append(photo)
    return numbers, lost
