"""Buildings: the college and the open day."""

from .canvas import Canvas
from .geometry import arc, box, smooth
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
from .parts import cloud, poplar, round_tree, steps, sun, windows


def _glass(c: Canvas) -> Color:
    return c.rng.choice((PETROL, mix(PETROL, STEEL, 0.4), STEEL, mix(STEEL, MIST, 0.3), PETROL))


def college(c: Canvas) -> None:
    """Three-storey building among trees on a calm morning."""
    c.sky(mix(STEEL, MIST, 0.6), lift(SAND, 0.6))
    sun(c, 44, -28, 8, PAPER, PAPER)
    for x, y, k in ((-50, -35, 1.6), (8, -39, 1.1), (64, -20, 1.2)):
        cloud(c, x, y, k, veil(PAPER, 0.75))
    for i in range(9):
        poplar(
            c,
            -72 + i * 19 + c.rng.uniform(-3, 3),
            16,
            c.rng.uniform(0.85, 1.15),
            mix(FOREST, MIST, 0.42),
        )
    _main_block(c)
    _lawn(c)
    for x, y, k in ((-58, 27, 1.55), (60, 26, 1.4), (-36, 21, 0.7), (38, 20, 0.75)):
        c.disc(x + 8 * k, y + 0.6, 11 * k, veil(INK, 0.28), 1.6 * k)
        round_tree(c, x, y, k, MOSS if k > 1 else FOREST)
    _park_bench(c, 29, 37)
    _branch(c)


def _main_block(c: Canvas) -> None:
    c.rect(-62, -14, 62, 18, lift(SAND, 0.35))
    c.rect(-62, -16.5, 62, -13.4, BRICK)
    c.rect(-62, -13.4, 62, -12, veil(INK, 0.28))
    for s, a in ((0, -61), (1, 17)):
        windows(c, (a, -11.5, a + 44, 13), 7, 3, lambda i, j: _glass(c))
        c.rect(a, 13.5, a + 44, 18, mix(SAND, RUST, 0.35 + 0.1 * s))
    c.rect(-17, -22, 17, 18, BRICK)
    c.poly([(-17, -22), (-17, 18), (-21, 18), (-21, -22)], RUST)
    c.poly([(-19, -22), (0, -32), (19, -22)], RUST)
    c.poly([(-14, -22), (0, -29.4), (14, -22)], lift(SAND, 0.4))
    c.disc(0, -24.8, 2.7, PETROL)
    c.disc(0, -24.8, 1.8, PAPER)
    windows(c, (-14, -19, 14, 3), 4, 2, lambda i, j: _glass(c), 0.3)
    c.rect(-11, 4, 11, 18, INK)
    for x in (-9.4, -4.6, 0.4, 5.2):
        c.rect(x, 5.5, x + 4.2, 18, mix(PETROL, OCHRE, 0.45))
    c.poly([(-15, 2.4), (15, 2.4), (17, 5), (-17, 5)], PAPER)
    c.rect(-17, 5, 17, 6.2, deep(SAND, 0.35))
    for x in (-14.5, 12.7):
        c.rect(x, 6, x + 1.8, 18, PAPER)


def _lawn(c: Canvas) -> None:
    c.fade(box(c.L, 18, c.R, c.B), lift(MOSS, 0.12), deep(MOSS, 0.35))
    c.poly([(-10, 18), (10, 18), (44, c.B), (-34, c.B)], lift(SAND, 0.45))
    for t in (0.16, 0.36, 0.62):
        y = 18 + (c.B - 18) * t
        c.poly([(-10 - 24 * t, y), (10 + 34 * t, y), (10 + 36 * t, y + 0.5 + t),
                (-10 - 25 * t, y + 0.5 + t)],
               deep(SAND, 0.12))  # fmt: skip
    c.poly([(-21, 18), (17, 18), (34, 24), (-4, 24)], veil(INK, 0.22))
    for s in (-1, 1):
        for i in range(3):
            x, y, k = s * (16 + i * 9) + 2 * (s > 0), 21 + i * 7, 1 + i * 0.5
            c.disc(x + 1.5 * k, y + 1.2, 4 * k, veil(INK, 0.3), 1.3 * k)
            c.poly(arc(x, y + k, 3.6 * k, 3.6 * k, 180, 360), deep(FOREST, 0.15))
            c.poly(arc(x - 0.8 * k, y + k, 2.4 * k, 2.7 * k, 180, 360), FOREST)
    steps(c, 0, 17.4, 22, 3, 1.5, SAND)


