"""Chemistry of the town: fertilisers."""

from .canvas import Canvas
from .geometry import Points, arc, smooth
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
from .parts import cloud, sun


def chemistry(c: Canvas) -> None:
    """Flasks on the sill, the fertiliser plant behind the window."""
    c.sky(mix(MIST, STEEL, 0.3), lift(SAND, 0.5))
    sun(c, -16, -22, 10, PAPER, PAPER)
    cloud(c, 34, -36, 1.4, veil(PAPER, 0.7))
    cloud(c, -60, -34, 1.1, veil(PAPER, 0.6))
    _plant(c)
    c.rect(c.L, 30, c.R, c.B, lift(SAND, 0.35))
    c.rect(c.L, 30, c.R, 32, PAPER)
    c.rect(c.L, 46, c.R, c.B, deep(SAND, 0.35))
    _granules(c, 50, 46)
    with c.at(-34, 40, 0, 1.15):
        _erlenmeyer(c, BRICK)
    with c.at(2, 43, 0, 1.2):
        _round_flask(c, PETROL)
    with c.at(-62, 44, 0, 1):
        _measure(c, MOSS)
    with c.at(29, 42, 0, 1):
        _tube(c, OCHRE)
    c.rect(c.L, c.T, c.L + 5, 31, PETROL)
    c.rect(c.R - 5, c.T, c.R, 31, PETROL)


def _plant(c: Canvas) -> None:
    c.rect(c.L, 16, c.R, 31, mix(FOREST, MIST, 0.25))
    for x, h, w in ((-66, 44, 6), (-54, 34, 9), (44, 54, 7), (57, 40, 6)):
        tone = mix(STEEL, MIST, 0.45)
        c.rect(x, 22 - h, x + w, 24, tone)
        c.poly(arc(x + w / 2, 22 - h, w / 2, w / 2, 180, 360), tone)
        c.rect(x + w * 0.6, 22 - h, x + w, 24, STEEL)
        for j in range(int(h / 9)):
            c.rect(x - 1.4, 24 - h + j * 9, x + w + 1.4, 25.4 - h + j * 9, PETROL)
    for x, r in ((-34, 11), (-10, 11), (22, 9)):
        c.rect(x - r * 0.7, 12, x - r * 0.55, 24, PETROL)
        c.rect(x + r * 0.55, 12, x + r * 0.7, 24, PETROL)
        c.disc(x, 10, r, deep(SAND, 0.18))
        c.disc(x - r * 0.18, 10 - r * 0.18, r * 0.8, lift(SAND, 0.35))
        c.rect(x - r, 9.2, x + r, 10.8, BRICK)
    for y, tone in ((17, BRICK), (20, STEEL)):
        c.rect(-70, y, 64, y + 1.8, tone)
    c.poly([(5, 24), (6.6, -26), (11.4, -26), (13, 24)], lift(SAND, 0.25))
    c.poly([(9.4, -26), (11.4, -26), (13, 24), (9.6, 24)], deep(SAND, 0.3))
    for y in (-26, -17):
        c.rect(5.8, y, 12.2, y + 4, BRICK)
    for k, (x, y) in enumerate(((11, -30), (19, -36), (31, -40))):
        c.disc(x, y, 3.6 + k * 2.4, veil(PAPER, 0.6), 3 + k)


def _glassware(c: Canvas, outline: Points, liquid: Color, level: float, base: float) -> None:
    c.poly([(-13, base - 1), (13, base - 1), (40, base + 9), (14, base + 9)], veil(INK, 0.2))
    c.poly([(-4, base), (11, base), (30, base + 7), (15, base + 7)], veil(liquid, 0.4))
    c.poly(outline, veil(lift(MIST, 0.6), 0.62))
    with c.clip(outline):
        c.rect(-40, level, 40, 20, liquid)
        c.rect(3, level, 40, 20, deep(liquid, 0.25))
        c.disc(0, level, 26, lift(liquid, 0.3), 1.5)
        c.poly([(-20, -60), (-3.6, -60), (-3.6, 20), (-20, 20)], veil(PAPER, 0.14))
    c.line([*outline, outline[0]], 1.0, PETROL)


