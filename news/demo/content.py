"""Creates topics, partners and posts with photographs from posts.toml."""

import datetime
import io
import tomllib
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from news.models import Participation, Partner, Photo, Post, Topic

SOURCE = Path(__file__).with_name("posts.toml")
PICTURES = SOURCE.with_name("pictures")


def fill():
    """Create everything that posts.toml describes; returns the number of posts."""
    content = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    topics = {topic["slug"]: Topic.objects.create(**topic) for topic in content["topics"]}
    partners = {entry["slug"]: Partner.objects.create(**entry) for entry in content["partners"]}
    for entry in content["posts"]:
        post = create_post(entry, topics[entry["topic"]])
        for order, slug in enumerate(entry["partners"], start=1):
            Participation.objects.create(post=post, partner=partners[slug], order=order)
        for order, photo in enumerate(entry.get("photos", []), start=1):
            create_photo(post, photo, order)
    return len(content["posts"])


def create_post(entry, topic):
    """Create a post from an entry of posts.toml; dates are absolute or in days from today."""
    fields = ("kind", "slug", "title", "lead", "body", "place")
    event_date, event_end_date = event_days(entry)
    return Post.objects.create(
        topic=topic,
        event_date=event_date,
        event_end_date=event_end_date,
        event_time=entry.get("event_time"),
        published_at=publication_moment(entry),
        **{field: entry[field] for field in fields},
    )


def event_days(entry):
    """The first and last day of an event, moved forward to working days if relative.

    The last day is None for an event of one day; both are None for an entry without an event.
    """
    if "event_in_days" not in entry:
        return entry.get("event_date"), entry.get("event_end_date")
    first = timezone.localdate() + datetime.timedelta(days=entry["event_in_days"])
    lasts = entry.get("event_lasts_days", 1)
    while not all(is_working_day(first + datetime.timedelta(days=n)) for n in range(lasts)):
        first += datetime.timedelta(days=1)
    return first, first + datetime.timedelta(days=lasts - 1) if lasts > 1 else None


def is_working_day(day):
    """Whether the day is neither on a weekend nor in the winter holidays."""
    in_holidays = (day.month, day.day) >= (12, 27) or (day.month, day.day) <= (1, 10)
    return day.weekday() < 5 and not in_holidays


def publication_moment(entry):
    if "published" in entry:
        return timezone.make_aware(entry["published"])
    return timezone.now() - datetime.timedelta(days=entry["published_days_ago"])


def create_photo(post, entry, order):
    """Create a photograph from a picture, cleaned like an upload."""
    file = io.BytesIO()
    open_picture(entry["picture"]).save(file, "PNG", compress_level=1)  # uploads may not be AVIF
    Photo.objects.create(
        post=post,
        image=ContentFile(file.getvalue(), name="picture.png"),
        order=order,
        is_cover=order == 1,
        **{field: entry[field] for field in ("alt", "caption", "credit")},
    )


def open_picture(name):
    """Open a file of PICTURES as a Pillow image, which is decoded lazily."""
    return Image.open(PICTURES / name)
