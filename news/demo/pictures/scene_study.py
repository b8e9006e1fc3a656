"""Everyday college life: library and schedule."""

from .canvas import Canvas
from .geometry import arc, box, polar, smooth
from .palette import (
    BRICK,
    FOREST,
    INK,
    MIST,
    MOSS,
    OCHRE,
    PAPER,
    PETROL,
    RUST,
    SAND,
    STEEL,
    Color,
    deep,
    lift,
    mix,
    veil,
)  # fmt: skip

SPINES = (BRICK, RUST, PETROL, STEEL, MIST, SAND, OCHRE, MOSS, FOREST, PAPER)


def library(c: Canvas) -> None:
    """Tall shelves in the dusk, a lamp over an open book."""
    c.sky(deep(PETROL, 0.45), INK)
    y, row = c.T - 8.0, 0
    while y < 30:
        _shelf(c, y, 23, row)
        y, row = y + 26, row + 1
    c.fade(box(c.L, c.T, c.R, 30), veil(INK, 0.55), veil(INK, 0.18))
    c.fade(box(20, c.T, c.R, 30), veil(INK, 0), veil(INK, 0.5), True)
    c.glow(-22, 4, 74, lift(OCHRE, 0.3), 0.62)
    c.fade(
        [(-38, -9), (-6, -9), (34, 40), (-66, 40)], veil(lift(OCHRE, 0.4), 0.5), veil(OCHRE, 0.1)
    )
    _reading_table(c)


def _shelf(c: Canvas, y: float, h: float, row: int) -> None:
    c.rect(c.L, y, c.R, y + h, INK)
    x = c.L - c.rng.uniform(0, 5)
    while x < c.R:
        w, tall = c.rng.uniform(2.6, 6.2), h * c.rng.uniform(0.66, 0.93)
        tone = c.rng.choice(SPINES)
        if c.rng.random() < 0.09:
            x += c.rng.uniform(5, 9)
            continue
        with c.at(x, y + h, c.rng.choice((0, 0, 0, 0, 0, -9)) if w < 4 else 0):
            _spine(c, w, tall, tone)
        x += w + 0.25
    c.rect(c.L, y + h, c.R, y + h + 3, deep(RUST, 0.4))
    c.rect(c.L, y + h, c.R, y + h + 0.9, mix(RUST, OCHRE, 0.3))
    c.rect(c.L, y, c.R, y + 2.4, veil(INK, 0.5))
    if row >= 0:
        for x in (-47, 30):
            c.rect(x, y - 3, x + 3, y + h + 3, deep(RUST, 0.5))


def _spine(c: Canvas, w: float, tall: float, tone: Color) -> None:
    c.rect(0, -tall, w, 0, tone)
    c.rect(w * 0.72, -tall, w, 0, deep(tone, 0.28))
    band = deep(tone, 0.45) if sum(tone) > 420 else lift(tone, 0.55)
    kind = c.rng.randrange(3)
    if kind == 0:
        c.rect(0, -tall * 0.86, w, -tall * 0.8, band)
        c.rect(0, -tall * 0.2, w, -tall * 0.14, band)
    elif kind == 1:
        c.rect(w * 0.25, -tall * 0.8, w * 0.62, -tall * 0.45, band)


def _reading_table(c: Canvas) -> None:
    c.rect(c.L, 29, c.R, c.B, mix(RUST, OCHRE, 0.2))
    c.rect(c.L, 29, c.R, 30.6, lift(OCHRE, 0.3))
    c.rect(c.L, 44, c.R, c.B, deep(RUST, 0.4))
    c.disc(-16, 37, 54, veil(lift(OCHRE, 0.5), 0.55), 6)
    _stack(c, 36, 36)
    _lamp(c, -22, 36)
    _open_book(c, 2, 40)


def _stack(c: Canvas, x: float, y: float) -> None:
    c.poly([(x - 16, y), (x + 16, y), (x + 44, y + 8), (x + 6, y + 8)], veil(INK, 0.35))
    for i, (w, h, tone) in enumerate(
        ((34, 5.4, PETROL), (30, 4.4, BRICK), (31, 5, SAND), (25, 4, STEEL), (27, 4.6, FOREST))
    ):
        y -= h
        x0 = x - w / 2 + (0, 2, -1.5, 2.4, -0.6)[i]
        c.rect(x0, y, x0 + w, y + h, tone, 1)
        c.rect(x0 + w * 0.88, y + 0.8, x0 + w + 0.4, y + h - 0.8, lift(SAND, 0.5))
        c.rect(x0 + 3, y, x0 + 4.6, y + h, veil(PAPER, 0.55))
        c.rect(x0, y + h * 0.7, x0 + w, y + h, veil(INK, 0.22))


