"""The card that stands for a post without a photograph, where links to it are shared.

Drawn like the site's pages: a hairline, the kicker, a large headline, the college's mark.
"""

import io
import unicodedata
from bisect import bisect
from functools import lru_cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from college_site.pages.plain_text import printable

SIZE = (1200, 630)  # pixels; what social networks ask for (ogp.me names no size)
MARGIN = 72
FONT = settings.BASE_DIR / "college_site" / "fonts" / "golos-text-bold.ttf"
PAPER, INK, MUTED, ACCENT = "#fdfdfb", "#16191b", "#585f63", "#0a5566"
HEADLINE_SIZES = (84, 72, 62, 54, 48)  # the largest that takes the title is chosen
HEADLINE_BOX = (SIZE[0] - 2 * MARGIN, 340)
LEADING = 1.16
SMALL = 30
MARK = 46
HYPHENS = {0x2011: "-"}  # the font has no unbreaking one


def draw_card(title, kicker, name):
    """A PNG of SIZE with the post's title, its kind and date, name and initial of the college."""
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
    """The size in pixels and the lines of a title; one too long even for the smallest is cut."""
    width, height = HEADLINE_BOX
    for size in HEADLINE_SIZES:
        lines = wrap_text(title, size, width)
        if len(lines) <= height // (size * LEADING):
            return size, lines
    most = int(height // (size * LEADING))
    return size, [*lines[: most - 1], fit_line(" ".join(lines[most - 1 :]), size)]


def wrap_text(text, size, width):
    """The text in lines of at most `width` pixels; a word longer than a line is broken."""
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
    """A word in two: as much of it as fits with a hyphen, and the rest."""
    lengths = range(1, len(word))
    most = bisect(lengths, width, key=lambda n: load_font(size).getlength(f"{word[:n]}-"))
    return f"{word[:most]}-", word[most:]


def fits(text, size, width):
    return load_font(size).getlength(text) <= width


def fit_line(text, size, inset=0):
    """The text in one line, cut at its end where it is too long; `inset` pixels are taken."""
    text = " ".join(text.split())
    width = HEADLINE_BOX[0] - inset
    if fits(text, size, width):
        return text
    most = bisect(
        range(1, len(text)), width, key=lambda n: load_font(size).getlength(f"{text[:n]}…")
    )
    kept = text[:most]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:—–-") + "…"


def remove_missing_glyphs(text):
    """The text without what the font has no glyph for: an emoji would leave a gap."""
    text = unicodedata.normalize("NFC", printable(text)).translate(HYPHENS)
    return "".join(
        each for each in text if each.isspace() or load_font(SMALL).getmask(each).getbbox()
    )


def first_letter(name):
    """The letter that the name begins with, as a capital."""
    return next(filter(str.isalpha, name), "").upper()


def draw_mark(draw, letter, left, top, side):
    """A letter in the middle of a square, by its own height: letters differ in what hangs below."""
    draw.rectangle((left, top, left + side, top + side), fill=ACCENT)
    above, below = load_font(MARK).getbbox(letter, anchor="ms")[1::2]
    middle = (left + side / 2, top + (side - above - below) / 2)
    draw.text(middle, letter, fill=PAPER, font=load_font(MARK), anchor="ms")


@lru_cache(maxsize=8)
def load_font(size):
    return ImageFont.truetype(FONT, size)