def _erlenmeyer(c: Canvas, liquid: Color) -> None:
    outline = [(-5, -44), (-5, -29), *smooth([(-18, -4), (-18, -0.6), (-15, 1)]),
               *smooth([(15, 1), (18, -0.6), (18, -4)]),
               (5, -29), (5, -44)]  # fmt: skip
    _glassware(c, outline, liquid, -17, 1)
    c.rect(-6.6, -46, 6.6, -43, PETROL, 1.2)
    for x, y, r in ((-5, -9, 1.8), (2, -12, 1.2), (6, -6, 2.1), (-9, -4, 1.2)):
        c.disc(x, y, r, veil(PAPER, 0.4))
    for j in range(3):
        c.rect(-9 - j * 1.6, -20 + j * 5, -5 - j * 1.6, -19 + j * 5, PAPER)


def _round_flask(c: Canvas, liquid: Color) -> None:
    outline = [(-4, -48), (-4, -27), *arc(0, -14, 15, 15, 250, -70), (4, -27), (4, -48)]
    _glassware(c, outline, liquid, -14, 0)
    c.rect(-5.4, -50, 5.4, -47, PETROL, 1.2)
    c.poly(arc(0, -14, 12, 12, 130, 220) + arc(0, -14, 10, 10, 130, 220)[::-1], veil(PAPER, 0.55))
    for x, y, r in ((-3, -6, 1.5), (4, -9, 2), (0, -3, 1)):
        c.disc(x, y, r, veil(MIST, 0.7))


def _measure(c: Canvas, liquid: Color) -> None:
    outline = [(-6, -48), (6, -48), (6, 0), (-6, 0)]
    _glassware(c, outline, liquid, -30, 0)
    c.rect(-10, -1, 10, 2.6, PETROL, 1)
    for j in range(8):
        c.rect(-4.6, -42 + j * 5, -0.4 if j % 2 else 1.6, -41 + j * 5, PAPER)


def _tube(c: Canvas, liquid: Color) -> None:
    with c.at(0, -3, 14):
        outline = [(-4, -40), *arc(0, -3, 4, 4, 180, 0), (4, -40)]
        _glassware(c, outline, liquid, -20, 2)
        c.rect(-5.2, -42, 5.2, -39, PETROL, 1)
    c.rect(-9, -12, 13, -8.6, RUST, 1)
    c.rect(-8, -12, -5.6, 1, deep(RUST, 0.3))
    c.rect(9.6, -12, 12, 1, deep(RUST, 0.3))


def _granules(c: Canvas, x: float, y: float) -> None:
    c.poly([(x - 16, y), (x + 22, y - 3), (c.R + 20, y + 5), (x, y + 5)], veil(INK, 0.2))
    c.poly(
        smooth(
            [(x - 20, y + 2), (x - 8, y - 9), (x + 2, y - 15), (x + 12, y - 8), (x + 24, y + 2)]
        ),
        deep(SAND, 0.2),
    )
    for _ in range(130):
        t, u = c.rng.uniform(-1, 1), c.rng.random()
        gy = y - (1 - abs(t)) * 16 * u + 1
        r = c.rng.uniform(0.9, 1.5)
        c.disc(
            x + 2 + t * 21,
            gy,
            r,
            c.rng.choice((PAPER, lift(SAND, 0.5), SAND, MIST, deep(SAND, 0.15))),
        )
    c.line(smooth([(x + 2, y - 12), (x + 1, y - 22), (x + 3, y - 30)]), 1.4, FOREST)
    for s, yy, k in ((1, y - 26, 1.1), (-1, y - 21, 1), (1, y - 17, 0.8)):
        with c.at(x + 1.6, yy, -28 * s, k, flip=s < 0):
            c.poly(smooth([(0, 0), (5, -4.6), (12, -3), (6, 1)], True), MOSS)
            c.poly(smooth([(0, 0), (5, -4.6), (12, -3)], True), lift(MOSS, 0.25))