def _lamp(c: Canvas, x: float, y: float) -> None:
    c.disc(x + 6, y + 2, 16, veil(INK, 0.35), 3)
    c.disc(x, y, 10, INK, 2.6)
    c.disc(x, y - 1.2, 10, OCHRE, 2.4)
    c.rect(x - 1.1, y - 42, x + 1.1, y - 1, mix(OCHRE, RUST, 0.3))
    c.rect(x - 1.1, y - 42, x, y - 1, lift(OCHRE, 0.4))
    shade = smooth(
        [(x - 19, y - 40), (x - 15, y - 52), (x, y - 56), (x + 15, y - 52), (x + 19, y - 40)]
    )
    c.disc(x, y - 40, 13, lift(OCHRE, 0.75), 2.6)
    c.poly(shade, FOREST)
    with c.clip(shade):
        c.poly(
            smooth([(x - 20, y - 38), (x - 14, y - 50), (x - 2, y - 58), (x - 24, y - 60)]), MOSS
        )
        c.poly(
            [(x + 7, y - 60), (x + 30, y - 60), (x + 30, y - 38), (x + 10, y - 38)],
            deep(FOREST, 0.35),
        )
    c.rect(x - 19.4, y - 41.4, x + 19.4, y - 39.4, lift(MOSS, 0.3), 1)


def _open_book(c: Canvas, x: float, y: float) -> None:
    with c.at(x, y):
        c.poly([(-25, 3), (26, 3), (44, 8), (-10, 8)], veil(INK, 0.35))
        c.poly([(-26, 2), (0, 4), (26, 2), (21, -8), (-21, -8)], RUST)
        left = smooth([(-24, 1), (-13, -1.6), (0, 2)]) + smooth([(0, -8), (-9, -11), (-20, -9)])
        right = [(-px, py) for px, py in left]
        c.poly(left, PAPER)
        c.poly(right, lift(SAND, 0.55))
        for j in range(4):
            t = j * 1.9
            c.line([(-20 + t * 0.2, -6 + t), (-4, -6.4 + t)], 0.6, mix(STEEL, PAPER, 0.25), False)
            c.line([(20 - t * 0.2, -6 + t), (4, -6.4 + t)], 0.6, mix(STEEL, PAPER, 0.15), False)
        c.poly([(-0.8, -9), (0.8, -9), (2.4, 9), (-0.4, 7.4)], BRICK)


def schedule(c: Canvas) -> None:
    """Wall calendar and clock in the slanting light of a window."""
    c.sky(lift(SAND, 0.25), mix(SAND, OCHRE, 0.25))
    c.poly([(-30, c.T), (16, c.T), (c.R + 20, c.B), (8, c.B)], veil(PAPER, 0.5))
    c.poly([(-6, c.T), (-2, c.T), (60, c.B), (54, c.B)], SAND)
    if c.tall:
        _calendar(c, -10, 2)
        _clock(c, 24, -50, 18)
    else:
        _calendar(c, -30, -4)
        _clock(c, min(40, c.R - 26), -16, 22)
    _desk_edge(c)


def _calendar(c: Canvas, x: float, y: float) -> None:
    with c.at(x, y, -2.5):
        page = box(-31, -34, 31, 36)
        c.cast(page, 9, 11, veil(INK, 0.22))
        c.rect(-31, -32, 33, 37.5, lift(MIST, 0.2))
        c.rect(-31, -34, 31, 36, PAPER)
        c.rect(-31, -34, 31, -18, BRICK)
        c.poly([(12, -34), (31, -34), (31, -18), (2, -18)], RUST)
        c.rect(-26, -28.6, 0, -24, PAPER, 1)
        c.rect(19, -28.6, 26, -24, OCHRE, 1)
        _days(c)
        c.poly([(31, 36), (31, 24), (19, 36)], deep(SAND, 0.25))
        c.poly([(19, 36), (31, 24), (21, 26)], lift(SAND, 0.4))
        for i in range(9):
            c.rect(-26.6 + i * 6.4, -38, -24.6 + i * 6.4, -31, INK, 1)


