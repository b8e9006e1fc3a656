"""Streams of PDF files: metadata of photographs, decompression bombs."""

import io
import zlib
from types import SimpleNamespace

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from college_site.uploads import visitor_file_cleaning
from college_site.uploads.pdf import streams as pdf_streams
from college_site.uploads.sandbox import VISITORS
from feedback.staged_files import LARGEST
from tests import factories
from tests.feedback.test_attachments import photo_with_location

Name = pikepdf.Name


def clean_pdf(content):
    clean, _ = visitor_file_cleaning.clean_pdf(content)
    return clean


def pdf(content, **entries):
    """A PDF with one image of these bytes; `entries` are the keys of its dictionary."""
    document = pikepdf.new()
    image = pikepdf.Stream(document, content)
    kind = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 80, "Height": 60}
    for key, value in {**kind, **entries}.items():
        image[f"/{key}"] = value
    page = document.add_blank_page(page_size=(100, 100)).obj
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    buffer = io.BytesIO()
    document.save(buffer, compress_streams=False)
    return buffer.getvalue()


def photograph_in(content):
    """The bytes of the JPEG in a PDF."""
    with pikepdf.open(io.BytesIO(content)) as document:
        image = document.pages[0].Resources.XObject.Im0
        assert image.Filter == Name.DCTDecode
        return image.read_raw_bytes()


def pixels(jpeg):
    with Image.open(io.BytesIO(jpeg)) as image:
        return image.mode, image.tobytes()


def test_exif_is_removed_from_a_photograph_without_changing_pixels():
    photograph = photo_with_location()
    clean = clean_pdf(pdf(photograph, Filter=Name.DCTDecode))
    jpeg_after = photograph_in(clean)
    assert b"Secret camera" in photograph
    assert b"Secret camera" not in clean
    assert b"Exif" not in jpeg_after
    assert pixels(jpeg_after) == pixels(photograph)


def test_a_doubly_compressed_photograph_is_cleaned():
    filters = pikepdf.Array([Name.FlateDecode, Name.DCTDecode])
    clean = clean_pdf(pdf(zlib.compress(photo_with_location()), Filter=filters))
    jpeg_after = photograph_in(clean)
    assert pixels(jpeg_after) == pixels(photo_with_location())
    assert b"Secret camera" not in jpeg_after


@pytest.mark.parametrize("options", [{"progressive": True}, {"comment": b"Secret camera"}])
def test_progressive_photographs_are_preserved_and_comments_removed(options):
    photograph = factories.picture_bytes((80, 60), **options)
    jpeg_after = photograph_in(clean_pdf(pdf(photograph, Filter=Name.DCTDecode)))
    assert pixels(jpeg_after) == pixels(photograph)
    assert b"Secret camera" not in jpeg_after


def test_cmyk_colours_are_preserved():
    buffer = io.BytesIO()
    Image.new("CMYK", (80, 60), (10, 80, 120, 30)).save(buffer, "JPEG")
    jpeg_after = photograph_in(clean_pdf(pdf(buffer.getvalue(), Filter=Name.DCTDecode)))
    assert b"Adobe" in jpeg_after
    assert pixels(jpeg_after) == pixels(buffer.getvalue())


def test_data_appended_to_a_photograph_is_removed():
    content = pdf(photo_with_location() + photo_with_location(), Filter=Name.DCTDecode)
    jpeg_after = photograph_in(clean_pdf(content))
    assert jpeg_after.count(b"\xff\xd8") == 1
    assert b"Secret camera" not in jpeg_after


@pytest.mark.parametrize("key", ["PieceInfo", "Properties", "OPI", "Metadata", "Measure", "AF"])
def test_dictionary_keys_with_metadata_are_removed(key):
    metadata = pikepdf.Dictionary(Author="Secret author")
    content = pdf(
        b"\0" * 80 * 60, **{key: metadata}, Resources=pikepdf.Dictionary({f"/{key}": metadata})
    )
    assert b"Secret author" in content
    clean = clean_pdf(content)
    assert b"Secret author" not in clean
    assert f"/{key}".encode() not in clean


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"no picture", b"\xff\xd8\xff\xe1\0"])
def test_a_damaged_photograph_is_refused_with_a_reason(content):
    with pytest.raises(ValidationError, match="снимок в PDF повреждён"):
        clean_pdf(pdf(content, Filter=Name.DCTDecode))


@pytest.mark.parametrize(
    "filters",
    [
        Name.FlateDecode,
        pikepdf.Array([Name.FlateDecode]),
        pikepdf.Array([Name.FlateDecode, Name.CCITTFaxDecode]),
    ],
    ids=["one", "array", "codec"],
)
def test_streams_that_decompress_too_large_are_refused(monkeypatch, filters):
    content = pdf(zlib.compress(b"0 " * 5000), Filter=filters)
    clean_pdf(content)
    monkeypatch.setattr(pdf_streams, "MOST_DECODED", 9000)
    with pytest.raises(ValidationError, match="развёрнутый PDF больше"):
        clean_pdf(content)


def test_the_size_limit_applies_to_all_streams_together(monkeypatch):
    document = pikepdf.new()
    for number in range(3):
        page = document.add_blank_page(page_size=(100, 100))
        page.contents_add(b"%d 0 m " % number * 500)
    buffer = io.BytesIO()
    document.save(buffer)
    monkeypatch.setattr(pdf_streams, "MOST_DECODED", 7000)
    with pytest.raises(ValidationError, match="развёрнутый PDF больше"):
        clean_pdf(buffer.getvalue())


def in_sandbox(content):
    """The cleaned file of a visitor."""
    with VISITORS.turn() as turn:
        _, clean = turn.clean("visitor_file", content, LARGEST)
    return clean


def test_the_sandbox_refuses_a_decompression_bomb():
    swelling = zlib.compress(b"0 0 m 9 9 l S\n" * (300 * 2**20 // 14))
    assert len(swelling) < 2**20
    with pytest.raises(ValidationError, match="развёрнутый PDF больше 64 МБ"):
        in_sandbox(pdf(swelling, Filter=Name.FlateDecode))


def pdf_with_string(megabytes, **resources):
    """A small PDF whose page refers to a string so long, in an object stream."""
    document = pikepdf.new()
    long = document.make_indirect(pikepdf.Dictionary(X=pikepdf.String("a" * megabytes * 2**20)))
    page = document.add_blank_page(page_size=(100, 100)).obj
    page.Resources = pikepdf.Dictionary(**{key: make(long) for key, make in resources.items()})
    buffer = io.BytesIO()
    document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def test_resources_that_no_drawing_can_use_are_removed():
    content = pdf_with_string(1, Secret=lambda long: long, ProcSet=lambda long: long)
    assert len(clean_pdf(content)) < 1000


def font(long):
    return pikepdf.Dictionary(F=long)


@pytest.mark.parametrize("megabytes", [8, 40, 210])
def test_a_pdf_does_not_grow_through_long_strings(megabytes):
    content = pdf_with_string(megabytes, Font=font)
    assert len(content) < 2**18
    with pytest.raises(ValidationError, match=r"слишком большим|не хватило памяти|повреждён"):
        in_sandbox(content)


def test_a_pdf_read_only_in_part_is_not_taken_for_complete():
    warned = SimpleNamespace(get_warnings=lambda: ["object 5 0: std::bad_alloc"])
    with pytest.raises(MemoryError):
        pdf_streams.check_complete(warned)
