"""Gallery of the round table report: the hall, the workshop, the notes."""

from .canvas import Canvas
from .geometry import arc, box, lerp, polar, smooth
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
from .tools import cylinder, glass_top


def roundtable_hall(c: Canvas) -> None:
    """Rows of chairs facing a glowing projector screen."""
    c.sky(deep(PETROL, 0.25), PETROL)
    for i in range(-9, 10):
        c.rect(i * 10, c.T, i * 10 + 5.4, 10, veil(INK, 0.16))
    c.rect(c.L, 8, c.R, c.B, mix(PETROL, STEEL, 0.3))
    c.glow(0, -16, 80, MIST, 0.35)
    _screen(c)
    c.fade([(-36, 9), (36, 9), (64, c.B), (-64, c.B)], veil(MIST, 0.4), veil(MIST, 0.03))
    _lectern(c, min(46, c.R - 10), 14)
    for row, tone in enumerate((deep(BRICK, 0.3), deep(BRICK, 0.12), BRICK)):
        k = 0.62 + row * 0.42
        y = 18 + row * 12.5 + row * row * 2.2
        for i in range(-6, 7):
            if row < 2 and i == 0:
                continue
            with c.at(i * 17.5 * k + (8.75 * k if row == 2 else 0), y, 0, k):
                _chair(c, tone)
    _projector(c)


def _screen(c: Canvas) -> None:
    c.rect(-42, -44, 42, -41, INK, 1)
    c.rect(-40, -41, 40, 3, PAPER)
    c.rect(-40, 0.6, 40, 3, SAND)
    c.rect(-35, -37, -4, -33.6, PETROL)
    for j, w in enumerate((22, 27, 18)):
        c.rect(-35, -30 + j * 4.4, -35 + w, -28 + j * 4.4, mix(STEEL, PAPER, 0.45))
    c.disc(-26, -8, 7, STEEL)
    c.poly([(-26, -8), *arc(-26, -8, 7, 7, -90, 50)], BRICK)
    c.disc(-26, -8, 3.2, PAPER)
    for i, h in enumerate((10, 16, 13, 22, 28)):
        x = 2 + i * 7
        c.rect(x, -3 - h, x + 5, -3, (STEEL, MIST, STEEL, OCHRE, BRICK)[i])
    c.rect(0, -3, 38, -2, INK)
    c.line([(4, -18), (12, -24), (18, -21), (26, -30), (34, -35)], 1.2, PETROL)


def _lectern(c: Canvas, x: float, y: float) -> None:
    c.poly([(x - 6, y + 6), (x + 7, y + 6), (x + 24, y + 12), (x + 8, y + 12)], veil(INK, 0.3))
    c.poly([(x - 7, y - 16), (x + 7, y - 16), (x + 5, y + 6), (x - 5, y + 6)], OCHRE)
    c.poly([(x + 2, y - 16), (x + 7, y - 16), (x + 5, y + 6), (x + 2, y + 6)], deep(OCHRE, 0.35))
    c.poly([(x - 9, y - 15), (x + 9, y - 15), (x + 7, y - 20), (x - 7, y - 20)], lift(OCHRE, 0.3))
    c.line(smooth([(x, y - 18), (x - 1, y - 24), (x - 5, y - 26)]), 0.9, INK)
    c.disc(x - 5.4, y - 26, 1.5, INK)


def _chair(c: Canvas, tone: Color) -> None:
    c.disc(3, 15, 9, veil(INK, 0.28), 2.2)
    for s in (-1, 1):
        c.poly([(s * 5, 6), (s * 6.2, 6), (s * 7, 16), (s * 5.6, 16)], INK)
    c.rect(-7.4, 4.6, 7.4, 8.4, deep(tone, 0.4), 1.6)
    c.rect(-7, -9, 7, 6, tone, 2.6)
    c.rect(2.6, -9, 7, 6, deep(tone, 0.2), 2.6)
    c.rect(-5, -7, 1.4, -5.4, lift(tone, 0.28), 0.8)


def _projector(c: Canvas) -> None:
    y = c.T
    c.rect(-1, y, 1, y + 3, INK)
    if c.B > 58:
        c.rect(-7, y + 3, 7, y + 9, lift(SAND, 0.4), 1.2)
        c.rect(-7, y + 6.6, 7, y + 9, SAND, 1.2)
        c.disc(0, y + 6, 2.2, INK)
    for s in (-1, 1):
        x = s * min(58, c.R - 8)
        c.poly([(x - 6, y + 12), (x + 6, y + 12), (x + 3, y + 6), (x - 3, y + 6)], INK)
        c.rect(x - 0.5, y, x + 0.5, y + 6, INK)
        c.fade(
            [(x - 6, y + 12), (x + 6, y + 12), (x + 15, 12), (x - 15, 12)],
            veil(OCHRE, 0.35),
            veil(OCHRE, 0),
        )


