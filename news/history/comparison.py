"""The differences of two versions of a post, for people: texts, facts, photographs."""

from datetime import date, datetime, time
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.dateparse import parse_date, parse_datetime, parse_time

from college_site.templatetags.typography import full_date, full_moment, plural
from news.editing.differences import mark_changes, readable_blocks
from news.models.media.photos import PhotoConsent, PhotoFocus
from news.models.publishing.states import PostKind

TEXTS = {"title": "Заголовок", "lead": "Лид", "body": "Текст"}
FACTS = {
    "kind": "Вид",
    "event_date": "Дата события",
    "event_end_date": "Последний день",
    "event_time": "Начало",
    "place": "Место",
    "topic": "Тема",
    "partners": "Участники",
    "announcement_id": "Анонс",
    "videos": "Видео",
    "documents": "Документы",
    "published_at": "Время выхода",
    "slug": "Адрес страницы",
}
PHOTO_WORDS = {
    "caption": "подпись",
    "alt": "что на снимке",
    "credit": "автор снимка",
    "consent": "люди на снимке",
    "focus": "главное на снимке",
    "is_decorative": "лишь украшает",
}
CHOICES = {"consent": dict(PhotoConsent.choices), "focus": dict(PhotoFocus.choices)}
YES = {True: "да", False: "нет"}


class TextChange(NamedTuple):
    """`marked` is HTML with <del> and <ins>, "" if only the markup changed."""

    label: str
    marked: str


class FactChange(NamedTuple):
    label: str
    before: str
    after: str


class PhotoChange(NamedTuple):
    """What happened to a photograph; `details` are pairs of a label and HTML with marks."""

    number: int
    kind: str  # added, removed or changed
    notes: list
    details: list


class Comparison(NamedTuple):
    texts: list
    facts: list
    photos: list

    @property
    def is_empty(self):
        return not (self.texts or self.facts or self.photos)


def compare_contents(before, after, name_announcement):
    """The Comparison of two contents; `name_announcement(number)` is what the user may read."""
    return Comparison(
        [compare_text(name, before, after) for name in TEXTS if before[name] != after[name]],
        [
            FactChange(label, *(show_fact(name, each, name_announcement) for each in both))
            for name, label in FACTS.items()
            if (both := (before, after)) and before[name] != after[name]
        ],
        compare_photos(before["photos"], after["photos"]),
    )


def compare_text(name, before, after):
    left, right = before[name], after[name]
    if name == "body":
        left, right = readable_blocks(left), readable_blocks(right)
    return TextChange(TEXTS[name], mark_changes(left, right) if left != right else "")


def show_fact(name, contents, name_announcement):
    """The words for a fact; those of several rows stand in lines."""
    value = contents[name]
    if not value:
        return ""
    if name == "announcement_id":
        return name_announcement(value)
    if name in ("partners", "documents", "videos"):
        return "\n".join(map(show_row, value))
    if name == "kind":
        return dict(PostKind.choices).get(value, value)
    parse = {
        "event_date": parse_date,
        "event_end_date": parse_date,
        "event_time": parse_time,
        "published_at": parse_datetime,
    }.get(name, str)
    return show_moment(parse(value))


def show_moment(value):
    if isinstance(value, datetime):
        return full_moment(value)
    if isinstance(value, date):
        return full_date(value)
    return f"{value:%H:%M}" if isinstance(value, time) else value


def show_row(row):
    """A partner, a document or a video."""
    if "name" in row:
        return f"{row['name']} (организатор)" if row["is_host"] else row["name"]
    return f"{row['title']}, {row['address']}" if "address" in row else row["title"]


def compare_photos(before, after):
    """The PhotoChanges in the order of `after`, those that were removed last."""
    old = {photo["id"]: photo for photo in before}
    new = {photo["id"]: photo for photo in after}
    moved = find_moved([each for each in old if each in new], [each for each in new if each in old])
    places = {number: place for place, number in enumerate(old, start=1)}
    changes = []
    for place, (number, photo) in enumerate(new.items(), start=1):
        if number not in old:
            changes.append(PhotoChange(number, "added", ["добавлена"], describe_photo(photo)))
            continue
        notes = [f"переставлена: {places[number]} → {place}"] if number in moved else []
        if photo["is_cover"] != old[number]["is_cover"]:
            notes.append("стала обложкой" if photo["is_cover"] else "больше не обложка")
        details = compare_details(old[number], photo)
        if notes or details:
            changes.append(PhotoChange(number, "changed", notes, details))
    removed = [photo for number, photo in old.items() if number not in new]
    return [
        *changes,
        *(PhotoChange(p["id"], "removed", ["убрана"], describe_photo(p)) for p in removed),
    ]


def find_moved(before, after):
    """The numbers that stand elsewhere among those of both versions: as few as possible."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    unmoved = {number for block in blocks for number in after[block.b : block.b + block.size]}
    return set(after) - unmoved


def compare_details(old, new):
    return [
        (label, mark_changes(show_detail(name, old), show_detail(name, new)))
        for name, label in PHOTO_WORDS.items()
        if old[name] != new[name]
    ]


def describe_photo(photo):
    words = photo["caption"] or photo["alt"]
    return [("подпись", words)] if words else []


def show_detail(name, photo):
    value = photo[name]
    return YES[value] if isinstance(value, bool) else CHOICES.get(name, {}).get(value, value)


def summarize_changes(before, after):
    """A line for the list: «заголовок, текст, фотографии: добавлены 3»; "" if nothing changed."""
    names = [
        label.lower() for name, label in {**TEXTS, **FACTS}.items() if before[name] != after[name]
    ]
    photos = compare_photos(before["photos"], after["photos"])
    return ", ".join([*names, *([summarize_photos(photos)] if photos else [])])


def summarize_photos(changes):
    words = {"added": "добавлено", "changed": "изменено", "removed": "убрано"}
    counts = {kind: sum(change.kind == kind for change in changes) for kind in words}
    told = [f"{words[kind]} {count}" for kind, count in counts.items() if count]
    return f"{plural(len(changes), 'фотография,фотографии,фотографий')} ({', '.join(told)})"
