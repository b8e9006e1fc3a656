"""Updates the search index of photographs when they, or title and moment of their posts, change.

The academic year of the post is indexed as a word: a common word within one year takes no longer.
Photographs of every post are indexed; who searches sees only those that he may choose.
"""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from college_site.russian.academic_year import AcademicYear
from college_site.russian.morphology import list_tokens
from college_site.russian.words import list_index_words, normalize
from news.models import Photo, PhotoEntry, Post
from news.search.query import Term

BATCH = 500
TEXTS = {"caption", "alt", "credit", "post", "post_id"}
OF_POST = {"title", "published_at"}


@transaction.atomic
def index_photos(photos):
    """Write the entries of a list of photographs with their posts; none for those without words."""
    PhotoEntry.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    entries = [PhotoEntry(pk=photo.pk, words=list_words(photo)) for photo in photos]
    PhotoEntry.objects.bulk_create([entry for entry in entries if entry.words])


def list_words(photo):
    title = photo.post.title if photo.post else ""
    text = normalize(" ".join([photo.caption, photo.alt, photo.credit, title]))
    tokens = " ".join(map(list_tokens, list_index_words(text)))
    words = set(tokens.split())
    if words and photo.post and photo.post.published_at:
        words.add(year_word(AcademicYear.of(photo.post.published_at)))
    return " ".join(sorted(words))


def year_word(year):
    """The word of an academic year in the index; nobody types it, for «y» is a Latin letter."""
    return f"y{year.start}"


def make_year_term(year):
    """The Term of the photographs in posts published in this academic year."""
    return Term((year_word(year),))


def rebuild():
    """Rebuild the whole index in short transactions; yields the number written so far."""
    last_key = count = 0
    while photos := list(
        Photo.objects.filter(pk__gt=last_key).select_related("post").order_by("pk")[:BATCH]
    ):
        index_photos(photos)
        last_key = photos[-1].pk
        count += len(photos)
        yield count
    PhotoEntry.objects.exclude(pk__in=Photo.objects.order_by().values("pk")).delete()


@receiver(post_save, sender=Photo)
def index_saved_photo(instance, created, update_fields, **kwargs):
    if created:
        if words := list_words(instance):
            PhotoEntry.objects.create(pk=instance.pk, words=words)
    elif update_fields is None or TEXTS & set(update_fields):
        index_photos([instance])


@receiver(post_delete, sender=Photo)
def delete_entry(instance, **kwargs):
    PhotoEntry.objects.filter(pk=instance.pk).delete()


@receiver(post_save, sender=Post)
def index_photos_of_post(instance, created, update_fields, **kwargs):
    if not created and (update_fields is None or OF_POST & set(update_fields)):
        index_photos(list(instance.photos.select_related("post")))
