"""The lead picture: a round conference table from above in slanted daylight."""

from .canvas import Canvas
from .geometry import arc, box, hull, polar, rounded, shifted, smooth
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
from .tools import chair_top, glass_top, sheet

SEATS = 10
RADIUS = 45
# jacket and head of whoever sits at each place; a bright head is a hard hat
PEOPLE = (
    (STEEL, OCHRE), (MOSS, INK), None, (OCHRE, deep(RUST, 0.4)), (MIST, INK),
    (mix(BRICK, SAND, 0.35), PAPER), None, (STEEL, INK), (MOSS, BRICK), (MIST, deep(RUST, 0.5)),
)  # fmt: skip
HOLE = 17


def roundtable(c: Canvas) -> None:
    """Ring-shaped table, cropped, with places laid for a discussion."""
    _floor(c)
    wide = c.R > 66
    if wide:
        _sideboard(c)
    with c.at(*((15, 4, 0, 1.08) if wide else (0, 0, 0, min(1, c.R / 54)))):
        _shadows(c)
        for i in range(SEATS):
            with c.at(*_seat(i)):
                chair_top(c, 1.12, BRICK)
        _top(c)
        for i in range(SEATS):
            with c.at(*polar(0, 0, 33, 15 + i * 36), i * 36 - 75):
                _place(c, i)
        for i in range(SEATS):
            with c.at(*polar(0, 0, 33, 15 + i * 36), i * 36 - 75):
                (_cup if i % 5 == 3 else glass_top)(c, 9.4, -6.8, 2.2)
        for i, look in enumerate(PEOPLE):
            if look:
                with c.at(*_seat(i)):
                    _person(c, *look)
    _daylight(c)


def _seat(i: int) -> tuple[float, float, float]:
    turn = 15 + i * 360 / SEATS
    pull = (0, 2.4, -0.6, 1.2)[i % 4]
    x, y = polar(0, 0, RADIUS + 5.5 + pull, turn)
    return x, y, turn - 90 + (-6, 4, 0, 9, -3)[i % 5]


def _floor(c: Canvas) -> None:
    c.sky(mix(PETROL, STEEL, 0.22), PETROL)
    with c.at(0, 0, -24):
        for row in range(-9, 10):
            start = -130 + (row * 37) % 52
            for k in range(6):
                x = start + k * 52
                tone = (veil(INK, 0), veil(INK, 0.12), veil(PAPER, 0.04))[(row * 5 + k * 3) % 3]
                c.rect(x, row * 10, x + 51.4, row * 10 + 9.5, tone)
            c.rect(-140, row * 10 - 0.5, 140, row * 10, veil(INK, 0.3))


def _shadows(c: Canvas) -> None:
    with c.ink(INK, 0.42):
        for i in range(SEATS):
            with c.at(*_seat(i)):
                pts = rounded(-6.2, -5, 6.2, 6.4, 2)
                c.poly(pts, INK)
            x, y, _ = _seat(i)
            c.poly(hull([*arc(x, y, 6, 6), *shifted(arc(x, y, 5.4, 5.4), 6, 8)]), INK)
        c.poly(
            hull([*arc(0, 0, RADIUS, RADIUS), *shifted(arc(0, 0, RADIUS, RADIUS), 8, 10.5)]), INK
        )


def _top(c: Canvas) -> None:
    c.disc(0.9, 1.2, RADIUS, deep(OCHRE, 0.45))
    c.disc(0, 0, RADIUS, SAND)
    c.ring(0, 0, RADIUS, 1.6, lift(SAND, 0.45))
    for i in range(6):
        a = i * 60
        pts = [
            *arc(0, 0, RADIUS - 1.6, RADIUS - 1.6, a, a + 60),
            *arc(0, 0, HOLE, HOLE, a, a + 60)[::-1],
        ]
        c.poly(pts, mix(lift(SAND, 0.16), OCHRE, (0.0, 0.12, 0.05)[i % 3]))
    for i in range(6):
        c.line(
            [polar(0, 0, HOLE, i * 60), polar(0, 0, RADIUS - 1, i * 60)],
            0.5,
            deep(SAND, 0.3),
            False,
        )
    _well(c)