def _park_bench(c: Canvas, x: float, y: float) -> None:
    with c.at(x, y):
        c.poly([(-9, 5), (10, 5), (17, 7.5), (-2, 7.5)], veil(INK, 0.3))
        for s in (-8, 7):
            c.rect(s, -4, s + 1.3, 5.4, INK)
        for j, tone in enumerate((OCHRE, lift(OCHRE, 0.2), OCHRE)):
            c.rect(-10, -5 + j * 2.4, 10, -3.4 + j * 2.4, tone, 0.5)
        c.rect(-11, 1.6, 11, 3.2, deep(OCHRE, 0.3), 0.5)


def _branch(c: Canvas) -> None:
    with c.at(c.L, c.T):
        c.line(smooth([(-4, 20), (14, 12), (34, 10), (46, 4)]), 1.5, deep(FOREST, 0.7))
        for _i in range(26):
            x, y = c.rng.uniform(-2, 47), c.rng.uniform(-2, 19)
            if x + y * 2.1 > 58:
                continue
            with c.at(x, y, c.rng.uniform(10, 80), c.rng.uniform(0.9, 1.5)):
                leaf = smooth([(-4, 0), (-1, -2), (4, 0), (-1, 2)], True)
                c.poly(leaf, c.rng.choice((FOREST, deep(FOREST, 0.35), MOSS)))


def open_day(c: Canvas) -> None:
    """Wide open doors, a warm hall behind them and balloons."""
    c.sky(BRICK, mix(BRICK, RUST, 0.5))
    for j in range(22):
        y = c.T + j * 5
        for i in range(-1, 18):
            x = c.L + i * 10 + (j % 2) * 5
            if c.rng.random() < 0.34:
                c.rect(
                    x,
                    y,
                    x + 9.4,
                    y + 4.4,
                    veil(*c.rng.choice(((RUST, 0.45), (PAPER, 0.07), (INK, 0.12)))),
                )
    for s in (-1, 1):
        windows(c, (s * 57 - 15, -38, s * 57 + 15, 22), 2, 2, lambda i, j: _glass(c), 0.22)
        c.rect(s * 57 - 15, 20, s * 57 + 15, 22.4, PAPER)
    _portal(c)
    c.rect(c.L, 30, c.R, c.B, lift(SAND, 0.2))
    c.rect(c.L, 30, c.R, 32, deep(SAND, 0.4))
    steps(c, 0, 28, 62, 4, 4.4, SAND)
    c.fade([(-19, 28), (19, 28), (38, c.B), (-38, c.B)], veil(OCHRE, 0.55), veil(OCHRE, 0.12))
    c.rect(-8, 28, 8, 31, RUST)
    c.poly([(-8, 28), (8, 28), (17, c.B), (-17, c.B)], mix(BRICK, RUST, 0.4))
    c.poly([(-8, 28), (-6.8, 28), (-14.4, c.B), (-17, c.B)], OCHRE)
    c.poly([(8, 28), (6.8, 28), (14.4, c.B), (17, c.B)], OCHRE)
    _balloons(c, -45, -6, (PAPER, OCHRE, STEEL, PETROL, MIST))
    _balloons(c, 46, -12, (OCHRE, PETROL, PAPER, MIST, STEEL))
    for s in (-1, 1):
        _planter(c, s * 48, 40)


