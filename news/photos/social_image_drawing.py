"""Draws the preview image of a post without a photograph.

It resembles the site's pages: a thin rule, the kicker, a large headline, the college's mark.
"""

import io
import unicodedata
from bisect import bisect
from functools import lru_cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from college_site.pages.plain_text import printable

SIZE = (1200, 630)  # pixels; recommended by social networks (ogp.me specifies no size)
MARGIN = 72
FONT = settings.BASE_DIR / "college_site" / "fonts" / "golos-text-bold.ttf"
PAPER, INK, MUTED, ACCENT = "#fdfdfb", "#16191b", "#585f63", "#0a5566"
HEADLINE_SIZES = (84, 72, 62, 54, 48)  # pixels; the largest one that fits the title is used
HEADLINE_BOX = (SIZE[0] - 2 * MARGIN, 340)
LEADING = 1.16
SMALL = 30
MARK = 46
HYPHENS = {0x2011: "-"}  # the font lacks the non-breaking hyphen


def draw_card(title, kicker, name):
    """Draw a PNG of SIZE with a title, a kicker, the college's name and initial; returns bytes."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 12), fill=ACCENT)
    title, kicker, name = (
        remove_missing_glyphs(title),
        remove_missing_glyphs(kicker),
        remove_missing_glyphs(name),
    )
    draw.text((MARGIN, 66), fit_line(kicker, SMALL), fill=ACCENT, font=load_font(SMALL))
    size, lines = fit_title(title)
    for number, line in enumerate(lines):
        place = (MARGIN - 2, 124 + round(number * size * LEADING))
        draw.text(place, line, fill=INK, font=load_font(size))
    draw.line((MARGIN, 500, SIZE[0] - MARGIN, 500), fill=INK, width=2)
    draw_mark(draw, first_letter(name), MARGIN, 530, 60)
    draw.text((MARGIN + 84, 543), fit_line(name, SMALL, 84), fill=MUTED, font=load_font(SMALL))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def fit_title(title):
    """Choose the font size; returns (size in pixels, lines). A title that never fits is cut."""
    width, height = HEADLINE_BOX
    for size in HEADLINE_SIZES:
        lines = wrap_text(title, size, width)
        if len(lines) <= height // (size * LEADING):
            return size, lines
    most = int(height // (size * LEADING))
    return size, [*lines[: most - 1], fit_line(" ".join(lines[most - 1 :]), size)]


def wrap_text(text, size, width):
    """Split the text into lines of at most `width` pixels; longer words are hyphenated."""
    lines = [""]
    for word in text.split():
        candidate = f"{lines[-1]} {word}".strip()
        if load_font(size).getlength(candidate) <= width:
            lines[-1] = candidate
            continue
        while load_font(size).getlength(word) > width:
            head, word = split_word(word, size, width)
            lines.append(head)
        lines.append(word)
    return [line for line in lines if line]


def split_word(word, size, width):
    """Split a word into as much as fits into `width` pixels with a hyphen, and the rest."""
    lengths = range(1, len(word))
    most = bisect(lengths, width, key=lambda n: load_font(size).getlength(f"{word[:n]}-"))
    return f"{word[:most]}-", word[most:]


def fits(text, size, width):
    return load_font(size).getlength(text) <= width


def fit_line(text, size, inset=0):
    """The text on one line, shortened with «…» to the headline's width minus `inset` pixels."""
    text = " ".join(text.split())
    width = HEADLINE_BOX[0] - inset
    if fits(text, size, width):
        return text
    most = bisect(
        range(1, len(text)), width, key=lambda n: load_font(size).getlength(f"{text[:n]}…")
    )
    start = text[:most]
    return (start.rpartition(" ")[0] or start).rstrip(" ,;:—–-") + "…"


def remove_missing_glyphs(text):
    """Remove the characters that the font has no glyph for, such as emoji."""
    text = unicodedata.normalize("NFC", printable(text)).translate(HYPHENS)
    return "".join(
        char for char in text if char.isspace() or load_font(SMALL).getmask(char).getbbox()
    )


def first_letter(name):
    """The first letter of the name in upper case, or ""."""
    return next(filter(str.isalpha, name), "").upper()


def draw_mark(draw, letter, left, top, side):
    """Draw a square with a letter, centred by the height of its own glyph."""
    draw.rectangle((left, top, left + side, top + side), fill=ACCENT)
    above, below = load_font(MARK).getbbox(letter, anchor="ms")[1::2]
    middle = (left + side / 2, top + (side - above - below) / 2)
    draw.text(middle, letter, fill=PAPER, font=load_font(MARK), anchor="ms")


@lru_cache(maxsize=8)
def load_font(size):
    return ImageFont.truetype(FONT, size)
