"""A Word document as blocks of HTML and pictures, for the sandbox.

What mammoth does not know is put into a form that it knows, or noted, before it converts.
"""

import io
import json
import re
import zipfile
import zlib
from html import escape
from xml.dom import expatbuilder

import mammoth
from django.core.exceptions import ValidationError
from lxml import etree

from college_site.uploads.office.package import write
from college_site.uploads.word import objects, paragraphs, runs, wrappers
from college_site.uploads.word.blocks import split_blocks
from college_site.uploads.word.leftovers import Leftovers, quote
from college_site.uploads.word.numbering import Numbering
from college_site.uploads.word.opening import open_package, refusal
from college_site.uploads.word.parts import NAMESPACES, R, main_part, tag, text_of
from college_site.uploads.word.styles import Styles

LATE_MODULES = (expatbuilder,)  # xml.dom loads it at its first use, when no file can be opened
MOST_PICTURE = 30 * 1024 * 1024  # bytes, as for a photograph that is uploaded
OUT_OF_MEMORY = etree.ErrorTypes.ERR_NO_MEMORY  # of lxml, which raises no MemoryError then
NOTES = ("footnotes", "endnotes")
STYLE_MAP = """
p.Title => p.title:fresh
p.Subtitle => p.subtitle:fresh
p.Caption => p.caption:fresh
p.Centred => p.centred:fresh
p.Quote => blockquote > p:fresh
p.Heading7 => h6:fresh
p.Heading8 => h6:fresh
p.Heading9 => h6:fresh
"""
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
EMPTY_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="png" ContentType="image/png"/></Types>'
)
LISTS = f"""<w:numbering xmlns:w="{NAMESPACES["w"]}">{{}}
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""


def read_word_file(content):
    """({"pictures": bytes}, bytes): the pictures, one after the other, and then a text of JSON.

    It has the blocks of the text, the sizes, alternative texts and places of the pictures, and
    what was left out or changed.
    """
    package = open_package(content)
    try:
        blocks, pictures, leftovers = convert(package)
    except (ValidationError, MemoryError):
        raise
    except Exception as error:  # a damaged document makes zipfile, lxml and mammoth raise any
        if getattr(error, "code", None) == OUT_OF_MEMORY:
            raise MemoryError from error
        raise refusal("word_damaged") from error
    if not blocks:
        reasons = [f"{line}." for line in leftovers.lines()]
        raise ValidationError(" ".join([*refusal("word_blank").messages, *reasons]), "word_blank")
    output, described = bytearray(), []
    for picture in pictures:
        found = read_picture(package, picture.name)
        output += found
        described.append({"size": len(found), "alt": picture.alt, "place": picture.place})
    size = len(output)
    told = {"blocks": blocks, "pictures": described, "notes": leftovers.lines()}
    output += json.dumps(told, ensure_ascii=False).encode()
    return {"pictures": size}, output


def read_picture(package, name):
    """The bytes of a picture; none if it is too large or damaged."""
    if package.parts[name].file_size > MOST_PICTURE:
        return b""
    try:
        return package.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        return b""


def convert(package):
    """(blocks, pictures, leftovers) of the document."""
    leftovers, pictures = Leftovers(), []
    main = main_part(package)
    styles, numbering = read_styles(main)
    parts = {"document": main}
    parts |= {name: found[0] for name in NOTES if (found := main.related(name))}
    changes = sum(wrappers.accept_revisions(part.root) for part in parts.values())
    if changes:
        leftovers.add(
            f"Исправления приняты, как если бы их приняли в\u00a0Word, всего: {changes}. "
            "Проверьте текст"
        )
    for part in parts.values():
        simplify(part, styles, numbering, pictures, leftovers)
    tell_margins(main, leftovers)
    known = known_notes(parts)
    for part in parts.values():
        runs.drop_lost_references(part.root, known)
    html = run_mammoth(build_document(parts, len(pictures)))
    return split_blocks(html, leftovers), pictures, leftovers


def read_styles(main):
    styles, lists = main.related("styles"), main.related("numbering")
    styles = Styles(styles[0].root if styles else None)
    return styles, Numbering(lists[0].root if lists else None, styles)


def simplify(part, styles, numbering, pictures, leftovers):
    """Put a part into the form that mammoth knows; the order of the steps matters."""
    root = part.root
    wrappers.choose_alternatives(root)
    wrappers.drop_contents(root, styles, leftovers)
    wrappers.unwrap_all(root, leftovers)
    objects.ObjectReader(part, pictures, leftovers).read()
    wrappers.join_dropped_capitals(root)
    runs.clean_runs(root, styles, leftovers)
    paragraphs.simplify_paragraphs(root, styles, numbering, leftovers)
    paragraphs.simplify_tables(root)
    wrappers.remove_empty(root, "pPr", "rPr", "tcPr", "trPr")


def known_notes(parts):
    """The ids of the notes at the end, by the name of their references."""
    known = {}
    for name, (kind, reference) in zip(NOTES, NOTE_KINDS, strict=True):
        items = parts[name].root.iterchildren(tag(kind)) if name in parts else ()
        known[reference] = {item.get(tag("w:id")) for item in items}
    return known


NOTE_KINDS = (("w:footnote", "w:footnoteReference"), ("w:endnote", "w:endnoteReference"))


def tell_margins(main, leftovers):
    """Note what stands beside the text: comments, headers and footers of the pages."""
    comments = [c for part in main.related("comments") for c in part.root.iter(tag("w:comment"))]
    if comments:
        leftovers.add(f"Не\u00a0перенесены примечания на\u00a0полях, всего: {len(comments)}")
    for part in [*main.related("header"), *main.related("footer")]:
        wrappers.choose_alternatives(part.root)
        text = text_of(part.root)
        if re.search(r"[^\W\d_]", text):
            leftovers.add(f"Не\u00a0перенесён колонтитул {quote(text)}")
        if next(part.root.iter(tag("a:blip"), tag("v:imagedata")), None) is not None:
            leftovers.add("Не\u00a0перенесена картинка из\u00a0колонтитула")


# mammoth ------------------------------------------------------------------------------------------


def run_mammoth(file):
    """The HTML of the document; the source of a picture is its number."""
    result = mammoth.convert_to_html(
        file,
        style_map=STYLE_MAP,
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=mammoth.images.img_element(read_number),
    )
    return result.value


def read_number(image):
    with image.open() as file:
        return {"src": file.read().decode()}


def build_document(parts, picture_count):
    """A small document with the simplified parts; its pictures hold nothing but their numbers."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", EMPTY_TYPES)
        archive.writestr("word/numbering.xml", LISTS.format(abstract_list(1) + abstract_list(2)))
        for number in range(picture_count):
            archive.writestr(f"word/media/{number}.png", str(number))
        for name, part in parts.items():
            drop_lost_links(part)
            archive.writestr(f"word/{name}.xml", write(part.root))
            relationships = list_relationships(part, picture_count)
            archive.writestr(f"word/_rels/{name}.xml.rels", relationships)
    return file


def abstract_list(id):
    format = "bullet" if id == paragraphs.BULLETS else "decimal"
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{format}"/></w:lvl>'
        for depth in range(paragraphs.MOST_DEPTH + 1)
    )
    return f'<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum>'


def drop_lost_links(part):
    """Links into the document become text, like those whose address is missing."""
    for link in list(part.root.iter(tag("w:hyperlink"))):
        id = link.get(f"{{{R}}}id")
        if id not in part.targets or not part.targets[id].is_external:
            wrappers.replace(link, list(link))


def list_relationships(part, picture_count):
    rows = [
        f'<Relationship Id="picture{number}" Type="{R}/image" Target="media/{number}.png"/>'
        for number in range(picture_count)
    ]
    for link in part.root.iter(tag("w:hyperlink")):
        id = link.get(f"{{{R}}}id")
        address = escape(part.targets[id].address)
        rows.append(f'<Relationship Id="{escape(id)}" Type="{R}/hyperlink" Target="{address}"/>')
    return f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(rows)}</Relationships>'
