"""Takes apart what stands around text in a part, so that paragraphs, runs and tables remain."""

from lxml import etree

from college_site.uploads.office import revisions
from college_site.uploads.word.leftovers import quote
from college_site.uploads.word.parts import child, make, tag, text_of, value

# Content controls, smart tags, fields, directions: their content takes their place.
TRANSPARENT = ("smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent")
# Marks in the text, and properties of what is taken apart.
MARKS = ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "sdtPr", "sdtEndPr")
MARKS += ("smartTagPr", "customXmlPr", "commentRangeStart", "commentRangeEnd", "annotationRef")
MARKS += ("customXmlInsRangeStart", "customXmlInsRangeEnd", "lastRenderedPageBreak")
MARKS += ("commentReference",)
# How pages, tables and cells look: most of the elements of a large table.
LAYOUT = ("sectPr", "tblPr", "tblPrEx", "tblGrid", "tcW", "tcBorders", "tcMar", "trHeight", "shd")
LAYOUT += ("cnfStyle", "vAlign", "hideMark", "noWrap", "cantSplit", "pBdr", "tabs", "lang")
CHECKED, UNCHECKED = "☒", "☐"


def accept_revisions(root):
    """Accept tracked changes; returns how many there were."""
    examples = {element.tag: element for element in root.iter(etree.Element)}
    names = [name for name, element in examples.items() if revisions.is_revision(element)]
    count = sum(1 for _ in root.iter(*names)) if names else 0
    if count:
        revisions.accept_revisions(root)
    return count


def choose_alternatives(root):
    """Of each content with alternatives leave what today's Word shows."""
    for element in list(root.iter(tag("mc:AlternateContent"))):
        chosen = child(element, "mc:Choice")
        if chosen is None:
            chosen = child(element, "mc:Fallback")
        replace(element, [] if chosen is None else list(chosen))


def unwrap_all(root, leftovers):
    remove_all(root, *MARKS, *LAYOUT)
    for element in list(root.iter(tag("w:ruby"))):
        unwrap_ruby(element)
    for element in list(root.iter(tag("w:sdt"))):
        content = child(element, "w:sdtContent")
        replace(element, [] if content is None else list(content))
    for element in list(root.iter(*(tag(f"w:{name}") for name in TRANSPARENT))):
        replace(element, list(element))
    for element in list(root.iter(tag("w:altChunk"), tag("w:subDoc"))):
        leftovers.add("Не\u00a0перенесён вложенный документ", element)
        remove(element)
    for element in list(root.iter(tag("w:fldChar"))):
        show_form_field(element)
    replace_all(root, "ptab", "tab")
    replace_all(root, "cr", "br")
    replace_all(root, "br", "br")  # ends of pages and columns, too, separate words


def unwrap_ruby(element):
    """Text with its reading above becomes text with the reading in brackets."""
    base, reading = child(element, "w:rubyBase"), child(element, "w:rt")
    brackets = make("w:r")
    brackets.append(make("w:t"))
    brackets[0].text = f" ({text_of(reading)})" if reading is not None else ""
    run = element.getparent()
    for item in [*([] if base is None else base), brackets][::-1]:
        run.addnext(item)
    remove(element)


def show_form_field(element):
    """A box of an old form becomes its sign, a list the entry that was chosen."""
    field = child(element, "w:ffData")
    if field is None:
        return
    text = ""
    if (box := child(field, "w:checkBox")) is not None:
        state = child(box, "w:checked")
        state = child(box, "w:default") if state is None else state
        is_checked = state is not None and state.get(tag("w:val")) not in ("0", "false", "off")
        text = CHECKED if is_checked else UNCHECKED
    elif (choices := child(field, "w:ddList")) is not None:
        entries = [entry.get(tag("w:val"), "") for entry in choices.iter(tag("w:listEntry"))]
        number = value(choices, "w:result") or "0"
        text = entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""
    if text:
        shown = make("w:t")
        shown.text = text
        element.addprevious(shown)
    element.remove(field)


def drop_contents(root, styles, leftovers):
    """Leave out the table of contents, whose page numbers mean nothing on a page of the site."""
    rows = [p for p in root.iter(tag("w:p")) if styles.role(p) == "Contents"]
    rows_with_text = [paragraph for paragraph in rows if text_of(paragraph)]
    if rows_with_text:
        lines = quote("; ".join(map(text_of, rows_with_text)))
        leftovers.add(f"Не\u00a0перенесено оглавление: {lines}", rows_with_text[0])
    for paragraph in rows:
        remove(paragraph)


def join_dropped_capitals(root):
    """A first letter that hangs over several lines goes back to its paragraph."""
    for frame in list(root.iter(tag("w:framePr"))):
        paragraph = next(frame.iterancestors(tag("w:p")), None)
        following = None if paragraph is None else paragraph.getnext()
        is_capital = frame.get(tag("w:dropCap")) in ("drop", "margin")
        if is_capital and following is not None and following.tag == tag("w:p"):
            has_properties = child(following, "w:pPr") is not None
            runs = [item for item in paragraph if item.tag != tag("w:pPr")]
            following[has_properties:has_properties] = runs
            remove(paragraph)


def remove_all(root, *names):
    """Remove all elements of Word with these names."""
    etree.strip_elements(root, *(tag(f"w:{name}") for name in names), with_tail=False)


def remove_empty(root, *names):
    for element in list(root.iter(*(tag(f"w:{name}") for name in names))):
        if not len(element):
            remove(element)


def replace_all(root, name, other):
    """Turn the elements of a name into plain ones of another."""
    for element in list(root.iter(tag(f"w:{name}"))):
        element.tag = tag(f"w:{other}")
        element.attrib.clear()


def replace(element, content):
    """Put the content, a list of elements, where the element is; without a parent, nothing."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = content


def remove(element):
    if element.getparent() is not None:
        element.getparent().remove(element)
