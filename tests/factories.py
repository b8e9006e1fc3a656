"""Factories of rows for tests; all arguments are optional unless they are positional."""

import datetime
import io
import itertools
import zipfile
from functools import lru_cache
from importlib import import_module
from types import SimpleNamespace
from uuid import uuid4

import pikepdf
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from PIL import Image

from college_site.models import College
from feedback.models import (
    Attachment,
    Consent,
    PreparedAnswer,
    Publication,
    RateLimitSpan,
    StaffMail,
    Suggestion,
    SuggestionTopic,
)
from feedback.models.rate_limits import Scope
from news.models import Autosave, Document, Partner, Photo, Post, Takedown, Topic, Video

PASSWORD = "correct horse battery staple"
numbers = itertools.count(1)


def college(**fields):
    """The college's row with contacts that differ from the demo's."""
    defaults = {
        "full_name": "Учебный техникум имени теста",
        "name": "Учебный техникум",
        "postal_code": "410000",
        "region": "Саратовская обл.",
        "city": "г. Саратов",
        "street_address": "ул. Учебная, д. 1",
        "phone": "8 (8452) 11-22-33",
        "email": "school@example.ru",
    }
    College.objects.filter(pk=College.ONLY).delete()
    return College.objects.create(**{**defaults, **fields})


def topic(**fields):
    number = next(numbers)
    return Topic.objects.create(**{"title": f"Тема {number}", "slug": f"tema-{number}", **fields})


def partner(**fields):
    number = next(numbers)
    defaults = {"name": f"АО «Завод {number}»", "slug": f"zavod-{number}"}
    return Partner.objects.create(**{**defaults, **fields})


def post(**fields):
    """A report published an hour ago."""
    defaults = {
        "title": f"Публикация {next(numbers)}",
        "lead": "О чём эта публикация.",
        "body": "<p>Текст публикации.</p>",
        "published_at": timezone.now() - datetime.timedelta(hours=1),
    }
    return Post.objects.create(**{**defaults, **fields})


def draft(**fields):
    return post(published_at=None, **fields)


def submitted(note="", **fields):
    """A draft that waits for an editor."""
    row = draft(**fields)
    row.submit(note)
    return row


def returned(reason="Добавьте дату.", **fields):
    """A draft that an editor gave back to its author."""
    row = submitted(**fields)
    row.return_to_author(reason)
    return row


def announcement(days_ahead=7, **fields):
    """A published announcement of an event in `days_ahead` days."""
    event_date = timezone.localdate() + datetime.timedelta(days=days_ahead)
    return post(**{"kind": Post.Kind.ANNOUNCEMENT, "event_date": event_date, **fields})


@lru_cache(maxsize=64)
def plain_picture(size, format):
    buffer = io.BytesIO()
    Image.new("RGB", size, "#0a5566").save(buffer, format)
    return buffer.getvalue()


def picture_bytes(size=(64, 48), format="JPEG", **options):
    """The bytes of a small picture file; `options` go to Pillow's save()."""
    if not options:
        return plain_picture(size, format)
    buffer = io.BytesIO()
    Image.new("RGB", size, "#0a5566").save(buffer, format, **options)
    return buffer.getvalue()


def autosave(**fields):
    """What a member of staff has entered into the form of a new post."""
    return Autosave.objects.create(**{"user": fields.pop("user", None) or staff(), **fields})


def noise_bytes(format="JPEG", **options):
    """The bytes of a picture of 400 × 400 pixels of many colours."""
    buffer = io.BytesIO()
    Image.effect_noise((400, 400), 80).convert("RGB").save(buffer, format, **options)
    return buffer.getvalue()


def photo(post=None, size=(64, 48), **fields):
    file = ContentFile(picture_bytes(size), name="IMG_0001.jpg")
    if "autosave" not in fields:
        post = post or globals()["post"]()
    return Photo.objects.create(post=post, image=file, **fields)


def takedown(**fields):
    """A photograph that was taken off the site."""
    defaults = {"digest": uuid4().hex, "reason": "Нет согласия."}
    return Takedown.objects.create(**{**defaults, **fields})


@lru_cache(maxsize=64)
def pdf_bytes(pages=1, **options):
    """The bytes of a PDF with empty pages; `options` go to pikepdf's save()."""
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(100, 100))
        pdf.save(buffer, **options)
    return buffer.getvalue()


