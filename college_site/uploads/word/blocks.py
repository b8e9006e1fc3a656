"""The blocks of a text: paragraphs, headings, lists, tables, pictures, notes at the end."""

import re

from lxml import etree

from college_site.uploads.word.leftovers import quote

KINDS = {"ul": "list", "ol": "list", "table": "table", "blockquote": "quote"}
CLASSES = {"title", "subtitle", "caption"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
PARAGRAPHS = HEADINGS | {"p"}
SEPARATE = PARAGRAPHS | {"br", "li", "td", "th"}
ITEM = re.compile(r"item-(\d+)-([1aAiI]?)")
NOTE = re.compile(r"(?:foot|end)note-")
FIELD_ANCHOR = re.compile(r'\\l\s*"([^"]*)$')
ADDRESS = re.compile(r"(?:https?|mailto|tel):|www\.", re.IGNORECASE)
ENDS = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")
SPACES = re.compile(r"[ \t\r\n]+")  # no-break spaces are intentional
HEADING_OF_NOTES = "Примечания"


def split_blocks(html, leftovers):
    """The blocks of mammoth's HTML: a list of dictionaries that JSON can hold."""
    root = etree.fromstring(f"<div>{html}</div>")
    read_notes(root)
    correct_links(root, leftovers)
    number_items(root)
    lift_pictures(root)
    drop_blank(root)
    for bold in [
        b
        for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6")
        for b in heading.iter("strong")
    ]:
        unwrap(bold)
    return [describe_block(element) for element in root]


# Notes and links ----------------------------------------------------------------------------------


def read_notes(root):
    """Notes become a numbered list under a heading at the end; the site keeps no links to them."""
    notes = [item for item in root.iter("li") if NOTE.match(item.get("id", ""))]
    for link in list(root.iter("a")):
        target = link.get("href", "")
        if target.startswith("#") and NOTE.match(target.removeprefix("#")):
            if "-ref-" in target:
                remove_arrow(link)
            else:
                unwrap(link)
    if notes:
        heading = etree.Element("h1")
        heading.text = HEADING_OF_NOTES
        notes[0].getparent().addprevious(heading)
    for item in notes:
        item.attrib.clear()


def remove_arrow(link):
    """Remove the link from a note back to the text, and the space before it."""
    parent, previous = link.getparent(), link.getprevious()
    remove_keeping_tail(link)
    if previous is None:
        parent.text = (parent.text or "").rstrip()
    else:
        previous.tail = (previous.tail or "").rstrip()


def correct_links(root, leftovers):
    """Links into the document or to a file of the author's computer become text."""
    for link in list(root.iter("a")):
        address = link.get("href")
        if address is None:
            continue
        address, _, anchor = address.partition('"')  # of a field: HYPERLINK "…" \l "…"
        anchor = FIELD_ANCHOR.search(anchor)
        address += f"#{anchor[1]}" if anchor else ""
        link.set("href", address)
        if not ADDRESS.match(address):
            if not address.startswith("#"):
                text = quote("".join(link.itertext()))
                leftovers.add(f"Ссылка {text} вела не\u00a0на\u00a0сайт и\u00a0стала текстом")
            unwrap(link)
        else:
            link.attrib.pop("target", None)


# Lists --------------------------------------------------------------------------------------------


def number_items(root):
    """Give each numbered list its first number and its kind of numbers; divide joined lists."""
    for mark in list(root.iter("a")):
        if found := ITEM.fullmatch(mark.get("id", "")):
            item = next(mark.iterancestors("li"), None)
            if item is not None and "number" not in item.attrib:
                item.attrib.update({"number": found[1], "type": found[2]})
        if mark.get("href") is None:
            unwrap(mark)
    for numbered in list(root.iter("ol")):
        divide(numbered)
    for item in root.iter("li"):
        item.attrib.clear()


def divide(numbered):
    """Start a new list where the numbers do not go on or are of another kind."""
    current, previous = None, None
    for item in list(numbered):
        number, type = int(item.get("number", "0")), item.get("type", "1")
        goes_on = previous is not None and number in (0, previous[0] + 1) and type == previous[1]
        if not goes_on:
            fresh = start_list(number, type)
            (numbered if current is None else current).addnext(fresh)
            current = fresh
        current.append(item)
        previous = number, type
    if current is not None:
        remove_keeping_tail(numbered)


def start_list(number, type):
    fresh = etree.Element("ol")
    if number > 1:
        fresh.set("start", str(number))
    if type in ("a", "A", "i", "I"):
        fresh.set("type", type)
    return fresh


# Pictures -----------------------------------------------------------------------------------------


def lift_pictures(root):
    """Put each picture beside its paragraph: before it if no text precedes, otherwise after it."""
    for image in list(root.iter("img")):
        figure = etree.Element("figure", {"data-photo": image.get("src")})
        paragraph = next(image.iterancestors(*PARAGRAPHS), None)
        block = next(image.iterancestors(*PARAGRAPHS, "li", "td", "th"), root)
        precedes = has_text_before(image, block)
        remove_keeping_tail(image)
        if paragraph is None:
            insert_into_cell(block, figure)
        elif precedes:
            last_figure(paragraph).addnext(figure)
            figure.set("lifted", "1")
        else:
            paragraph.addprevious(figure)
    for figure in root.iter("figure"):
        figure.attrib.pop("lifted", None)


def has_text_before(image, block):
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if element is image:
            return False
        text = element.text if event == "start" else element.tail
        if (text or "").strip() and (event == "start" or element is not block):
            return True
    return False


def last_figure(paragraph):
    """The last picture that was already put after the paragraph, or the paragraph."""
    last = paragraph
    while (following := last.getnext()) is not None and following.get("lifted"):
        last = following
    return last


def insert_into_cell(block, figure):
    """Put a picture after the text of a list's item, before the lists in it."""
    lists = [child for child in block if child.tag in ("ul", "ol")]
    if lists:
        lists[0].addprevious(figure)
    else:
        block.append(figure)


# All blocks ---------------------------------------------------------------------------------------


def has_text(element):
    return bool("".join(element.itertext()).strip())


def drop_blank(root):
    """Remove paragraphs without text, and what lines and tabs are at the ends of others."""
    for element in list(root.iter(*PARAGRAPHS, "ul", "ol", "blockquote")):
        if not has_text(element) and next(element.iter("figure"), None) is None:
            parent = element.getparent()
            if parent.tag not in ("td", "th") or len(parent) > 1:
                remove_keeping_tail(element)
        elif element.tag in PARAGRAPHS:
            element.text = (element.text or "").lstrip() or None


def describe_block(element):
    is_heading = element.tag in HEADINGS
    if is_heading:
        kind = "heading"
    elif element.tag == "figure":
        kind = "picture"
    else:
        name = element.get("class", "")
        kind = KINDS.get(element.tag, name if name in CLASSES else "paragraph")
    is_centred = element.attrib.pop("class", "") == "centred"
    text = plain_text(element)
    return {
        "kind": kind,
        "level": int(element.tag[1]) if is_heading else 0,
        "html": inner_html(element) if element.tag in PARAGRAPHS else outer_html(element),
        "text": text,
        "is_bold": bool(text) and not unbold_text(element).strip(),
        "is_centred": is_centred,
        "picture": int(element.get("data-photo")) if kind == "picture" else -1,
    }


def plain_text(element):
    words = []
    for event, item in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            words += [" " if item.tag in SEPARATE else "", item.text or ""]
        elif item is not element:
            words.append(item.tail or "")
    return SPACES.sub(" ", "".join(words)).strip()


def unbold_text(element):
    """The text outside <strong>."""
    if element.tag == "strong":
        return ""
    inner = "".join(unbold_text(child) + (child.tail or "") for child in element)
    return (element.text or "") + inner


def outer_html(element):
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)


def inner_html(element):
    html = outer_html(element).partition(">")[2].rpartition("<")[0]
    return ENDS.sub("", html)


# Trees --------------------------------------------------------------------------------------------


def unwrap(element):
    """Put the content of an element in its place."""
    parent, place = element.getparent(), element.getparent().index(element)
    add_text(parent, place, element.text)
    children = list(element)
    parent[place + 1 : place + 1] = children
    remove_keeping_tail(element, after=children[-1] if children else None)


def remove_keeping_tail(element, after=None):
    """Remove an element; its tail goes behind `after`, or to what precedes it."""
    parent, tail = element.getparent(), element.tail
    if after is not None:
        after.tail = (after.tail or "") + (tail or "")
    else:
        add_text(parent, parent.index(element), tail)
    element.tail = None
    parent.remove(element)


def add_text(parent, place, text):
    """Add a text before the child at the place."""
    if not text:
        return
    if place:
        previous = parent[place - 1]
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
