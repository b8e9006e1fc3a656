"""Uploads of visitors: accepted files, cleaning, error messages."""

import datetime
import hashlib
import io
import struct
import zlib

import pikepdf
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, transaction
from PIL import Image

from feedback import staged_files
from feedback.models import Attachment
from feedback.staged_files import AttachmentsField, prune_staged_files, stage_uploads
from tests import factories

HASH = "0" * 64


def upload(content, name="IMG_1.jpg"):
    return SimpleUploadedFile(name, content)


def pdf(change=None, **options):
    """A PDF of one page as bytes; `change` is a function that modifies it."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(100, 100))
    if change:
        change(document)
    buffer = io.BytesIO()
    document.save(buffer, **options)
    return buffer.getvalue()


def add_script(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.Root.OpenAction = document.make_indirect(action)
    document.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["x", action]))
    )
    document.pages[0].AA = pikepdf.Dictionary(O=action)
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])
    document.attachments["virus.exe"] = b"MZ virus"


def png_bomb(side=20_000):
    """A PNG of a few kilobytes with 400 million pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000 * side)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def photo_with_location():
    """A photograph with its location and author in the metadata."""
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 1.0, 17.0)
    return factories.picture_bytes((80, 60), exif=exif)


def read(attachment):
    with attachment.file.open() as file:
        return file.read()


# Accepted files -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_accepted_picture_format_is_converted_to_jpeg(format):
    content = factories.picture_bytes((80, 60), format=format)
    (stored,) = stage_uploads([upload(content, "снимок.bin")], HASH)
    assert (stored.content_type, stored.name) == ("image/jpeg", "снимок.jpg")
    with Image.open(io.BytesIO(read(stored))) as image:
        assert (image.format, image.size) == ("JPEG", (80, 60))
    assert stored.size == len(read(stored))


@pytest.mark.django_db
def test_exif_metadata_is_removed():
    content = photo_with_location()
    assert b"Secret camera" in content
    (stored,) = stage_uploads([upload(content)], HASH)
    assert b"Secret camera" not in read(stored)
    with Image.open(io.BytesIO(read(stored))) as image:
        assert not image.getexif()


@pytest.mark.django_db
def test_scripts_actions_and_embedded_files_are_removed_from_a_pdf():
    content = pdf(add_script)
    assert all(word in content for word in (b"JavaScript", b"Launch", b"EmbeddedFile"))
    (stored,) = stage_uploads([upload(content, "plan.pdf")], HASH)
    assert (stored.content_type, stored.name) == ("application/pdf", "plan.pdf")
    clean = pikepdf.open(io.BytesIO(read(stored)))
    assert len(clean.pages) == 1
    for word in (b"JavaScript", b"Launch", b"EmbeddedFile", b"virus", b"OpenAction", b"/AA"):
        assert word not in read(stored)


@pytest.mark.django_db
def test_data_appended_to_a_picture_or_pdf_is_removed():
    page = b"<script>alert(1)</script>"
    files = [upload(factories.picture_bytes() + page), upload(pdf() + page, "plan.pdf")]
    staged = stage_uploads(files, HASH)
    assert len(staged) == 2
    for stored in staged:
        assert page not in read(stored)


@pytest.mark.django_db
def test_the_stored_hash_is_of_the_original_upload():
    content = photo_with_location()
    (stored,) = stage_uploads([upload(content)], HASH)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.django_db
def test_the_stored_file_name_is_independent_of_the_uploaded_name():
    (stored,) = stage_uploads([upload(factories.picture_bytes(), "../../Иванов.jpg")], HASH)
    assert stored.file.name.startswith("attachments/")
    assert "Иванов" not in stored.file.name
    assert stored.name == "Иванов.jpg"


@pytest.mark.django_db
def test_an_identical_upload_is_stored_once():
    content = factories.picture_bytes()
    assert len(stage_uploads([upload(content)], HASH)) == 1
    assert stage_uploads([upload(content)], HASH) == []
    assert Attachment.objects.count() == 1


