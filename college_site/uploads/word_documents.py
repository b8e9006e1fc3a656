"""Uploaded Word documents: blocks of text and pictures, read in the sandbox."""

import io
import json
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

MAX_BYTES = 60 * 1024 * 1024
CUT_OFF = "unreadable"  # the code of the sandbox for a file at which it failed
UNREADABLE = (
    "Документ не\u00a0удалось прочесть за\u00a0отведённое время: он слишком велик или повреждён. "
    "Разделите его на\u00a0части или уберите из\u00a0него большие таблицы."
)
MOST_OUTPUT = 120 * 1024 * 1024  # bytes of pictures and text

SPARE = 24 * 1024 * 1024  # bytes: packed, a text may be a fiftieth as long


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list, table, quote or picture; `html` is not sanitised.

    `html` of a paragraph or heading is its content; a picture in it is an empty <figure> whose
    data-photo is its number. `kind` tells which paragraph is a title, subtitle or caption.
    """

    kind: str
    level: int
    html: str
    text: str
    is_bold: bool
    is_centred: bool
    picture: int


class WordPicture(io.BytesIO):
    """A picture of the document as an upload: `size`, alternative text, place in words."""

    def __init__(self, content, alt, place):
        super().__init__(content)
        self.size, self.alt, self.place = len(content), alt, place


@dataclass(frozen=True)
class WordDocument:
    """What a document consists of; `notes` say what of it is missing here."""

    name: str
    blocks: list[Block]
    pictures: list[WordPicture]
    notes: list[str]


def read_uploaded_word_document(file, turn):
    """The WordDocument; raises ValidationError in words for the person who uploads.

    `turn` is what `staff_turn()` gives.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(
            f"Файл занимает {filesizeformat(file.size)}, а\u00a0принимаются документы до "
            f"{filesizeformat(MAX_BYTES)}. Сожмите рисунки в\u00a0Word (Формат рисунка → Сжать "
            "рисунки) или добавьте фотографии к\u00a0публикации отдельно.",
            code="word_too_large",
        )
    file.seek(0)
    try:
        facts, content = turn.clean("word", file.read(), MOST_OUTPUT, spare=SPARE)
        return unpack(PurePath(file.name).stem, content, facts["pictures"])
    except ValidationError as error:
        if error.code == CUT_OFF:
            raise ValidationError(UNREADABLE, code=CUT_OFF) from error
        raise
    except (ValueError, KeyError, TypeError) as error:  # no answer of ours
        raise ValidationError(UNREADABLE, code=CUT_OFF) from error


def unpack(name, content, picture_bytes):
    told = json.loads(content[picture_bytes:])
    blocks = [make_block(entries) for entries in told["blocks"]]
    pictures, start = [], 0
    for entry in told["pictures"]:
        end = start + int(entry["size"])
        pictures.append(WordPicture(content[start:end], str(entry["alt"]), str(entry["place"])))
        start = end
    return WordDocument(name, blocks, pictures, [str(note) for note in told["notes"]])


def make_block(entries):
    kinds = Block.__annotations__
    return Block(**{name: kind(entries[name]) for name, kind in kinds.items()})
