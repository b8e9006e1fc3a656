"""Takes a JPEG or PNG apart before it is decoded: what is thrown away anyway never decides.

A decoder refuses a picture for a text of two megabytes or a checksum of a comment. It is given
only the parts that say how the pixels look; what the others tell of the orientation is collected.
"""

import re
import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass, field

from PIL import Image

ORIENTATION = 0x0112
XMP_ORIENTATION = re.compile(rb"tiff:Orientation\s*(?:=\s*[\"']|>\s*)([1-8])")
MOST_TEXT = 1024 * 1024  # bytes of a text or profile that is read for the orientation
MOST_PROFILE = 4 * 1024 * 1024

SCAN, END = 0xDA, b"\xff\xd9"
SEGMENT = re.compile(rb"\xff+([^\x00\xff\xd0-\xd9])(..)", re.DOTALL)
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")  # behind the data of a scan
APPLICATIONS = {0xFE, *range(0xE0, 0xF0)}  # and comments
EXIF, XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
KEPT_APPLICATIONS = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")

PNG = b"\x89PNG\r\n\x1a\n"
KEPT_CHUNKS = {b"IHDR", b"PLTE"}  # besides the pixels
SHOWN_CHUNKS = KEPT_CHUNKS | {
    b"gAMA",
    b"sRGB",
    b"iCCP",
    b"cHRM",
    b"cICP",
    b"sBIT",
    b"bKGD",
    b"pHYs",
}
TEXTS, COLOURS = {b"tEXt", b"zTXt", b"iTXt"}, {b"gAMA", b"sRGB", b"iCCP"}
SRGB_GAMMA = 0.45455
PNG_HEADER = 33  # bytes up to the end of IHDR
WEBP_METADATA = 0x0C  # flags: there are Exif and XMP


@dataclass
class Parts:
    """What a picture holds: the bytes to decode, and what else they told."""

    content: bytes
    profile: bytes | None = None
    gamma: float | None = None
    depth: int = 8  # bits of a sample of a PNG
    is_cut: bool = False  # whether the end of a JPEG is missing
    metadata: list[bytes] = field(default_factory=list)  # each Exif or XMP

    @property
    def orientation(self):
        """The first that Exif or else XMP tells, from 1 (upright) to 8."""
        told = [read_exif(data) for data in self.metadata]
        found = [XMP_ORIENTATION.search(data) for data in self.metadata]
        told += [int(match[1]) for match in found if match]
        return next((value for value in told if value in range(1, 9)), 1)


def read_exif(data):
    """The orientation that Exif data tells, or None if it tells none or is damaged."""
    exif = Image.Exif()
    try:
        exif.load(data)
        return exif.get(ORIENTATION)
    except Exception:  # Pillow's parser raises whatever damaged data makes it raise
        return None


def take_apart(content):
    """The Parts of a picture; those of other formats than JPEG and PNG stay together."""
    if content.startswith(PNG):
        return take_png_apart(content)
    return take_jpeg_apart(content) if content.startswith(b"\xff\xd8") else Parts(content)


# JPEG ---------------------------------------------------------------------------------------------


def take_jpeg_apart(content):
    parts, pieces, place = Parts(b""), [content[:2]], 2
    while segment := SEGMENT.search(content, place):
        if END in content[place : segment.start()]:
            break
        marker = segment[1][0]
        body = content[segment.end() : segment.start(2) + int.from_bytes(segment[2])]
        place = segment.end() + len(body)
        if marker == SCAN:
            found = NEXT_MARKER.search(content, place)
            place = found.start() if found else len(content)
        if body.startswith((EXIF, XMP)):
            parts.metadata.append(body)
        if marker not in APPLICATIONS or body.startswith(KEPT_APPLICATIONS):
            pieces.append(content[segment.start() : place])
    parts.is_cut = END not in content[place:]
    parts.content = b"".join([*pieces, END])
    return parts


# PNG ----------------------------------------------------------------------------------------------


def take_png_apart(content, kept=KEPT_CHUNKS):
    parts, pieces, pixels, header = Parts(b""), [PNG], [], b""
    for kind, body in png_chunks(content):
        if kind == b"IHDR" and len(body) == 13:
            header, parts.depth = body, body[8]
        if kind == b"IDAT":
            pixels.append(png_chunk(kind, body))
        elif kind in kept or (kind == b"tRNS" and fits(body, header)):
            pieces.append(png_chunk(kind, body))
        if kind == b"eXIf":
            parts.metadata.append(body)
        elif kind in TEXTS:
            read_text(parts, kind, body)
        elif kind in COLOURS:
            read_colours(parts, kind, body)
    parts.content = b"".join([*pieces, *pixels, png_chunk(b"IEND", b"")])
    return parts


