"""Small files that take much memory, time or disk to decode."""

import io
import zlib

import pikepdf
import pillow_heif
from PIL import Image

Name = pikepdf.Name


def picture(format, size, mode="RGB", **options):
    """A picture of one colour, which takes few bytes and many pixels."""
    pillow_heif.register_heif_opener(thumbnails=False)
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, format, **options)
    return buffer.getvalue()


def pdf(change, **options):
    """A PDF of one page, to which `change` adds something."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(100, 100)).obj
    change(document, page)
    buffer = io.BytesIO()
    document.save(buffer, **options)
    return buffer.getvalue()


def swelling_pdf(megabytes, count):
    """A PDF with so many drawings, each of which unpacks to so much."""
    packed = zlib.compress(b"0 0 m 9 9 l S\n" * (megabytes * 2**20 // 14))

    def add(document, page):
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary())
        for number in range(count):
            drawing = pikepdf.Stream(document, packed + b"\n" * number)
            drawing.Filter = Name.FlateDecode
            drawing.Type, drawing.Subtype, drawing.BBox = Name.XObject, Name.Form, [0, 0, 9, 9]
            page.Resources.XObject[f"/X{number}"] = drawing

    return pdf(add, compress_streams=False)


def pdf_with_string(megabytes, key):
    """A PDF whose page refers to a long string, in an object stream."""

    def add(document, page):
        long = document.make_indirect(pikepdf.Dictionary(X=pikepdf.String("a" * 2**20 * megabytes)))
        page.Resources = pikepdf.Dictionary({key: pikepdf.Dictionary(F=long)})

    return pdf(add, object_stream_mode=pikepdf.ObjectStreamMode.generate)


KINDS = {
    "WebP of 50 million points": lambda: picture("WEBP", (8000, 6250), lossless=True),
    "WebP just below its limit": lambda: picture("WEBP", (4096, 3072), lossless=True),
    "PNG of 400 million points": lambda: picture("PNG", (20_000, 20_000), "1"),
    "PNG just below its limit": lambda: picture("PNG", (4200, 4200), "RGBA"),
    "JPEG just below its limit": lambda: picture("JPEG", (8192, 6144)),
    "progressive JPEG": lambda: picture("JPEG", (4200, 4200), progressive=True, subsampling=0),
    "HEIC just below its limit": lambda: picture(
        "HEIF", (5712, 4284), enc_params={"preset": "ultrafast"}
    ),
    "PDF with a stream of 300 MB": lambda: swelling_pdf(300, 1),
    "PDF with five streams of 60 MB": lambda: swelling_pdf(60, 5),
    "PDF with a string of 40 MB": lambda: pdf_with_string(40, "/Font"),
}
