"""What a version of a post holds, as JSON.

Photographs and documents are numbers with words, never files or addresses of files.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder

from news.models import Post

FIELDS = (
    "kind",
    "title",
    "slug",
    "lead",
    "body",
    "topic_id",
    "place",
    "announcement_id",
    "event_date",
    "event_end_date",
    "event_time",
    "published_at",
)
OF_PHOTO = ("caption", "alt", "is_decorative", "credit", "consent", "focus", "is_cover")


def read_contents(post):
    """The contents of the stored post as a JSON text."""
    stored = (
        Post.objects.select_related("topic")
        .prefetch_related("participations__partner", "documents", "videos", "photos")
        .get(pk=post.pk)
    )
    contents = {
        **{name: getattr(stored, name) for name in FIELDS},
        "topic": stored.topic.title if stored.topic else "",
        "partners": [
            {"id": row.partner_id, "name": row.partner.name, "is_host": row.is_host}
            for row in stored.participations.all()
        ],
        "documents": [{"id": row.pk, "title": row.title} for row in stored.documents.all()],
        "videos": [
            {"address": row.address, "title": row.title, "still": row.still_id}
            for row in stored.videos.all()
        ],
        "photos": [
            {"id": photo.pk, **{name: getattr(photo, name) for name in OF_PHOTO}}
            for photo in stored.photos.all()
        ],
    }
    return write_contents(contents)


def write_contents(contents):
    return json.dumps(contents, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def erase_words(text, numbers):
    """Contents as a JSON text without the words about photographs, which may name a person."""
    contents = json.loads(text)
    for photo in contents["photos"]:
        if photo["id"] in numbers:
            photo |= {"caption": "", "alt": ""}
    return write_contents(contents)