def _well(c: Canvas) -> None:
    c.disc(0, 0, HOLE + 1.3, lift(SAND, 0.5))
    c.disc(0, 0, HOLE, deep(OCHRE, 0.5))
    with c.clip(arc(0.8, 1, HOLE - 0.6, HOLE - 0.6)):
        c.disc(0, 0, HOLE + 2, deep(PETROL, 0.6))
        c.disc(7, 9, HOLE + 1, mix(PETROL, STEEL, 0.3))
    c.cast(arc(0, 0, 7, 7), 6, 8, veil(INK, 0.35))
    c.disc(0, 0, 7.4, RUST)
    c.disc(0, 0, 6.4, deep(RUST, 0.5))
    for i in range(17):
        a, far = i * 137.5, 15.5 - i * 0.62
        tone = (FOREST, MOSS, lift(MOSS, 0.18), deep(FOREST, 0.25))[i % 4]
        tip, le, r = (
            polar(0, 0, far, a),
            polar(0, 0, far * 0.52, a - 23),
            polar(0, 0, far * 0.52, a + 23),
        )
        leaf = smooth([(0, 0), le, tip, tip, r, (0, 0)], n=6)
        c.poly(shifted(leaf, 0.8, 1.1), veil(INK, 0.28))
        c.poly(leaf, tone)
        c.poly(smooth([(0, 0), le, tip, tip], n=6), lift(tone, 0.14))


def _place(c: Canvas, i: int) -> None:
    with c.at((-2, 1.5, -1, 2)[i % 4], -2, (-9, 6, 12, -4, -14)[i % 5]):
        if i % 4 == 1:
            with c.at(-1, 0, 0, 0.9):
                _laptop(c)
        else:
            if i % 3 == 0:
                with c.at(2.2, -1.3, 13):
                    sheet(c, 8.4, 11.2, 6, lift(MIST, 0.55), STEEL)
            sheet(c, 8.8, 11.6, 7, PAPER, BRICK if i % 2 else PETROL)
            _pen(c, i)
    if i % 5 == 2:
        with c.at(9.2, 1.5, -12):
            _notebook(c)


def _pen(c: Canvas, i: int) -> None:
    with c.at(3.2, 2, 28 + 20 * (i % 3)):
        c.rect(-0.1, -4.2, 1.5, 5.2, veil(INK, 0.25), 0.5)
        c.rect(-0.6, -4.6, 0.6, 4.2, RUST if i % 2 else INK, 0.5)
        c.poly([(-0.6, 4), (0.6, 4), (0, 5.8)], OCHRE)


def _laptop(c: Canvas) -> None:
    c.cast(box(-7.6, -9, 7.6, 6), 1.8, 2.4, veil(INK, 0.26))
    c.rect(-7.4, -3.6, 7.4, 6.2, MIST, 0.9)
    c.rect(-6.4, -2.6, 6.4, 2, STEEL, 0.4)
    for k in range(3):
        c.rect(-6, -2.2 + k * 1.4, 6, -1.3 + k * 1.4, PETROL, 0.2)
    c.rect(-2.4, 2.9, 2.4, 5.4, lift(MIST, 0.4), 0.4)
    c.rect(-7.6, -9.2, 7.6, -3.6, INK, 0.8)
    c.poly([(-6.8, -8.6), (6.8, -8.6), (6.8, -4.2), (-6.8, -4.2)], mix(PETROL, STEEL, 0.5))
    c.rect(-5.6, -7.8, -0.4, -6.9, BRICK)
    c.rect(-5.6, -6.2, 2.6, -5.3, MIST)


def _cup(c: Canvas, x: float, y: float, r: float) -> None:
    c.cast(arc(x, y, r * 1.3, r * 1.3), 2.4, 3.2, veil(INK, 0.2))
    c.disc(x, y, r * 1.45, lift(MIST, 0.6))
    c.ring(x, y, r * 1.45, 0.35, MIST)
    c.line([(x, y), (x + r * 1.3, y - r * 0.8)], 0.9, PAPER)
    c.disc(x, y, r, PAPER)
    c.disc(x, y, r * 0.78, deep(RUST, 0.5))
    c.band(x, y, r * 0.6, 190, 280, 0.45, OCHRE)


