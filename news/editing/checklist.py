"""What a post lacks before it is published: what the server would refuse, and advice."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from django.http import QueryDict

from college_site.russian.slugs import make_slug
from college_site.templatetags.typography import plural
from news.models import Post

FILE_NAME = re.compile(r"^\S+\.\w{2,5}$|^\S*_\S*$")
# The text may be what a browser has sent, before it is sanitised.
TEXT = re.compile(r"(?:^|>)\s*[^\s<]")
LINK = re.compile(r"<a\b[^<>]*>(?:<\w+>)?([^<>]{0,80})<")
SAYS_NOTHING = re.compile(
    r"(здесь|тут|сюда|ссылк[аеу]|по ссылке|по этой ссылке|подробнее|читать далее)[.!:…]*",
    re.IGNORECASE,
)
DOCUMENT_TITLE = re.compile(r"documents-[0-9]+-title")


class Task(NamedTuple):
    """What to do, the id of the element where it is done, whether the post is refused without."""

    words: str
    target: str
    is_required: bool = False


class Draft(NamedTuple):
    """What the form of a post contains; `documents` is {id of the field: title}."""

    fields: Mapping[str, str]
    documents: Mapping[str, str]

    def has(self, name):
        return bool(self.fields.get(name))


FIELDS = ("kind", "title", "slug", "lead", "body", "topic", "event_date")


def read_entries(entries: QueryDict):
    """The Draft of a form as it was sent or autosaved."""
    fields = {name: entries.get(name, "").strip() for name in FIELDS}
    titles = {f"id_{name}": entries[name] for name in entries if DOCUMENT_TITLE.fullmatch(name)}
    return Draft(fields, titles)


def read_post(post):
    """The Draft of a stored post, or of a new one."""
    fields = {name: str(getattr(post, name) or "") for name in FIELDS if name != "topic"}
    titles = [document.title for document in post.documents.all()] if post.pk else []
    documents = {f"id_documents-{number}-title": title for number, title in enumerate(titles)}
    return Draft({**fields, "topic": str(post.topic_id or "")}, documents)


def list_tasks(draft, photos):
    """The Tasks that are left, those without which the post is refused first."""
    tasks = [*check_event(draft), *check_words(draft), *check_photos(photos)]
    return sorted(tasks, key=lambda task: not task.is_required)


def check_words(draft):
    title, body = draft.fields["title"], draft.fields["body"]
    if not title:
        yield Task("Напишите заголовок", "id_title", is_required=True)
    elif not draft.has("slug") and not make_slug(title):
        words = "Напишите латиницей адрес: из\u00a0заголовка он не\u00a0получается"
        yield Task(words, "id_slug", is_required=True)
    if not draft.has("lead"):
        yield Task("Добавьте лид: одно-два предложения для списка новостей", "id_lead")
    if not TEXT.search(body) and "data-photo" not in body:
        yield Task("Напишите текст", "id_body")
    empty = [link for link in LINK.findall(body) if SAYS_NOTHING.fullmatch(link.strip())]
    if empty:
        what = plural(len(empty), "ссылку,ссылки,ссылок")
        words = f"Назовите словами {what}: «здесь» и\u00a0«тут» ничего не\u00a0говорят"
        yield Task(words, "id_body")
    if not draft.has("topic"):
        yield Task("Выберите тему", "id_topic")
    for field, title in draft.documents.items():
        if FILE_NAME.match(title.strip()):
            yield Task(f"Назовите документ словами: «{title.strip()}» — имя файла", field)


def check_event(draft):
    kind = draft.fields["kind"]
    if draft.has("event_date"):
        return
    if kind == Post.Kind.ANNOUNCEMENT:
        yield Task("Укажите дату события: без неё анонс не выйдет", "id_event_date", True)
    elif kind == Post.Kind.REPORT:
        yield Task("Укажите, когда было событие", "id_event_date")


def check_photos(photos):
    """Each kind of gap once, with the number of photographs and a link to the first of them."""
    if not photos:
        yield Task("Добавьте фотографии: без них на обложке только дата", "id_photographs")
    silent = [photo for photo in photos if not photo.alt and not photo.is_decorative]
    if silent:
        what = plural(len(silent), "фотографию,фотографии,фотографий")
        yield Task(f"Опишите для незрячих {what}", f"photo-{silent[0].pk}-alt")
    doubtful = [photo for photo in photos if not photo.consent]
    if doubtful:
        what = plural(len(doubtful), "фотография,фотографии,фотографий")
        words = f"Отметьте, можно ли показывать людей: {what}"
        yield Task(words, f"photo-{doubtful[0].pk}-consent")
    nameless = [photo for photo in photos if not photo.credit]
    if nameless:
        what = plural(len(nameless), "фотографии,фотографий,фотографий")
        yield Task(f"Укажите автора {what}", f"photo-{nameless[0].pk}-credit")


def summarise(tasks):
    """How much is left, in words: «Осталось: 1 обязательное, 3 совета»."""
    required = sum(task.is_required for task in tasks)
    advice = len(tasks) - required
    parts = [
        plural(required, "обязательное,обязательных,обязательных") if required else "",
        plural(advice, "совет,совета,советов") if advice else "",
    ]
    return f"Осталось: {', '.join(filter(None, parts))}" if tasks else "Всё на\u00a0месте"


def describe(draft, photos):
    """What the template of the checklist shows."""
    tasks = list_tasks(draft, photos)
    return {"tasks": tasks, "summary": summarise(tasks)}
