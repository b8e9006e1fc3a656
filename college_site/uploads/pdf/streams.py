"""What hides in the streams of a PDF: drawings that swell, photographs that tell where they were.

Runs in the sandbox (sandbox_process.py), which bounds its memory.
"""

import re

import pikepdf
from django.core.exceptions import ValidationError

MOST_DECODED = 128 * 1024 * 1024  # bytes of all streams, photographs compressed
MOST_IN_STREAM = 64 * 1024 * 1024  # bytes of one, which are in memory together
# What drawings refer to; anything else in /Resources is there to hide in.
RESOURCE_KEYS = {"/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Shading", "/XObject"}
TELLTALE_KEYS = {"/AF", "/Measure", "/Metadata", "/OC", "/OPI", "/PieceInfo", "/Properties"}
TELLTALE_KEYS |= {"/PtData"}
PHOTOGRAPHS = ("/DCTDecode", "/DCT")
CODECS = (*PHOTOGRAPHS, "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/CCF")
UNPACKED = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/Crypt"}
UNPACKED |= {"/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85"}  # by qpdf
EVERY_FILTER = pikepdf.StreamDecodeLevel.specialized  # but those of CODECS
HEADER_WITHIN = 1024  # bytes: what precedes it, viewers skip
# What reading of a damaged file raises, where values are of other kinds than they should be.
DAMAGED = (pikepdf.PdfError, pikepdf.QpdfRuntimeError, ArithmeticError, LookupError)
DAMAGED += (AttributeError, TypeError, ValueError)
DICTIONARIES = (pikepdf.Dictionary, pikepdf.Stream)
SCAN = 0xDA  # a marker of a JPEG; others follow, each with its length
# Comments and APP1 to APP15. APP0 (JFIF) and APP14 (Adobe) say what the colours mean: they stay.
TELLTALE_SEGMENTS = {0xFE, *range(0xE1, 0xF0)} - {0xEE}
SEGMENT = re.compile(rb"\xff+([^\xd9\xff])(..)", re.DOTALL)
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # behind the data of a scan


# For the whole process: a few kilobytes of Flate may unpack to gigabytes.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_IN_STREAM, png_max_memory=MOST_IN_STREAM, tiff_max_memory=MOST_IN_STREAM
)


def is_pdf(content):
    """Whether a file begins as a PDF, perhaps behind a byte order mark or headers of a letter."""
    return b"%PDF-" in content[: HEADER_WITHIN + len(b"%PDF-")]


def check_complete(document):
    """MemoryError if qpdf ran out of memory, for it then leaves objects out and goes on."""
    if any("std::bad_alloc" in str(warning) for warning in document.get_warnings()):
        raise MemoryError


def clean_streams(document):
    """Strip what tells of place and maker; ValidationError where it swells or is damaged."""
    objects = [item for item in document.objects if isinstance(item, DICTIONARIES)]
    for item in objects:
        strip_keys(item)
        strip_resources(item)
    decoded = 0
    for stream in objects:
        if isinstance(stream, pikepdf.Stream):
            decoded += decoded_size(document, stream)
        if decoded > MOST_DECODED:
            raise swollen_error(MOST_DECODED)


def decoded_size(document, stream):
    """The bytes of a stream once unpacked, in which a photograph is stripped on the way."""
    try:
        return clean_stream(document, stream)
    except pikepdf.QpdfRuntimeError as error:
        if "memory limit" not in str(error):
            raise
        raise swollen_error(MOST_IN_STREAM) from error


def swollen_error(most):
    return ValidationError(
        f"развёрнутый PDF больше {most // 2**20} МБ. Разделите его или приложите снимки страниц"
    )


def strip_keys(item):
    """Delete what tells of places, editors and other files."""
    if isinstance(item, DICTIONARIES):
        for key in TELLTALE_KEYS & set(item.keys()):
            del item[key]


def strip_resources(item):
    """Delete everything that no drawing refers to."""
    resources = dictionary_in(item, "/Resources")
    for key in set(resources.keys()) - RESOURCE_KEYS:
        del resources[key]


def clean_stream(document, stream):
    """Strip the photograph that a stream may hold; the bytes that it takes, once unpacked."""
    names = [str(name) for name in as_list(stream.get("/Filter"))]
    if set(names) - UNPACKED - set(CODECS):  # of some viewer alone
        return len(memoryview(stream.get_raw_stream_buffer()))
    if not names or names[-1] not in CODECS:
        return len(memoryview(stream.get_stream_buffer(EVERY_FILTER)))
    content = unpack(document, stream, names[:-1])
    if names[-1] in PHOTOGRAPHS:
        strip_photograph(stream, content)
    return len(content)


def strip_photograph(stream, content):
    """Let a stream hold the JPEG `content` without its telltale segments."""
    parms = as_list(stream.get("/DecodeParms"))
    own = parms[-1] if parms else None
    stream.write(bare_jpeg(content), filter=pikepdf.Name.DCTDecode, decode_parms=own)


def unpack(document, stream, names):
    """The content of a stream once the first filters, those named, are undone."""
    packed = pikepdf.Stream(document, stream.read_raw_bytes())
    packed.Filter = pikepdf.Array(map(pikepdf.Name, names))
    if parms := as_list(stream.get("/DecodeParms")):
        packed.DecodeParms = pikepdf.Array(parms[: len(names)])
    return packed.read_bytes(EVERY_FILTER)


def dictionary_in(item, key):
    """The dictionary of an entry, an empty one if there is anything else."""
    value = item.get(key)
    return value if isinstance(value, pikepdf.Dictionary) else pikepdf.Dictionary()


def array_in(item, key):
    """The list of an entry's values, empty if there is no array."""
    value = item.get(key)
    return list(value) if isinstance(value, pikepdf.Array) else []


def as_list(value):
    """The values of an entry that may be missing, one value or an array."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def bare_jpeg(content):
    """A JPEG without telltale segments and without what hangs on behind its end."""
    parts, place, scans = [content[:2]], 2, 0
    while segment := SEGMENT.match(content, place):
        marker = segment[1][0]
        place = segment.start(2) + int.from_bytes(segment[2])
        if marker == SCAN:
            scans += 1
            found = NEXT_MARKER.search(content, place)
            place = found.start() if found else len(content)
        if marker not in TELLTALE_SEGMENTS:
            parts.append(content[segment.start() : place])
    if not scans:
        raise ValidationError("снимок в PDF повреждён, сохраните PDF заново")
    return b"".join([*parts, b"\xff\xd9"])