def png_chunks(content):
    """(kind, body) of each chunk; what is damaged and not needed is left out.

    Damaged pixels are read as far as they go, without another chunk they cannot be read.
    """
    place = len(PNG)
    while len(content) >= place + 8:
        length, kind = struct.unpack_from(">I4s", content, place)
        body = content[place + 8 : place + 8 + length]
        checksum = content[place + 8 + length : place + 12 + length]
        place += 12 + length
        if kind == b"IEND":
            return
        is_whole = checksum == struct.pack(">I", zlib.crc32(kind + body))
        if not is_whole and kind in (b"IHDR", b"PLTE"):
            raise ValueError("A chunk that the pixels depend on is damaged")
        if is_whole or kind == b"IDAT":
            yield kind, body


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def fits(transparency, header):
    """Whether a tRNS chunk is as long as its type of colour wants it."""
    lengths = {0: {2}, 2: {6}, 3: range(1, 257)}
    return len(header) == 13 and len(transparency) in lengths.get(header[9], ())


def read_text(parts, kind, body):
    """Note the Exif or XMP that some programs put into a text chunk."""
    name, _, text = body.partition(b"\0")
    if kind == b"iTXt":
        is_packed, text = text[:1] == b"\1", text[2:].split(b"\0", 2)[-1]
    else:
        is_packed, text = kind == b"zTXt", text[kind == b"zTXt" :]
    if is_packed:
        text = unpack(text, MOST_TEXT)
    if name == b"XML:com.adobe.xmp":
        parts.metadata.append(text)
    elif name.startswith(b"Raw profile type "):
        digits = text.split()[2:]  # behind a name and a length
        with suppress(ValueError):
            parts.metadata.append(bytes.fromhex(b"".join(digits).decode("ascii")))


def read_colours(parts, kind, body):
    """Note what a chunk tells of colours: a profile or sRGB count for more than a gamma."""
    if kind == b"gAMA" and parts.gamma is None:
        parts.gamma = int.from_bytes(body) / 100_000
    elif kind == b"sRGB":
        parts.gamma = SRGB_GAMMA
    elif kind == b"iCCP":
        parts.profile = unpack(body.partition(b"\0")[2][1:], MOST_PROFILE)


def unpack(data, most):
    """What Flate data hold, b"" if they are damaged or hold more."""
    try:
        unpacker = zlib.decompressobj()
        unpacked = unpacker.decompress(data, most)
        return unpacked if unpacker.eof else b""
    except zlib.error:
        return b""


# WebP ---------------------------------------------------------------------------------------------


def read_webp_size(content):
    """The width and height that a WebP claims."""
    kind, little = content[12:16], "little"
    if kind == b"VP8X":
        size = content[24:27], content[27:30]
        return tuple(1 + int.from_bytes(length, little) for length in size)
    if kind == b"VP8L":
        lengths = int.from_bytes(content[21:25], little)
        return 1 + (lengths & 0x3FFF), 1 + (lengths >> 14 & 0x3FFF)
    size = content[26:28], content[28:30]
    return tuple(int.from_bytes(length, little) & 0x3FFF for length in size)


# Metadata alone -----------------------------------------------------------------------------------


def strip_metadata(content):
    """The same pixels and colours without metadata; of these the orientation alone stays."""
    if content.startswith(b"\xff\xd8"):
        parts = take_jpeg_apart(content)
        exif = EXIF + exif_of(parts.orientation)
        segment = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
        return parts.content[:2] + segment * (parts.orientation > 1) + parts.content[2:]
    if content.startswith(PNG):
        try:
            parts = take_png_apart(content, SHOWN_CHUNKS)
        except ValueError:  # damaged: nothing shows it
            return content
        chunk = png_chunk(b"eXIf", exif_of(parts.orientation)) * (parts.orientation > 1)
        return parts.content[:PNG_HEADER] + chunk + parts.content[PNG_HEADER:]
    return strip_webp(content) if content[8:12] == b"WEBP" else content


def exif_of(orientation):
    entry = struct.pack("<HHIHH", ORIENTATION, 3, 1, orientation, 0)
    return b"II*\0\x08\0\0\0\x01\0" + entry + bytes(4)


def strip_webp(content):
    chunks, place = [], 12
    while place + 8 <= len(content):
        length = int.from_bytes(content[place + 4 : place + 8], "little")
        end = place + 8 + length + length % 2
        chunk = content[place:end]
        if chunk.startswith(b"VP8X"):
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_METADATA]) + chunk[9:]
        if not chunk.startswith((b"EXIF", b"XMP ")):
            chunks.append(chunk)
        place = end
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