def _portal(c: Canvas) -> None:
    c.rect(-33, -36, 33, 30, PAPER)
    c.rect(24, -36, 33, 30, lift(SAND, 0.2))
    c.poly([(-38, -36), (38, -36), (34, -31), (-34, -31)], MIST)
    c.rect(-38, -41, 38, -36, PAPER)
    c.rect(-26, -28, 26, 30, INK)
    c.fade(box(-24, -26, 24, 30), lift(OCHRE, 0.6), OCHRE)
    c.poly([(-24, 30), (-10, 10), (10, 10), (24, 30)], deep(OCHRE, 0.25))
    c.rect(-10, -14, 10, 10, lift(OCHRE, 0.72))
    for x in (-7.5, 1.5):
        c.rect(x, -11, x + 6, 4, mix(MIST, PAPER, 0.3))
    for i in range(4):
        t = i / 4
        c.disc(0, -24 + t * 8, 3.4 - t * 2, PAPER, 1.2 - t * 0.6)
    for s in (-1, 1):
        c.poly(
            [(s * 25, -27), (s * 14, -23), (s * 14, 26), (s * 25, 31)],
            PETROL if s < 0 else mix(PETROL, STEEL, 0.35),
        )
        c.poly([(s * 23, -22), (s * 16, -19.6), (s * 16, 4), (s * 23, 5)], veil(PAPER, 0.35))
        c.rect(*sorted((s * 16, s * 17.3))[:1], 6, max(s * 16, s * 17.3), 13, OCHRE)
    c.poly([(-26, -28), (26, -28), (24, -24), (-24, -24)], veil(INK, 0.3))


def _balloons(c: Canvas, x: float, y: float, tones: tuple[Color, ...]) -> None:
    spots = ((-8, 3, 7.5), (8, 4, 7), (0, -9, 8.5), (-2, 9, 6.6), (12, -8, 5.8))
    knot = (x + 2, y + 42)
    for dx, dy, r in spots:
        c.line(smooth([(x + dx, y + dy + r), (x + dx * 0.4, y + 24), knot]), 0.45, veil(INK, 0.75))
    for (dx, dy, r), tone in zip(spots, tones, strict=True):
        _balloon(c, x + dx, y + dy, r, tone)


def _balloon(c: Canvas, x: float, y: float, r: float, tone: Color) -> None:
    skin = smooth(
        [
            (0, -r),
            (r * 0.9, -r * 0.35),
            (r * 0.62, r * 0.7),
            (0, r * 1.22),
            (-r * 0.62, r * 0.7),
            (-r * 0.9, -r * 0.35),
        ],
        True,
    )
    with c.at(x, y, c.rng.uniform(-9, 9)):
        c.poly([(0, r * 1.1), (-1.2, r * 1.42), (1.2, r * 1.42)], deep(tone, 0.3))
        c.poly(skin, deep(tone, 0.24))
        with c.clip(skin):
            c.disc(-r * 0.3, -r * 0.2, r * 0.95, tone)
            c.disc(-r * 0.4, -r * 0.42, r * 0.28, veil(PAPER, 0.6))


def _planter(c: Canvas, x: float, y: float) -> None:
    for i in range(9):
        tip = (x - 12 + i * 3, y - 14 - (i % 3) * 3)
        c.poly(
            smooth([(x, y), (x - 6 + i * 1.5, y - 8), tip, (x - 3 + i * 1.2, y - 6)]),
            FOREST if i % 2 else MOSS,
        )
    c.poly([(x - 9, y - 3), (x + 9, y - 3), (x + 7, c.B), (x - 7, c.B)], PETROL)
    c.poly([(x + 2, y - 3), (x + 9, y - 3), (x + 7, c.B), (x + 2, c.B)], deep(PETROL, 0.4))
    c.rect(x - 10, y - 5, x + 10, y - 2, STEEL)