def _days(c: Canvas) -> None:
    marks = {
        (0, 1): STEEL,
        (2, 1): STEEL,
        (3, 2): OCHRE,
        (1, 3): MOSS,
        (2, 3): MOSS,
        (4, 3): PETROL,
        (1, 0): PETROL,
    }
    for j in range(5):
        for i in range(7):
            if (j == 0 and i < 1) or (j == 4 and i > 4):
                continue
            x, y = -27 + i * 7.8, -14 + j * 9.6
            tone = marks.get((i, j), mix(SAND, PAPER, 0.45) if i < 5 else mix(BRICK, PAPER, 0.6))
            c.rect(x, y, x + 6.4, y + 7.8, tone, 1)
            if (i, j) in marks:
                c.rect(x + 1.2, y + 1.6, x + 5.2, y + 2.7, veil(PAPER, 0.8))
                c.rect(x + 1.2, y + 4, x + 4, y + 5.1, veil(PAPER, 0.6))
    c.ring(6.5, 18, 7, 1.5, BRICK, 0.95)


def _clock(c: Canvas, x: float, y: float, r: float) -> None:
    c.cast(arc(x, y, r, r), 14, 17, veil(INK, 0.2))
    c.disc(x, y, r, INK)
    c.disc(x, y, r * 0.88, lift(SAND, 0.7))
    with c.clip(arc(x, y, r * 0.88, r * 0.88)):
        c.poly(
            [*arc(x, y, r, r, 190, 330), *arc(x + 2, y + 3, r * 0.86, r * 0.86, 330, 190)],
            veil(INK, 0.25),
        )
    for i in range(12):
        k = 0.66 if i % 3 == 0 else 0.73
        c.line(
            [polar(x, y, r * k, i * 30), polar(x, y, r * 0.79, i * 30)],
            1.8 if i % 3 == 0 else 1,
            INK,
            False,
        )
    for a, far, w, tone in (
        (-150, 0.48, 2.6, PETROL),
        (-60, 0.68, 1.8, PETROL),
        (75, 0.72, 0.9, BRICK),
    ):
        tail, tip = polar(x, y, r * 0.14, a + 180), polar(x, y, r * far, a)
        c.line(
            [(tail[0] + 1, tail[1] + 1.3), (tip[0] + 1, tip[1] + 1.3)], w, veil(INK, 0.16), False
        )
        c.line([tail, tip], w, tone)
    c.disc(x, y, 2.2, BRICK)


def _desk_edge(c: Canvas) -> None:
    y = 40
    c.rect(c.L, y, c.R, c.B, PETROL)
    c.rect(c.L, y, c.R, y + 2.2, STEEL)
    x = min(46, c.R - 18)
    c.poly([(x - 8, y + 1), (x + 8, y + 1), (x + 30, c.B), (x + 8, c.B)], veil(INK, 0.35))
    for i in range(9):
        a, far = -165 + i * 18.5, (15, 21, 24, 20, 27, 21, 25, 18, 14)[i]
        tip = polar(x, y - 10, far, a)
        mid = polar(x, y - 10, far * 0.55, a)
        le, r = polar(*mid, 2.8, a + 90), polar(*mid, 2.8, a - 90)
        c.poly(smooth([(x, y - 9), le, tip, r, (x, y - 9)], n=8), FOREST if i % 2 else MOSS)
        c.poly(smooth([(x, y - 9), le, tip], n=8), lift(FOREST if i % 2 else MOSS, 0.16))
    c.poly([(x - 9, y - 12), (x + 9, y - 12), (x + 6.5, y + 3), (x - 6.5, y + 3)], BRICK)
    c.poly([(x + 2, y - 12), (x + 9, y - 12), (x + 6.5, y + 3), (x + 1.6, y + 3)], RUST)
    for i, tone in enumerate((OCHRE, MIST, BRICK)):
        c.rect(c.L + 4 + i * 2, y - 3.4 * (i + 1), c.L + 36 - i * 3, y - 3.4 * i, tone, 0.8)
        c.rect(
            c.L + 30 - i * 3, y - 3.4 * (i + 1) + 0.7, c.L + 36.6 - i * 3, y - 3.4 * i - 0.7, PAPER
        )
