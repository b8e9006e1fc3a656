"""Makes a draft of a Word document, with its pictures as photographs in their places."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator

from college_site.uploads.pictures.images import clean_uploaded_photograph
from college_site.uploads.sandbox import staff_turn
from college_site.uploads.word_documents import read_uploaded_word_document
from news.importing.articles import MOST_ALT, clean_alt, compose_article
from news.models import Post, Takedown
from news.models.media.takedowns import lock_pictures

MOST_PICTURES = 60


@dataclass(frozen=True)
class Import:
    """A document that was read: nothing of it is stored yet.

    `pictures` are CleanPictures by the number that the text has for them.
    """

    article: object
    pictures: dict
    alts: dict
    notes: list


def read_import(file):
    """The Import of an uploaded file; raises ValidationError in words for the uploader."""
    with staff_turn() as turn:
        document = read_uploaded_word_document(file, turn)
        pictures, refusals = clean_pictures(document.pictures, turn)
    article = compose_article(document, pictures.keys())
    alts, long_alts = clean_alts(document.pictures)
    notes = [*document.notes, *refusals, *long_alts, *article.notes]
    return Import(article, pictures, alts, notes)


def clean_pictures(pictures, turn):
    """({number: CleanPicture}, notes on those that are left out)."""
    clean, notes = {}, []
    with ThreadPoolExecutor(settings.DECODERS["staff"]) as threads:
        outcomes = threads.map(lambda each: clean_one(each, turn), pictures[:MOST_PICTURES])
        for number, (found, note) in enumerate(outcomes):
            if found and (takedown := Takedown.objects.find(found.digest)):
                found, note = None, f"этот снимок сняли с\u00a0сайта: {takedown.reason}"
            place = pictures[number].place
            if found is None:
                notes.append(f"Не\u00a0перенесена картинка ({place}): {note}".rstrip("."))
                continue
            clean[number] = found
            if found.lost:
                notes.append(f"У\u00a0снимка {place} не\u00a0сохранился {found.lost}")
    if rest := pictures[MOST_PICTURES:]:
        notes.append(
            f"Не\u00a0перенесены картинки, всего: {len(rest)}, первая {rest[0].place}. "
            f"За один раз переносятся {MOST_PICTURES}"
        )
    return clean, notes


def clean_one(picture, turn):
    """(CleanPicture or None, why there is none); several threads wait for decoders at once."""
    if not picture.size:
        return None, "она повреждена или больше 30\u00a0МБ"
    try:
        return clean_uploaded_photograph(picture, turn), ""
    except ValidationError as error:
        return None, " ".join(error.messages)


def clean_alts(pictures):
    """({number: alternative text}, notes on those that are cut)."""
    alts, notes = {}, []
    for number, picture in enumerate(pictures):
        text = clean_alt(picture.alt)
        alts[number] = Truncator(text).chars(MOST_ALT)
        if len(text) > MOST_ALT:
            notes.append(f"Сокращено описание снимка {picture.place}: «{text}»")
    return alts, notes


@transaction.atomic
def create_draft(read, author):
    """The Post of an author that an Import makes."""
    article, pictures = read.article, list_permitted(read.pictures)
    post = Post(title=article.title, lead=article.lead, author=author)
    post.slug = post.unique_slug() or f"iz-word-{uuid4().hex[:8]}"
    post.save()
    post.add_photos(pictures.values())
    photos = dict(zip(pictures, post.photos.all(), strict=True))
    for number, photo in photos.items():
        photo.caption = article.captions.get(number, "")
        photo.alt = read.alts[number]
        photo.save(update_fields=["caption", "alt"])
    post.body = article.body({number: photo.pk for number, photo in photos.items()})
    post.save(update_fields=["body", "updated_at"])
    return post


def list_permitted(pictures):
    """Without pictures that were taken off the site while the document was read."""
    digests = {picture.digest for picture in pictures.values()}
    lock_pictures(digests)
    refused = set(Takedown.objects.filter(digest__in=digests).values_list("digest", flat=True))
    return {number: each for number, each in pictures.items() if each.digest not in refused}
