"""Brings a version of a post back: its texts and facts into the form, captions to photographs.

The form is filled like one with unsaved entries, so nothing of the present is lost before somebody
has looked at both and saved. Photographs have no unsaved state: what is brought back of them is
stored at once, after the present.
"""

import json
from urllib.parse import urlencode

from django.db import transaction
from django.utils.dateparse import parse_date

from college_site.http.conditional_get import invalidate
from news.history.contents import OF_PHOTO, read_contents
from news.history.recording import record, store_present
from news.models import Partner, Photo, Post
from news.models.editing.revisions import RevisionAct
from news.photos.placement import list_placed, replace_placed

TEXTS = ("kind", "title", "lead", "place")
DATES = ("event_date", "event_end_date")


def make_entries(post, revision):
    """What the form of the post would send with the contents of the revision, encoded.

    Address and moment of publication stay as they are: nobody takes them back by the way.
    """
    contents = json.loads(revision.contents)
    entries = {
        **{name: contents[name] for name in TEXTS},
        **{name: show_day(contents[name]) for name in DATES},
        "body": restore_marks(post, contents["body"]),
        "topic": contents["topic_id"] or "",
        "announcement": contents["announcement_id"] or "",
        "event_time": contents["event_time"] or "",
        "version": post.version,
        "revision": revision.pk,
        **list_partner_entries(post, contents["partners"]),
        **list_video_entries(post, contents["videos"]),
        **list_document_entries(post, contents["documents"]),
    }
    return urlencode(entries)


def show_day(text):
    return f"{parse_date(text):%d.%m.%Y}" if text else ""


def restore_marks(post, body):
    """The body without the places of photographs that are gone."""
    present = post.photos.filter(pk__in=list_placed(body)).values_list("pk", flat=True)
    return replace_placed(body, {number: number for number in present})


def list_partner_entries(post, partners):
    """Those added since are marked for deletion; partners that are gone are left out."""
    wanted = {row["id"]: row for row in partners}
    existing = Partner.objects.in_bulk(list(wanted))
    stored = {row.partner_id: row for row in post.participations.all()}
    rows = []
    for number, row in stored.items():
        entry = {"id": row.pk, "partner": number, "order": row.order}
        rows.append(entry | row_of_partner(wanted.get(number)))
    for number in wanted:
        if number in existing and number not in stored:
            rows.append({"id": "", "partner": number} | row_of_partner(wanted[number]))
    return list_rows("participations", rows)


def row_of_partner(wanted):
    if wanted is None:
        return {"DELETE": "on"}
    return {"is_host": "on"} if wanted["is_host"] else {}


def list_video_entries(post, videos):
    wanted = {row["address"]: row for row in videos}
    stored = {row.address: row for row in post.videos.all()}
    stills = set(post.photos.values_list("pk", flat=True))
    rows = []
    for address in {**stored, **wanted}:
        row = stored.get(address)
        entry = {"id": row.pk if row else "", "address": address}
        if address not in wanted:
            rows.append({**entry, "title": row.title, "DELETE": "on"})
            continue
        still = wanted[address]["still"]
        still = still if still in stills else ""
        rows.append({**entry, "title": wanted[address]["title"], "still": still})
    return list_rows("videos", rows)


def list_document_entries(post, documents):
    """The titles of the documents that are still there: a deleted one has no file any more."""
    titles = {row["id"]: row["title"] for row in documents}
    rows = [
        {"id": row.pk, "title": titles.get(row.pk, row.title), "order": row.order}
        for row in post.documents.all()
    ]
    return list_rows("documents", rows)


def list_rows(prefix, rows):
    """The entries of an inline."""
    entries = {f"{prefix}-TOTAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        entries |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return entries


def list_lost(post, contents):
    """Sentences about what was deleted since and cannot be brought back."""
    photos = {photo["id"] for photo in contents["photos"]}
    gone = len(photos) - post.photos.filter(pk__in=photos).count()
    there = set(post.documents.values_list("pk", flat=True))
    documents = [row["title"] for row in contents["documents"] if row["id"] not in there]
    sentences = []
    if gone:
        sentences.append(
            f"Не вернуть фотографий: {gone}. Их удалили с сайта вместе с файлами, копий нет."
        )
    if documents:
        names = ", ".join(f"«{title}»" for title in documents)
        sentences.append(f"Не вернуть документы: {names}. Их файлы удалены, приложите их снова.")
    return sentences


def restore_photos(post, revision, user, words):
    """Give the photographs that are still there their captions, order and cover of the revision.

    Those that came later follow in their present order.
    """
    wanted = {photo["id"]: photo for photo in json.loads(revision.contents)["photos"]}
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        store_present(post, is_compared=True)
        photos = {photo.pk: photo for photo in post.photos.all()}
        in_order = [number for number in wanted if number in photos]
        in_order += [number for number in photos if number not in wanted]
        for order, number in enumerate(in_order, start=1):
            photos[number].order = order
            for name, value in wanted.get(number, {}).items():
                if name in OF_PHOTO:
                    setattr(photos[number], name, value)
        write_photos(post, [photos[number] for number in in_order])
        record(post, user, RevisionAct.CAPTIONED, words)


def write_photos(post, photos):
    """Write their details, with one cover among them."""
    covers = [photo for photo in photos if photo.is_cover]
    for photo in photos:
        photo.is_cover = photo in covers[:1]
    post.photos.covers().update(is_cover=False)
    Photo.objects.bulk_update(photos, ["order", *OF_PHOTO])
    post.choose_cover()
    invalidate()


def has_other_photos(post, contents):
    """Whether restore_photos() would change anything."""
    present = json.loads(read_contents(post))["photos"]
    numbers = {photo["id"] for photo in present}
    wanted = [photo for photo in contents["photos"] if photo["id"] in numbers]
    known = {photo["id"] for photo in contents["photos"]}
    return wanted != [photo for photo in present if photo["id"] in known]