def roundtable_workshop(c: Canvas) -> None:
    """Training workshop: a row of machines by the big window."""
    c.sky(lift(SAND, 0.3), SAND)
    _big_window(c)
    c.rect(c.L, 20, c.R, c.B, mix(STEEL, MIST, 0.2))
    c.poly([(c.L, 20), (c.R, 20), (c.R, 22), (c.L, 22)], deep(STEEL, 0.3))
    for x in (-70, -22, 26):
        c.poly([(x, 24), (x + 24, 24), (x + 70, c.B), (x + 34, c.B)], veil(PAPER, 0.28))
    c.poly([(c.L, c.B - 7), (c.R, c.B - 13), (c.R, c.B - 9.6), (c.L, c.B - 3)], OCHRE)
    for x, y, k in ((-58, 30, 0.72), (-12, 30, 0.72), (34, 30, 0.72), (80, 30, 0.72)):
        with c.at(x, y, 0, k):
            _drill(c, STEEL if x < 0 else MOSS)
    with c.at(10, 43, 0, 1.08):
        _school_lathe(c)


def _big_window(c: Canvas) -> None:
    c.rect(c.L, -48, c.R, 6, lift(SAND, 0.75))
    for i in range(7):
        x = -78 + i * 24
        c.disc(x + 12, 8, 10, veil(MOSS, 0.35), 15)
        c.rect(x, -8 - (i * 7) % 13, x + 9, 6, veil(STEEL, 0.3))
    for x in range(-96, 97, 16):
        c.rect(x - 0.8, -48, x + 0.8, 6, PETROL)
    for y in (-49, -31, -13, 5):
        c.rect(c.L, y, c.R, y + 1.8, PETROL)
    c.rect(c.L, 6.8, c.R, 9, PAPER)
    c.rect(c.L, 9, c.R, 20, mix(SAND, STEEL, 0.25))
    c.rect(c.L, c.T, c.R, -48, deep(PETROL, 0.2))
    for x in (-44, 4, 52):
        c.rect(x - 0.5, -48, x + 0.5, -40, INK)
        c.poly([(x - 10, -34), (x + 10, -34), (x + 5, -40), (x - 5, -40)], BRICK)
        c.rect(x - 10, -34.6, x + 10, -33, RUST)


def _drill(c: Canvas, tone: Color) -> None:
    c.poly([(-14, 4), (16, 4), (50, 16), (16, 16)], veil(INK, 0.22))
    c.rect(-13, -2, 15, 5, deep(tone, 0.55), 1)
    c.rect(4, -52, 10, 0, mix(MIST, STEEL, 0.5))
    c.rect(7.4, -52, 10, 0, STEEL)
    c.rect(-12, -20, 9, -16.4, deep(tone, 0.4), 1)
    c.rect(-12, -62, 16, -43, tone, 2.4)
    c.rect(6, -62, 16, -43, deep(tone, 0.25), 2.4)
    cylinder(c, (-8, -43, -2, -34), STEEL, True)
    c.poly([(-6.2, -34), (-3.8, -34), (-5, -22)], INK)
    for a in (200, 320, 80):
        c.line([(9, -48), polar(9, -48, 10, a)], 1.3, INK)
        c.disc(*polar(9, -48, 10, a), 1.7, BRICK)


def _school_lathe(c: Canvas) -> None:
    c.poly([(-52, 5), (46, 5), (90, 14), (-10, 14)], veil(INK, 0.3))
    for x in (-50, 24):
        c.rect(x, -14, x + 22, 6, deep(PETROL, 0.2), 1)
        c.rect(x + 14, -14, x + 22, 6, deep(PETROL, 0.5), 1)
    c.rect(-54, -18, 50, -12, INK, 1)
    c.rect(-28, -22, 50, -17.4, mix(STEEL, MIST, 0.4))
    c.rect(-28, -19.4, 50, -17.4, STEEL)
    c.rect(-54, -46, -26, -17, BRICK, 2)
    c.rect(-34, -46, -26, -17, RUST, 2)
    c.rect(-54, -46, -26, -43, lift(BRICK, 0.3), 1.4)
    c.disc(-46, -36, 4, INK)
    c.disc(-46, -36, 2.4, MIST)
    c.line([(-46, -36), (-41, -41)], 1.4, INK)
    for j in range(4):
        c.rect(-51, -28 + j * 2.4, -38, -26.8 + j * 2.4, veil(INK, 0.4))
    cylinder(c, (-26, -42, -19, -24), STEEL)
    cylinder(c, (-19, -37.6, 22, -28.4), OCHRE)
    cylinder(c, (4, -36, 22, -30), lift(OCHRE, 0.3))
    c.poly([(22, -34.6), (28, -33), (22, -31.4)], INK)
    c.rect(28, -38, 46, -28, PETROL, 1.6)
    c.rect(30, -30, 44, -18, deep(PETROL, 0.35))
    c.disc(47, -33, 3, MIST)
    c.rect(-6, -28, 6, -18, STEEL, 0.8)
    c.rect(-4, -31, 3, -27, INK)
    c.disc(0, -20, 4.6, INK)
    c.disc(0, -20, 2.8, MIST)