def _notebook(c: Canvas) -> None:
    c.rect(-2.6, -3.6, 4, 5.4, veil(INK, 0.25), 0.4)
    c.rect(-3.2, -4.4, 3.2, 4.4, FOREST, 0.5)
    c.rect(-3.2, -4.4, -2, 4.4, deep(FOREST, 0.4), 0.4)
    c.rect(0.8, -4.4, 1.6, 4.4, OCHRE)


def _daylight(c: Canvas) -> None:
    for x in (-92, -52, -12, 28):
        for k in range(2):
            a = x + k * 15.5
            c.poly([(a, -80), (a + 13.5, -80), (a + 113.5, 80), (a + 100, 80)], veil(PAPER, 0.17))
    c.glow(c.L, c.T, 90, OCHRE, 0.34)
    c.glow(c.R + 10, c.B + 10, 70, INK, 0.5)


def _person(c: Canvas, jacket: Color, head: Color) -> None:
    for s in (-1, 1):
        hand = (s * 4.6, -13.5 - s)
        c.line(
            [(s * 7 + 1.2, 1.4), (s * 9 + 1.2, -5.2), (hand[0] + 1.2, hand[1] + 1.6)],
            3.2,
            veil(INK, 0.16),
            False,
        )
        c.line([(s * 7, 0), (s * 8.6, -7), hand], 3.7, deep(jacket, 0.22 if s > 0 else 0.05))
        c.disc(*hand, 1.75, mix(SAND, RUST, 0.35))
    c.cast(arc(0, 0, 7, 3.6), 2.4, 3, veil(INK, 0.26))
    body = smooth(
        [(-9.6, -0.4), (-6, -3.4), (0, -4), (6, -3.4), (9.6, -0.4), (7, 3.6), (0, 4.6), (-7, 3.6)],
        True,
    )
    c.poly(body, deep(jacket, 0.2))
    with c.clip(body):
        c.poly(smooth([(-10, -1), (-5, -4.5), (4, -5), (2, 3), (-8, 4)], True), lift(jacket, 0.08))
    c.cast(arc(0, -0.6, 4, 4.2), 1.5, 2, veil(INK, 0.3))
    (_hat if head in (OCHRE, PAPER, BRICK) else _hair)(c, head)


def _hair(c: Canvas, tone: Color) -> None:
    c.disc(0, -0.6, 4, deep(tone, 0.3), 4.4)
    c.disc(-0.5, -1, 3.2, lift(tone, 0.1), 3.5)
    c.band(-0.4, -0.8, 2.6, 190, 280, 0.7, lift(tone, 0.3))


def _hat(c: Canvas, tone: Color) -> None:
    c.poly(arc(0, -1.6, 5, 5.8), deep(tone, 0.3))
    c.disc(0, -0.6, 4.5, tone)
    c.disc(-0.8, -1.4, 3, lift(tone, 0.3))
    c.rect(-0.9, -5, 0.9, 3.8, mix(tone, INK, 0.14), 0.8)


def _sideboard(c: Canvas) -> None:
    with c.at(c.L + 2, 30, -24):
        c.cast(box(-24, -12, 15, 34), 7, 9, veil(INK, 0.4))
        c.rect(-24, -12, 15, 34, mix(OCHRE, RUST, 0.35), 1)
        c.rect(-24, -12, 15, -10.4, lift(OCHRE, 0.3), 0.6)
        c.rect(-8, -6, 10, 17, lift(MIST, 0.3), 2)
        c.rect(-7, -5, 9, 16, MIST, 1.6)
        for x, y in ((-3, -0.6), (5, 2.6), (-2.4, 8.4)):
            _cup(c, x, y, 2.1)
        glass_top(c, 5, 11.4, 2.4)