# Rejected files -----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html><script>alert(1)</script>", "принимаются снимки"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "принимаются снимки"),
        (factories.picture_bytes(format="GIF"), "принимаются снимки"),
        (b"MZ\x90\0", "принимаются снимки"),
        (b"\xff\xd8\xff" + b"\0" * 50, "повреждён"),
        (factories.picture_bytes((400, 400))[:300], "повреждён"),
        (b"%PDF-1.7\nnothing", "PDF повреждён"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "закрыт паролем"),
        (png_bomb(), "млн точек"),
    ],
    ids=["html", "svg", "gif", "exe", "noise", "cut", "no-pdf", "locked", "bomb"],
)
def test_an_unsafe_file_is_refused_with_its_name_and_the_reason(content, reason):
    with pytest.raises(ValidationError) as refusal:
        stage_uploads([upload(content, "отчёт.pdf")], HASH)
    (message,) = refusal.value.messages
    assert message.startswith("«отчёт.pdf»: ")
    assert reason in message
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_valid_files_are_stored_although_another_is_refused():
    with pytest.raises(ValidationError):
        stage_uploads([upload(b"x"), upload(factories.picture_bytes())], HASH)
    assert Attachment.objects.count() == 1


def list_refusals(*uploads):
    with pytest.raises(ValidationError) as refusal:
        stage_uploads(list(uploads), HASH)
    return refusal.value.messages


def pictures(*sides):
    return [upload(factories.picture_bytes((side, side)), f"{side}.jpg") for side in sides]


@pytest.mark.django_db
def test_files_beyond_the_limit_of_five_are_named():
    assert list_refusals(*pictures(*range(10, 17))) == [
        "Можно приложить до 5 файлов. Не поместились: «15.jpg», «16.jpg»."
    ]
    assert Attachment.objects.count() == 5


@pytest.mark.django_db
def test_a_refused_file_does_not_count_towards_the_limit():
    assert list_refusals(upload(b"x", "x.jpg"), *pictures(10, 11, 12, 13, 14)) == [
        "«x.jpg»: принимаются снимки (JPEG, PNG, WebP, HEIC) и PDF."
    ]
    assert Attachment.objects.count() == 5


@pytest.mark.django_db
def test_at_most_ten_refused_files_are_examined(monkeypatch):
    monkeypatch.setattr(staged_files, "size_problem", lambda upload: "не годится")
    messages = list_refusals(*[upload(b"x", f"{number}.jpg") for number in range(12)])
    assert len(messages) == 11
    assert messages[-1].endswith("Не поместились: «10.jpg», «11.jpg».")


@pytest.mark.django_db
def test_empty_and_oversized_files_are_refused_and_a_valid_one_stored():
    large = upload(b"x" * (7 * 1024 * 1024 + 1), "большой.pdf")
    assert list_refusals(large, upload(b"", "пустой.pdf"), *pictures(10)) == [
        "«большой.pdf»: 7,0\u00a0МБ, а принимаются до 7,0\u00a0МБ.",
        "«пустой.pdf»: файл пуст.",
    ]
    assert Attachment.objects.get().name == "10.jpg"


@pytest.mark.django_db
def test_an_error_message_ends_with_a_single_full_stop():
    assert list_refusals(upload(png_bomb(), "снимок.png"))[0].endswith("до 51 млн точек.")


@pytest.mark.django_db
def test_no_file_remains_on_disk_when_the_database_fails(monkeypatch, media_root):
    def fail():
        raise OperationalError("locked")

    monkeypatch.setattr(staged_files.Register, "lock", fail)
    with pytest.raises(OperationalError):
        stage_uploads(pictures(10), HASH)
    assert list((media_root / "attachments").iterdir()) == []


def test_the_form_field_accepts_no_files_or_several():
    field = AttachmentsField(required=False)
    assert field.clean([]) == []
    assert len(field.clean([upload(b"x")] * 5)) == 5


# Deletion -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_staged_file_is_pruned_after_a_day():
    (stored,) = stage_uploads([upload(factories.picture_bytes())], HASH)
    assert not prune_staged_files()
    with time_machine.travel(stored.uploaded_at + datetime.timedelta(hours=24, minutes=1)):
        assert prune_staged_files()
        assert not prune_staged_files()
    assert not default_storage.exists(stored.file.name)


@pytest.mark.django_db(transaction=True)
def test_the_file_of_a_suggestion_is_never_pruned():
    (stored,) = stage_uploads([upload(factories.picture_bytes())], HASH)
    suggestion = factories.suggestion(staging_hash=HASH)
    with time_machine.travel(stored.uploaded_at + datetime.timedelta(days=400)):
        assert not prune_staged_files()
    assert list(suggestion.attachments.all()) == [stored]
    assert suggestion.events.get().attachments.get() == stored


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_deletion_leaves_the_file_on_disk():
    (stored,) = stage_uploads([upload(factories.picture_bytes())], HASH)
    with transaction.atomic():
        stored.delete()
        transaction.set_rollback(True)
    assert default_storage.exists(Attachment.objects.get().file.name)
