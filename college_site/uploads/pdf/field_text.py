"""Draws the text of a form field or note for which a PDF has no drawing.

Text of ASCII is set in the font that the field names. Other text, Russian above all, is an image
of letters, since the fonts of fields seldom have them. Runs in the sandbox (sandbox_process.py).
"""

import io
import re
import zlib
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

FONT = (Path(__file__).resolve().parents[2] / "fonts" / "golos-text-bold.ttf").read_bytes()
LETTERS = ImageFont.truetype(io.BytesIO(FONT), 100, layout_engine=ImageFont.Layout.BASIC)
FONT_AND_SIZE = re.compile(r"/(\S+)\s+(-?[\d.]+)\s+Tf")
COLOUR = re.compile(r"(?:-?[\d.]+\s+){4}k\b|(?:-?[\d.]+\s+){3}rg\b|-?[\d.]+\s+g\b")
MULTILINE, PASSWORD, COMB = 1 << 12, 1 << 13, 1 << 24  # bits of /Ff
LEADING = 1.15  # of the size of the font
ASCENT = 0.72
LARGEST, SMALLEST = 12, 4  # points, where the field leaves the size to the viewer
PADDING = 2  # points
DOTS = 4  # of an image of letters, a point
MOST_DOTS = 4_000_000
MOST_TEXT = 20_000  # characters
OPERATORS = {1: "g", 3: "rg", 4: "k"}


def draw_text(document, annotation, text, style="", fonts=None, align=0, flags=MULTILINE, cells=0):
    """A form XObject that shows the text within the rectangle of the annotation."""
    width, height = size_of(annotation)
    text = "*" * len(text) if flags & PASSWORD else text[:MOST_TEXT].replace("\r\n", "\n")
    text = text.replace("\r", "\n")
    named = FONT_AND_SIZE.search(style)
    size = abs(float(named[2])) if named else 0
    is_multiline = bool(flags & MULTILINE)
    size = size or fitting_size(text, width, height, is_multiline)
    if flags & COMB and cells:
        places = comb_places(text, size, width, height, cells)
    else:
        lines = wrap(text, size, width) if is_multiline else [text.replace("\n", " ")]
        places = line_places(lines, size, width, height, align, is_multiline)
    colour = found[0] if (found := COLOUR.search(style)) else "0 g"
    content = [frame(annotation, width, height), colour, f"0 0 {width} {height} re W n"]
    resources = pikepdf.Dictionary()
    if text.isascii():
        font = (fonts or {}).get(f"/{named[1]}") if named else None
        resources.Font = pikepdf.Dictionary(F=font if font is not None else helvetica())
        content += [show_line(line, size, x, y) for x, y, line in places]
    else:
        image = document.make_indirect(letters_image(document, places, size, width, height))
        resources.XObject = pikepdf.Dictionary(I=image)
        content.append(f"q {width} 0 0 {height} 0 0 cm /I Do Q")
    return form_xobject(document, "\n".join(content), [0, 0, width, height], resources)


def draw_check(document, annotation, is_on):
    """A form XObject of a check box or radio button."""
    width, height = size_of(annotation)
    content = [frame(annotation, width, height)]
    if is_on:
        x, y = width / 5, height / 5
        content.append(f"0 G {min(x, y) / 1.5} w {x} {2.5 * y} m {2 * x} {y} l {4 * x} {4 * y} l S")
    return form_xobject(document, "\n".join(content), [0, 0, width, height])


def size_of(annotation):
    left, bottom, right, top = [float(number) for number in annotation.Rect]
    if left == right or bottom == top:
        raise ValueError("The annotation has no area.")
    return abs(right - left), abs(top - bottom)


def form_xobject(document, content, box, resources=None):
    form = pikepdf.Stream(document, content.encode())
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([round(number, 4) for number in box])
    form.Resources = resources if resources is not None else pikepdf.Dictionary()
    return form


def colour_operator(values, is_stroke=False):
    """E.g. "1 0 0 rg" of an array of numbers; "" of an empty or missing one."""
    numbers = [float(number) for number in values or []]
    if len(numbers) not in OPERATORS:
        return ""
    operator = OPERATORS[len(numbers)]
    return " ".join([*map(str, numbers), operator.upper() if is_stroke else operator])


def frame(annotation, width, height):
    """The operators of background and border that a field asks for."""
    look = annotation.get("/MK", {})
    parts = []
    if fill := colour_operator(look.get("/BG")):
        parts.append(f"q {fill} 0 0 {width} {height} re f Q")
    line = float(annotation.get("/BS", {}).get("/W", 1))
    if (stroke := colour_operator(look.get("/BC"), is_stroke=True)) and line:
        inner = f"{line / 2} {line / 2} {width - line} {height - line}"
        parts.append(f"q {stroke} {line} w {inner} re S Q")
    return "\n".join(parts)


def helvetica():
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )


def text_width(text, size):
    return LETTERS.getlength(text) * size / 100


def fitting_size(text, width, height, is_multiline):
    """The largest size in which the text fits."""
    size = LARGEST if is_multiline else min(LARGEST, height / LEADING)
    while size > SMALLEST:
        lines = wrap(text, size, width) if is_multiline else [text]
        is_wide = max(text_width(line, size) for line in lines) > width - 2 * PADDING
        if not is_wide and len(lines) * size * LEADING <= height:
            break
        size -= 1
    return max(size, SMALLEST)


def wrap(text, size, width):
    """The lines of a text, broken at spaces where they are wider than the field."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for part in paragraph.split(" "):
            longer = f"{line} {part}" if line else part
            if line and text_width(longer, size) > width - 2 * PADDING:
                lines.append(line)
                longer = part
            line = longer
        lines.append(line)
    return lines


def line_places(lines, size, width, height, align, is_multiline):
    """(x, y of the base line, text) of each line."""
    top = height - PADDING - size if is_multiline else (height - size * ASCENT) / 2
    spare = [width - 2 * PADDING - text_width(line, size) for line in lines]
    return [
        (PADDING + spare[number] * align / 2, top - number * size * LEADING, line)
        for number, line in enumerate(lines)
    ]


def comb_places(text, size, width, height, cells):
    """(x, y, character) of each character in a cell of its own."""
    cell = width / cells
    return [
        (cell * (number + 0.5) - text_width(letter, size) / 2, (height - size * ASCENT) / 2, letter)
        for number, letter in enumerate(text[:cells])
    ]


def show_line(line, size, x, y):
    escaped = re.sub(r"([\\()])", r"\\\1", line)
    return f"BT /F {size} Tf {x} {y} Td ({escaped}) Tj ET"


def letters_image(document, places, size, width, height):
    """An image mask of the lines."""
    dots = min(DOTS, (MOST_DOTS / (width * height)) ** 0.5)
    columns, rows = max(1, round(width * dots)), max(1, round(height * dots))
    picture = Image.new("1", (columns, rows))
    font = LETTERS.font_variant(font=io.BytesIO(FONT), size=max(1, size * dots))
    canvas = ImageDraw.Draw(picture)
    for x, y, line in places:
        canvas.text((x * dots, (height - y) * dots), line, fill=1, font=font, anchor="ls")
    image = pikepdf.Stream(document, b"")
    image.write(zlib.compress(picture.tobytes()), filter=pikepdf.Name.FlateDecode)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = columns, rows, 1
    image.ImageMask, image.Decode = True, pikepdf.Array([1, 0])
    return image