OFFICE_MAIN = {  # by kind: the main part and what its content type is called
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}
OFFICE_TYPES = {  # by the end of a part's name, in lower case
    "core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def office_bytes(kind="docx", contents=None, *, main=None, types=None, relationships=None):
    """A document of Word, Excel or PowerPoint as an uploaded file holds it.

    `contents` are further parts by name, `types` their content types; `relationships` are lists of
    (id, purpose, target) by the name of the .rels part.
    """
    usual, word = OFFICE_MAIN[kind]
    main = main or usual
    vendor = "application/vnd.openxmlformats-officedocument"
    contents = {main: "<x/>", **(contents or {})}
    types = {main: f"{vendor}.{word}.main+xml", **(types or {})}
    for name in contents:
        file = name.rpartition("/")[2].lower()
        if file in OFFICE_TYPES:
            types.setdefault(name, OFFICE_TYPES[file])
    all_relationships = {"_rels/.rels": [("rId1", "officeDocument", main)], **(relationships or {})}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", office_types(types))
        for name, rows in all_relationships.items():
            file.writestr(name, office_relationships(rows))
        for name, content in contents.items():
            file.writestr(name, content)
    return buffer.getvalue()


def office_types(types):
    overrides = [f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in types.items()]
    default = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{PACKAGE}/content-types">{default}{"".join(overrides)}</Types>'


def office_relationships(rows):
    purposes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    found = [
        f'<Relationship Id="{id}" Type="{purposes}/{purpose}" Target="{target}"/>'
        for id, purpose, target in rows
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(found)}</Relationships>'


def document(post=None, **fields):
    file = ContentFile(pdf_bytes(), name="plan.pdf")
    defaults = {"title": "План работы", "file": file}
    return Document.objects.create(post=post or globals()["post"](), **{**defaults, **fields})


def video(post=None, **fields):
    defaults = {"address": "https://vkvideo.ru/video-1_2", "title": "День открытых дверей"}
    return Video.objects.create(post=post or globals()["post"](), **{**defaults, **fields})


def suggestion_topic(**fields):
    return SuggestionTopic.objects.create(**{"title": f"Вопрос {next(numbers)}", **fields})


def suggestion_entries(**changes):
    """The POST data of a form that is sent without contact."""
    return {
        "step": "send",
        "submission_key": str(uuid4()),
        "topic": changes.get("topic") or suggestion_topic().pk,
        "role": "student",
        "text": "Поставьте лавочки во дворе.",
        **changes,
    }


def consent(**fields):
    return Consent.objects.create(**{"version": next(numbers), "text": "Я согласен.", **fields})


def contact(email="a@example.ru"):
    """The fields of a suggestion whose author left an address."""
    return {"email": email, "consent": consent(), "consented_at": timezone.now()}


def suggestion(key=None, staging_hash="", **fields):
    """A registered suggestion; `key` is the submission key of its form."""
    defaults = {"role": Suggestion.Role.STUDENT, "text": "Поставьте лавочки во дворе."}
    fields = {**defaults, "topic": fields.pop("topic", None) or suggestion_topic(), **fields}
    return Suggestion(**fields).submit(key or uuid4(), staging_hash)


def attachment(staging_hash, **fields):
    """A small picture staged under the hash of its form's key."""
    content = picture_bytes()
    defaults = {"name": "Двор.jpg", "content_type": "image/jpeg", "size": len(content)}
    file = ContentFile(content, name=uuid4().hex)
    return Attachment.objects.create(staging_hash=staging_hash, file=file, **{**defaults, **fields})


def staff_mail(**fields):
    """A digest that waits to be sent."""
    defaults = {"kind": StaffMail.Kind.DIGEST, "day": timezone.localdate(), "subject": "Сводка"}
    recipient = fields.pop("recipient", None) or staff(email="head@example.ru")
    return StaffMail.objects.create(recipient=recipient, **{**defaults, **fields})


def rate_limit_span():
    return RateLimitSpan.objects.create(scope=Scope.TEXT, ends_at=timezone.now())


def answered(answer="Поставили.", **fields):
    """A suggestion answered by staff."""
    row = suggestion(**fields)
    row.give_answer(answer, staff())
    return row


def prepared_answer(**fields):
    defaults = {"title": f"Заготовка {next(numbers)}", "text": "Предложение {номер} принято."}
    return PreparedAnswer.objects.create(**{**defaults, **fields})


def promise(text="Поставим две лавочки.", **fields):
    """The open promise of an answered suggestion, for a month."""
    row = suggestion(**fields)
    due_on = timezone.localdate() + datetime.timedelta(days=30)
    row.give_answer("Хорошо.", staff(), decision="accepted", promise=(text, due_on))
    return row.promise


def publication(**fields):
    """A published answer to a suggestion whose author allowed it, by default to a new one."""
    defaults = {
        "title": "Лавочки во дворе",
        "text": "Поставьте лавочки во дворе.",
        "answer": "Поставили.",
        "published_at": timezone.now(),
    }
    source = fields.pop("suggestion", None) or suggestion(may_publish=True)
    if not source.may_publish:
        source.may_publish = True
        source.save(update_fields=["may_publish"])
    fields = {"suggestion": source, **defaults, **fields}
    return Publication.objects.create(**fields)


def member(role, **fields):
    """A member of staff in one role; the groups are gone after a test that empties the tables."""
    if not Group.objects.filter(name=role).exists():
        editor = SimpleNamespace(connection=connection)
        for module in ("news.migrations.0004_roles", "feedback.migrations.0006_roles"):
            import_module(module).create_roles(apps, editor)
        import_module("news.migrations.0007_known_word").permit_editors(apps, editor)
    user = User.objects.create_user(
        **{"username": f"{role}{next(numbers)}", "password": PASSWORD, "is_staff": True, **fields}
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def staff_with(*rights):
    """A member of staff with exactly these permissions."""
    user = User.objects.create_user(f"staff{next(numbers)}", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def app_of(user, **fields):
    """An app with codes, the second factor of the user."""
    return TOTPDevice.objects.create(user=user, name="Приложение", **fields)


def code_of(device):
    """The code that the app shows now."""
    return f"{totp(device.bin_key):06}"


def staff(**fields):
    """A superuser; the password is PASSWORD."""
    defaults = {"username": f"teacher{next(numbers)}", "password": PASSWORD}
    return User.objects.create_superuser(**{**defaults, **fields})