def roundtable_notes(c: Canvas) -> None:
    """Notebook, pen and a glass of water close up."""
    c.sky(mix(SAND, OCHRE, 0.35), deep(OCHRE, 0.16))
    with c.at(0, 0, -14):
        for i in range(-5, 6):
            c.rect(-140, i * 22, 140, i * 22 + 0.8, veil(RUST, 0.22))
            c.poly(
                smooth(
                    [(-90, i * 22 + 8), (-20, i * 22 + 11), (60, i * 22 + 7), (120, i * 22 + 10)]
                )
                + smooth(
                    [
                        (120, i * 22 + 11),
                        (60, i * 22 + 8.4),
                        (-20, i * 22 + 12.4),
                        (-90, i * 22 + 9),
                    ]
                ),
                veil(RUST, 0.1),
            )
    with c.at(-12, 6, -12):
        _notebook(c)
    with c.at(14, 31, 66):
        _pen(c)
    _water(c, min(50, c.R - 12), -32 if not c.tall else -46)
    _sprig(c)
    for x in (-96, -50):
        c.poly([(x, c.T), (x + 30, c.T), (x + 112, c.B), (x + 76, c.B)], veil(PAPER, 0.13))


def _notebook(c: Canvas) -> None:
    c.cast(box(-50, -33, 50, 36), 6, 8, veil(INK, 0.35))
    c.rect(-51, -34, 51, 37, PETROL, 2)
    for s in (-1, 1):
        c.rect(
            *sorted((0, s * 48))[:1], -31, max(0, s * 48), 34, PAPER if s < 0 else lift(SAND, 0.55)
        )
    c.fade(box(-9, -31, 0, 34), veil(INK, 0), veil(INK, 0.2), True)
    c.fade(box(0, -31, 9, 34), veil(INK, 0.26), veil(INK, 0), True)
    c.rect(-42, -25, -18, -21.4, BRICK, 0.8)
    for j, w in enumerate((31, 27, 33, 22, 30, 26, 18)):
        c.rect(-42, -16 + j * 6.4, -42 + w, -14.4 + j * 6.4, mix(STEEL, PAPER, 0.25), 0.8)
    c.ring(18, -12, 10, 1.4, PETROL)
    for i in range(6):
        with c.at(*polar(18, -12, 14.6, i * 60 + 15), i * 60 + 15):
            c.rect(-1.8, -2.4, 1.8, 2.4, BRICK if i != 3 else STEEL, 0.8)
    for j in range(4):
        y = 10 + j * 6
        c.rect(9, y, 12.4, y + 3.4, MOSS if j < 2 else mix(MIST, PAPER, 0.3), 0.6)
        c.rect(15, y + 0.8, (36, 31, 40, 28)[j], y + 2.4, mix(STEEL, SAND, 0.3), 0.8)
    c.poly([(24, 34), (29, 34), (29, 47), (26.5, 44), (24, 47)], BRICK)


def _pen(c: Canvas) -> None:
    c.cast(box(-2, -30, 2.4, 24), 4, 5, veil(INK, 0.28))
    c.rect(-2.8, -36, 2.8, 18, INK, 1.6)
    c.rect(-2.8, -36, -0.9, 18, deep(STEEL, 0.2), 1)
    c.rect(-3, -10, 3, -7, OCHRE)
    c.poly([(-2.8, 17), (2.8, 17), (1, 26), (-1, 26)], OCHRE)
    c.poly([(-1, 26), (1, 26), (0, 30)], INK)
    c.rect(1.6, -33, 3.8, -12, OCHRE, 0.8)


def _water(c: Canvas, x: float, y: float) -> None:
    c.cast(arc(x, y, 17, 17), 15, 19, veil(INK, 0.18))
    c.poly(arc(x + 16, y + 20, 9, 12), veil(lift(OCHRE, 0.6), 0.4))
    glass_top(c, x, y, 17)
    c.ring(x, y, 17, 1.6, lift(MIST, 0.65))
    c.disc(x + 3, y + 4, 4.4, veil(PAPER, 0.22))
    c.poly([lerp((x, y), (x + 4, y - 9), t) for t in (0, 1)] + [(x + 8, y - 4)], veil(PAPER, 0.35))


def _sprig(c: Canvas) -> None:
    with c.at(c.L + 2, c.T + 2, 40):
        c.line([(-10, 0), (40, 0)], 1.1, deep(FOREST, 0.4))
        for i in range(7):
            for s in (-1, 1):
                with c.at(4 + i * 5.6, 0, s * 48, 1.2 - i * 0.06):
                    leaf = smooth([(0, 0), (6, -3), (14, 0), (6, 3)], True)
                    c.poly([(px + 1.6, py + 1.6) for px, py in leaf], veil(INK, 0.2))
                    c.poly(leaf, (FOREST, MOSS)[i % 2])
                    c.poly(
                        smooth([(0, 0), (6, -3), (14, 0)], True), lift((FOREST, MOSS)[i % 2], 0.15)
                    )
