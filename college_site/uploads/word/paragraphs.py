"""Paragraphs and tables of a part in the few styles that the conversion knows."""

from college_site.uploads.word.parts import child, make, tag, text_of
from college_site.uploads.word.wrappers import remove, replace

BULLETS, NUMBERS = 1, 2  # the ids of the two lists that the conversion knows
MOST_DEPTH = 4
TYPES = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i"}
TYPES |= {"upperRoman": "I", "decimalZero": "1"}  # how HTML calls a format of numbers
WITH_NUMBER_IN_TEXT = ("Heading", "Title", "Subtitle", "Caption")


def simplify_paragraphs(root, styles, numbering, leftovers):
    told = set()
    for paragraph in list(root.iter(tag("w:p"))):
        role, place = styles.role(paragraph), None
        if text_of(paragraph) or has_drawing(paragraph):
            place = numbering.place(paragraph)
        if not role and place is None and styles.is_centred(paragraph):
            role = "Centred"
        for properties in paragraph.findall(tag("w:pPr")):
            remove(properties)
        if place and role.startswith(WITH_NUMBER_IN_TEXT):
            paragraph.insert(0, make_text_run(f"{place.label} ".lstrip()))
        elif place:
            role = ""
            if (place.list, place.depth) not in told:
                tell_format(place, leftovers, paragraph)
            told.add((place.list, place.depth))
            paragraph.insert(0, make_number(place))
        paragraph.insert(0, make_properties(role, place))


def make_properties(role, place):
    properties = make("w:pPr")
    if role:
        properties.append(make("w:pStyle", val=role))
    elif place:
        numbers = make("w:numPr")
        numbers.append(make("w:ilvl", val=min(place.depth, MOST_DEPTH)))
        numbers.append(make("w:numId", val=NUMBERS if place.is_ordered else BULLETS))
        properties.append(numbers)
    return properties


def tell_format(place, leftovers, paragraph):
    """Say of a list that its numbers get another form than Word shows."""
    is_known = not place.is_ordered or place.format in TYPES
    if not is_known or place.label.rstrip(".)").count("."):
        line = f"Номера списка стали простыми: пункт «{place.label}» теперь {place.number}"
        leftovers.add(line, paragraph)


def make_number(place):
    """A mark that takes the number of a list's paragraph through the conversion."""
    type = TYPES.get(place.format, "1") if place.is_ordered else ""
    return make("w:bookmarkStart", name=f"item-{place.number}-{type}", id=0)


def make_text_run(text):
    run = make("w:r")
    run.append(make("w:t"))
    run[0].text = text
    return run


# Tables -------------------------------------------------------------------------------------------


def simplify_tables(root):
    for skipped in list(root.iter(tag("w:gridBefore"))):
        row = next(skipped.iterancestors(tag("w:tr")), None)
        if row is not None:
            row.insert(row.index(next(row.iter(tag("w:tc")), row[0])), make_empty_cell(skipped))
    for table in list(root.iter(tag("w:tbl"))):
        if is_frame_of_pictures(table):
            replace(table, unroll(table))


def make_empty_cell(skipped):
    """A cell as wide as the columns that a row leaves out at its beginning."""
    cell = make("w:tc")
    cell.append(make("w:tcPr"))
    cell[0].append(make("w:gridSpan", val=skipped.get(tag("w:val"), "1")))
    cell.append(make("w:p"))
    return cell


def is_frame_of_pictures(table):
    """Whether a table only puts pictures beside each other, with or without their captions."""
    if table.find(f".//{tag('w:tbl')}") is not None:
        return False
    pictures = cells_with_text = 0
    for cell in table.iter(tag("w:tc")):
        drawings = sum(1 for _ in cell.iter(tag("w:drawing")))
        pictures += drawings
        cells_with_text += bool(text_of(cell)) and not drawings
    return pictures > 0 and cells_with_text <= pictures and not has_header(table)


def unroll(table):
    """The paragraphs of a table, each picture followed by what stands under it: its caption."""
    rows = [row.findall(tag("w:tc")) for row in table.iter(tag("w:tr"))]
    done, paragraphs = set(), []
    for row, below in zip(rows, [*rows[1:], []], strict=True):
        for column, cell in enumerate(row):
            if cell not in done:
                paragraphs += cell.findall(tag("w:p"))
            under = below[column] if column < len(below) and has_drawing(cell) else None
            if under is not None and text_of(under) and not has_drawing(under):
                done.add(under)
                paragraphs += make_captions(under)
    return paragraphs


def make_captions(cell):
    paragraphs = cell.findall(tag("w:p"))
    for paragraph in paragraphs:
        if child(paragraph, "w:pPr", "w:numPr") is None:
            paragraph.replace(paragraph[0], make_properties("Caption", None))
    return paragraphs


def has_drawing(element):
    return element.find(f".//{tag('w:drawing')}") is not None


def has_header(table):
    return child(table, "w:tr", "w:trPr", "w:tblHeader") is not None
