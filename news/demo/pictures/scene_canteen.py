"""The canteen: a lunch tray from above."""

from .canvas import Canvas
from .geometry import Points, arc, box, polar, rounded, smooth
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
)


def canteen(c: Canvas) -> None:
    """Lunch tray from above: soup, main course, bread and compote."""
    c.sky(mix(STEEL, PETROL, 0.3), PETROL)
    with c.at(0, 0, 12):
        for i in range(-7, 8):
            for j in range(-7, 8):
                if (i + j) % 2:
                    c.rect(i * 16, j * 16, i * 16 + 16, j * 16 + 16, veil(MIST, 0.1))
    with c.at(6, 4, -9, 1.14):
        tray = rounded(-56, -37, 56, 37, 9)
        c.cast(tray, 6, 8, veil(INK, 0.45))
        c.poly(tray, deep(BRICK, 0.3))
        c.rect(-54.6, -35.6, 54.6, 35.6, BRICK, 8)
        c.rect(-50, -31, 50, 31, mix(BRICK, RUST, 0.6), 6)
        c.rect(-49, -29.6, 50, 31, mix(BRICK, RUST, 0.25), 5.5)
        _soup(c, -25, -4)
        _dinner(c, 23, 4)
        _bread(c, -36, 22)
        _drink(c, 40, -21)
        _cutlery(c)
    for x in (-100, -40):
        c.poly([(x, c.T), (x + 28, c.T), (x + 128, c.B), (x + 92, c.B)], veil(PAPER, 0.11))


def _dish(c: Canvas, x: float, y: float, r: float, rim: Color) -> None:
    c.cast(arc(x, y, r, r), r * 0.22, r * 0.3, veil(INK, 0.3))
    c.disc(x, y, r, lift(SAND, 0.65))
    c.disc(x, y, r * 0.95, PAPER)
    c.ring(x, y, r * 0.9, r * 0.05, rim)
    c.disc(x, y, r * 0.72, deep(SAND, 0.1))
    c.disc(x + r * 0.03, y + r * 0.04, r * 0.68, PAPER)


def _soup(c: Canvas, x: float, y: float) -> None:
    _dish(c, x, y, 22, STEEL)
    c.disc(x, y, 15.4, deep(RUST, 0.12))
    c.disc(x + 0.8, y + 1, 14, mix(BRICK, RUST, 0.45))
    with c.clip(arc(x, y, 14.8, 14.8)):
        for _ in range(20):
            px, py = polar(x, y, c.rng.uniform(2, 13), c.rng.uniform(0, 360))
            c.disc(
                px,
                py,
                c.rng.uniform(0.8, 1.9),
                c.rng.choice((OCHRE, MOSS, lift(BRICK, 0.25), OCHRE)),
            )
    cream = smooth(
        [(x - 5, y - 3), (x + 1, y - 6), (x + 6, y - 2), (x + 3, y + 3), (x - 3, y + 3)], True
    )
    c.poly(cream, PAPER)
    for a in (20, 140, 250):
        with c.at(*polar(x, y, 6, a), a):
            c.poly(smooth([(-3, 0), (0, -1.6), (4, 0), (0, 1.6)], True), FOREST)


def _dinner(c: Canvas, x: float, y: float) -> None:
    _dish(c, x, y, 24, PETROL)
    mash: Points = smooth(
        [
            (x - 15, y - 2),
            (x - 9, y - 12),
            (x + 1, y - 11),
            (x + 3, y - 1),
            (x - 4, y + 7),
            (x - 12, y + 6),
        ],
        True,
    )
    c.cast(mash, 1.4, 1.8, veil(INK, 0.2))
    c.poly(mash, lift(OCHRE, 0.4))
    for j in range(3):
        c.line(
            smooth([(x - 12 + j, y - 4 + j * 3.4), (x - 6, y - 6 + j * 3.6), (x, y - 4.6 + j * 3)]),
            1,
            OCHRE,
        )
    for dx, dy, turn in ((6, 6, 20), (8, -5, -25)):
        with c.at(x + dx, y + dy, turn):
            patty = smooth([(-8, 0), (-5, -5), (4, -5), (8, 0), (4, 5), (-5, 5)], True)
            c.cast(patty, 1.4, 1.8, veil(INK, 0.25))
            c.poly(patty, deep(RUST, 0.35))
            c.poly([(px * 0.84 - 0.6, py * 0.8 - 0.5) for px, py in patty], mix(RUST, OCHRE, 0.25))
            for k in (-4, 0, 4):
                c.line([(k - 1, -3), (k + 1, 3)], 0.9, deep(RUST, 0.4))
    for a in range(95, 180, 16):
        c.disc(*polar(x, y, 12.5, a), 2.3, MOSS)
        c.disc(*polar(x - 0.5, y - 0.6, 12.5, a), 1.2, lift(MOSS, 0.35))


def _bread(c: Canvas, x: float, y: float) -> None:
    for dx, dy, turn in ((5, 1, 24), (-3, -1, -8)):
        with c.at(x + dx, y + dy, turn):
            crust = smooth([(-6, 5), (-7, -2), (-4, -6), (4, -6), (7, -2), (6, 5)], True)
            c.cast(crust, 1.6, 2.2, veil(INK, 0.3))
            c.poly(crust, deep(RUST, 0.5))
            c.poly([(px * 0.82, py * 0.82) for px, py in crust], mix(OCHRE, RUST, 0.45))
            for _ in range(7):
                c.disc(c.rng.uniform(-4, 4), c.rng.uniform(-3, 3), 0.5, OCHRE)


def _drink(c: Canvas, x: float, y: float) -> None:
    c.cast(arc(x, y, 8, 8), 6, 8, veil(INK, 0.3))
    c.disc(x, y, 8.4, lift(MIST, 0.5))
    c.disc(x, y, 6.9, deep(RUST, 0.15))
    c.disc(x - 0.5, y - 0.6, 5.8, mix(RUST, OCHRE, 0.3))
    c.disc(x + 1.6, y + 1, 1.9, BRICK)
    c.disc(x - 2, y + 1.8, 1.5, OCHRE)
    c.band(x, y, 6.4, 190, 260, 1, PAPER)


def _cutlery(c: Canvas) -> None:
    c.cast(box(-8, -30, 22, -21), 1, 1.6, veil(INK, 0.2))
    c.rect(-10, -30, 24, -20, lift(MIST, 0.35))
    c.rect(-10, -22, 24, -20, MIST)
    c.rect(-6, -27.7, 12, -26.3, deep(STEEL, 0.3), 0.7)
    c.poly([(11, -28.6), (20, -28.6), (20, -27.7), (15, -27.5), (20, -27.2), (20, -26.6),
            (15, -26.4), (20, -26),
            (20, -25.4), (11, -25.4)], deep(STEEL, 0.3))  # fmt: skip
    c.rect(-6, -23.9, 12, -22.5, STEEL, 0.7)
    c.disc(15.4, -23.2, 5, STEEL, 2)
    c.disc(15, -23.4, 3.6, lift(STEEL, 0.35), 1.2)
