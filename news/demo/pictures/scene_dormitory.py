"""The dormitory in the evening."""

from .canvas import Canvas
from .geometry import arc, box
from .palette import (
    BRICK,
    FOREST,
    INK,
    OCHRE,
    PAPER,
    PETROL,
    RUST,
    SAND,
    STEEL,
    deep,
    lift,
    mix,
    veil,
)
from .parts import round_tree, windows


def dormitory(c: Canvas) -> None:
    """Evening block with warm windows, moon and snow-blue yard."""
    c.sky(INK, mix(PETROL, STEEL, 0.55))
    for _ in range(60):
        c.disc(
            c.rng.uniform(c.L, c.R),
            c.rng.uniform(c.T, 5),
            c.rng.uniform(0.15, 0.45),
            veil(PAPER, 0.7),
        )
    c.disc(46, -29, 16, veil(PAPER, 0.06))
    c.disc(46, -29, 9, lift(SAND, 0.5))
    c.disc(50, -31.5, 8, mix(INK, PETROL, 0.45))
    for x, h in ((-80, 30), (-62, 22), (44, 26), (60, 36)):
        c.rect(x, 24 - h, x + 17, 26, mix(PETROL, INK, 0.35))
        for _ in range(9):
            wx, wy = (
                x + 1.5 + 3.8 * c.rng.randrange(4),
                27 - h + 4 * c.rng.randrange(int(h / 4) - 1),
            )
            c.rect(wx, wy, wx + 2.2, wy + 2, veil(OCHRE, 0.75))
    _block(c)
    _yard(c)


def _block(c: Canvas) -> None:
    c.poly([(24, -30), (44, -24), (44, 30), (24, 30)], deep(RUST, 0.72))
    c.rect(-42, -32, 26, 30, deep(RUST, 0.38))
    c.rect(-44, -34.5, 28, -31, deep(RUST, 0.65))
    lit = (
        OCHRE,
        lift(OCHRE, 0.35),
        OCHRE,
        lift(SAND, 0.3),
        PETROL,
        deep(PETROL, 0.4),
        mix(PETROL, STEEL, 0.3),
    )
    windows(c, (-40, -29, 24, 18), 7, 5, lambda i, j: c.rng.choice(lit), 0.36)
    _curtains(c)
    for j in range(5):
        c.rect(-42, -29.4 + j * 9.4 + 8.6, 26, -29.4 + j * 9.4 + 9.2, deep(RUST, 0.55))
    for j in range(4):
        y = -20 + j * 11
        c.poly(
            [(28, y), (33, y + 1), (33, y + 6), (28, y + 5.4)],
            OCHRE if j % 2 else deep(PETROL, 0.3),
        )
        c.poly(
            [(36, y + 1.5), (41, y + 2.5), (41, y + 7), (36, y + 6.4)],
            PETROL if j % 2 else lift(OCHRE, 0.3),
        )
    c.rect(-16, 16, 2, 30, INK)
    c.fade(box(-14, 18, 0, 30), lift(OCHRE, 0.5), OCHRE)
    c.rect(-7.5, 18, -6.5, 30, INK)
    c.rect(-19, 14, 5, 16.4, PAPER)


def _curtains(c: Canvas) -> None:
    w, h = 64 / 7, 47 / 5
    for i, j, kind in ((0, 1, 0), (2, 3, 1), (4, 0, 0), (5, 2, 1), (1, 4, 0), (6, 3, 0), (3, 1, 1)):
        x, y = -40 + i * w + w * 0.18, -29 + j * h + h * 0.18
        c.rect(x, y, x + w * 0.64, y + h * 0.64, lift(OCHRE, 0.3))
        if kind:
            c.rect(x + 3.2, y + 3.6, x + 4.2, y + 6, RUST)
            c.poly(arc(x + 3.7, y + 3.4, 2, 2, 180, 360), FOREST)
        else:
            c.rect(x, y, x + 1.8, y + h * 0.64, BRICK)
            c.rect(x + 4, y, x + w * 0.64, y + h * 0.64, BRICK)


def _yard(c: Canvas) -> None:
    c.fade(box(c.L, 29, c.R, c.B), PETROL, INK)
    c.fade([(-16, 30), (2, 30), (28, c.B), (-34, c.B)], veil(OCHRE, 0.75), veil(OCHRE, 0.1))
    for i in range(7):
        x = -40 + i * 9.2
        if i != 3:
            c.fade(
                [(x, 31), (x + 5, 31), (x + 9 + i, 43), (x - 4 + i, 43)],
                veil(OCHRE, 0.3),
                veil(OCHRE, 0),
            )
    for x, y, k in ((-60, 38, 1.6), (58, 40, 1.7)):
        round_tree(c, x, y, k, deep(FOREST, 0.55))
    c.glow(30, 8, 26, OCHRE, 0.5)
    c.rect(29.3, 8, 30.7, 44, INK)
    c.poly([(26, 9), (34, 9), (32, 5.5), (28, 5.5)], INK)
    c.rect(27, 9, 33, 11.4, lift(OCHRE, 0.6), 1)
    c.disc(30, 44, 12, veil(OCHRE, 0.22), 2.2)
    for x in (-24, 10):
        c.poly(arc(x, 41, 9, 6, 180, 360), deep(FOREST, 0.6))
        c.rect(x - 9, 40.8, x + 9, 42, INK)
