"""Word documents for tests, as small as Word would still open them."""

from college_site.uploads.word.conversion import read_word_file
from college_site.uploads.word_documents import unpack
from tests import factories

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
MAIN = "word/document.xml"
STYLES = {  # id: (name, further properties), with ids as Russian Word gives them
    "1": ("heading 1", ""),
    "2": ("heading 2", ""),
    "3": ("heading 3", ""),
    "a3": ("Title", ""),
    "a4": ("Subtitle", ""),
    "a5": ("caption", ""),
    "a6": ("Quote", ""),
    "11": ("toc 1", ""),
    "a7": ("List Bullet", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    "a8": ("Мой заголовок", '<w:basedOn w:val="1"/>'),
}
FORMATS = ("bullet", "decimal", "russianLower", "lowerLetter")  # of the lists 1 to 4


def paragraph(text="", style="", properties="", content=""):
    """A paragraph with a text in one run, then `content`, which is XML."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = run(text) if text else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{inner}{content}</w:p>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text, list_id=1, depth=0):
    """A paragraph of a list; list 1 has bullets, list 2 numbers, list 3 Russian letters."""
    numbers = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(text, properties=numbers)


def link(id, text):
    """A paragraph that is a link."""
    return paragraph(content=f'<w:hyperlink r:id="{id}">{run(text)}</w:hyperlink>')


def picture(id="rIdPhoto", alt="", inside=""):
    """A run with a picture; `inside` goes before its stretching, such as a crop."""
    return f"""<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Рисунок 1" descr="{alt}"/>
        <a:graphic><a:graphicData uri="{NAMESPACES["pic"]}"><pic:pic>
        <pic:nvPicPr><pic:cNvPr id="0" name="photo.jpg"/></pic:nvPicPr>
        <pic:blipFill><a:blip r:embed="{id}"/>{inside}</pic:blipFill>
        </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"""


def table(*rows, header=False):
    """A table; each cell is a text or the XML of its content."""
    lines = []
    for number, row in enumerate(rows):
        cells = "".join(f"<w:tc>{one if one[:1] == '<' else paragraph(one)}</w:tc>" for one in row)
        properties = "<w:trPr><w:tblHeader/></w:trPr>" if header and not number else ""
        lines.append(f"<w:tr>{properties}{cells}</w:tr>")
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def word_bytes(*body, parts=None, photos=None, relationships=(), links=None, types=None):
    """A .docx with paragraphs and tables, which are XML, and photographs by relationship id.

    `relationships` are (id, purpose, target) of `parts`; `links` are addresses by id.
    """
    photos = {"rIdPhoto": photo_bytes()} if photos is None else photos
    rows = [("rIdStyles", "styles", "styles.xml"), ("rIdNumbers", "numbering", "numbering.xml")]
    rows += [(id, "image", f"media/{id}.jpg") for id in photos]
    contents = {
        MAIN: f"<w:document {DECLARED}><w:body>{''.join(body)}</w:body></w:document>",
        "word/styles.xml": styles_xml(),
        "word/numbering.xml": numbering_xml(),
        "word/_rels/document.xml.rels": companion_xml([*rows, *relationships], links or {}),
        **{f"word/media/{id}.jpg": content for id, content in photos.items()},
        **(parts or {}),
    }
    return factories.office_bytes("docx", contents, types=types)


def companion_xml(rows, links):
    """The relationships of the main part."""
    outside = "".join(
        f'<Relationship Id="{id}" Type="x/hyperlink" TargetMode="External" Target="{address}"/>'
        for id, address in links.items()
    )
    end = "</Relationships>"
    return factories.office_relationships(rows).replace(end, outside + end)


def photo_bytes(size=(400, 300)):
    return factories.picture_bytes(size)


def styles_xml():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{more}</w:style>'
        for id, (name, more) in STYLES.items()
    )
    return f"<w:styles {DECLARED}>{styles}</w:styles>"


def numbering_xml():
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{id}">{levels_xml(format)}</w:abstractNum>'
        for id, format in enumerate(FORMATS, 1)
    )
    numbers = "".join(
        f'<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>'
        for id in range(1, len(FORMATS) + 1)
    )
    return f"<w:numbering {DECLARED}>{lists}{numbers}</w:numbering>"


def levels_xml(format):
    return "".join(
        f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{format}"/>'
        f'<w:lvlText w:val="{"•" if format == "bullet" else f"%{depth + 1}."}"/></w:lvl>'
        for depth in range(4)
    )


def part_xml(name, content):
    """The text of another part, such as part_xml("w:footnotes", …)."""
    return f"<{name} {DECLARED}>{content}</{name}>"


def read_word(*body, **options):
    """The WordDocument of a .docx with this body, read in this process instead of the sandbox."""
    facts, content = read_word_file(word_bytes(*body, **options))
    return unpack("Отчёт", bytes(content), facts["pictures"])


def html_of(*body, **options):
    """The HTML of the blocks, without the names of their kinds."""
    blocks = read_word(*body, **options).blocks
    names = {"heading": "h{}", "paragraph": "p", "title": "p", "subtitle": "p", "caption": "p"}
    lines = []
    for block in blocks:
        name = names.get(block.kind, "").format(block.level)
        lines.append(f"<{name}>{block.html}</{name}>" if name else block.html)
    return "".join(lines)
