"""Hot metal: the welder and the ladle."""

from .canvas import Canvas
from .geometry import Point, arc, rounded, smooth
from .palette import (
    BRICK,
    INK,
    MIST,
    OCHRE,
    PAPER,
    PETROL,
    RUST,
    STEEL,
    deep,
    lift,
    mix,
    veil,
)  # fmt: skip
from .parts import beams
from .tools import sparks


def welding(c: Canvas) -> None:
    """Masked welder bent over the seam, sparks flying."""
    c.sky(deep(PETROL, 0.2), INK)
    x, y = 16.0, 22.0
    c.glow(x, y, 95, BRICK, 0.7)
    beams(c, x, y, 14, 150, veil(OCHRE, 0.1), 8)
    for i in range(4):
        c.rect(c.R - 12 - i * 19, c.T, c.R - 6 - i * 19, c.B, veil(INK, 0.4))
    _pipes(c)
    _welder(c)
    _plates(c, y)
    sparks(c, x, y, 110, 72, -165, 10)
    c.glow(x, y, 34, lift(OCHRE, 0.6), 1.0)
    c.disc(x, y, 3.4, PAPER)
    sparks(c, x, y, 26, 46, 20, 160, (OCHRE, BRICK))


def _pipes(c: Canvas) -> None:
    for y, h, tone in ((-44, 9, PETROL), (-30, 5, mix(PETROL, STEEL, 0.4))):
        c.rect(c.L, y, c.R, y + h, tone)
        c.rect(c.L, y + h * 0.7, c.R, y + h, deep(tone, 0.5))
        for x in (20, 58):
            c.rect(x, y - 1.4, x + 4, y + h + 1.4, deep(tone, 0.3))


def _welder(c: Canvas) -> None:
    coat = smooth(
        [
            (c.L - 4, -6),
            (-58, -15),
            (-40, -12),
            (-27, 4),
            (-22, 26),
            (-26, c.B + 9),
            (c.L - 4, c.B + 9),
        ]
    )
    c.poly(coat, deep(PETROL, 0.35))
    with c.clip(coat):
        c.poly(
            smooth([(-44, -14), (-31, 4), (-27, 28), (-31, c.B), (-14, c.B), (-12, 0)]),
            mix(PETROL, RUST, 0.55),
        )
        c.poly([(-64, c.B), (-58, 8), (-52, 6), (-54, c.B)], veil(INK, 0.4))
    _arm(c)
    with c.at(-33, -21, 14):
        c.poly(
            smooth([(-17, 6), (-19, -8), (-10, -20), (4, -21), (12, -13), (10, 8), (-6, 13)], True),
            deep(STEEL, 0.55),
        )
        mask = smooth([(-3, -19), (10, -18), (19, -8), (20, 8), (13, 21), (1, 19), (-5, 4)], True)
        c.poly(mask, deep(BRICK, 0.15))
        with c.clip(mask):
            c.poly(
                smooth([(8, -20), (15, -6), (14, 10), (8, 24), (30, 24), (30, -20)], True), BRICK
            )
            c.poly(
                smooth([(16, -16), (20, 0), (17, 18), (30, 14), (30, -14)], True), lift(OCHRE, 0.1)
            )
        c.poly([(7, -9), (19, -7), (19.4, 3), (7, 2)], INK)
        c.poly([(9, -7.2), (18, -5.6), (18.2, 1.4), (9, 0.4)], lift(OCHRE, 0.2))
        c.poly([(13, -6.6), (16, -6), (12.6, 0.8), (10, 0.6)], PAPER)
        c.disc(-7, -2, 4, INK)
        c.disc(-7, -2, 2.2, STEEL)


def _arm(c: Canvas) -> None:
    c.line(smooth([(-50, 4), (-42, 26), (-24, 32), (-8, 24)]), 17, deep(PETROL, 0.1))
    c.line(smooth([(-46, 0), (-37, 21), (-22, 26), (-9, 19)]), 6, mix(STEEL, OCHRE, 0.25))
    glove = smooth([(-14, 14), (-4, 11), (6, 13), (7, 19), (3, 26), (-8, 30), (-15, 27)], True)
    c.line([(-14, 15), (-12, 30)], 6.5, RUST)
    c.line([(-4, 22), (16, 20.5)], 3, INK)
    c.line([(4, 21), (15, 21.6)], 1.7, OCHRE)
    c.poly(glove, deep(OCHRE, 0.35))
    with c.clip(glove):
        c.poly(smooth([(-8, 9), (8, 10), (10, 20), (2, 18), (-6, 17)], True), lift(OCHRE, 0.2))
    for k in range(3):
        c.line([(1 + k * 0.3, 16.5 + k * 3.4), (6 - k * 1.2, 17 + k * 3.2)], 0.7, deep(OCHRE, 0.65))
    c.line(smooth([(-4, 24), (-16, 40), (-30, 44), (-38, c.B + 4)]), 2.4, INK)


def _plates(c: Canvas, y: float) -> None:
    c.poly(
        [(-20, 36), (16, 24), (c.R + 2, 34), (c.R + 2, c.B + 2), (-30, c.B + 2)], deep(STEEL, 0.55)
    )
    c.poly([(16, 24), (c.R + 2, 34), (c.R + 2, 41), (17, 29)], mix(STEEL, OCHRE, 0.4))
    c.poly([(-20, 36), (16, 24), (17, 29), (-18, 42)], mix(STEEL, MIST, 0.2))
    c.poly([(17, 29), (c.R + 2, 41), (c.R + 2, 60), (22, 60)], deep(RUST, 0.45))
    for i in range(15):
        tone = mix(OCHRE, RUST, i / 15)
        c.disc(16.4 + i * 0.28, 25 + i * 1.9, 3.3, deep(tone, 0.35), 2)
        c.disc(16.2 + i * 0.28, 24.7 + i * 1.9, 2.8, lift(tone, 0.25), 1.3)
    c.poly([(c.L, 42), (-16, c.B - 8), (-8, c.B + 1), (c.L, c.B + 1)], INK)


def steel(c: Canvas) -> None:
    """Ladle tilting, the stream of metal lighting the shop."""
    c.sky(INK, deep(RUST, 0.55))
    _shop(c)
    c.glow(24, 28, 84, BRICK, 0.85)
    c.glow(22, 8, 50, OCHRE, 0.5)
    _hook(c)
    _stream(c)
    with c.at(-12, -12, 24):
        _ladle(c)
    _mould(c)
    sparks(c, 24, 29, 90, 60, -175, -5)
    _caster(c)


def _shop(c: Canvas) -> None:
    for i in range(9):
        x = c.L + i * 19
        c.rect(x, c.T, x + 4, c.B, veil(INK, 0.55))
        c.rect(x + 4, -18, x + 19, 34, veil(BRICK, 0.06 + 0.03 * (i % 3)))
        c.line([(x + 4, 8), (x + 19, -10)], 1.2, veil(INK, 0.5))
    for y, h in ((-46, 8), (-22, 3)):
        c.rect(c.L, y, c.R, y + h, deep(PETROL, 0.45))
        c.rect(c.L, y + h * 0.7, c.R, y + h, INK)
    for i in range(12):
        x = c.L + i * 14
        c.poly(
            [
                (x, -38),
                (x + 7, -22),
                (x + 14, -38),
                (x + 12.4, -38),
                (x + 7, -25.5),
                (x + 1.6, -38),
            ],
            deep(PETROL, 0.5),
        )


def _hook(c: Canvas) -> None:
    for x in (-30, 3):
        c.rect(x - 1, c.T, x + 1, -28, deep(STEEL, 0.4))
        c.rect(x - 3, -30, x + 3, -12, deep(STEEL, 0.6), 1.5)
        c.rect(x - 3, -30, x - 1.2, -12, STEEL, 0.6)
    c.rect(-40, -35, 13, -27, OCHRE, 1)
    c.rect(-40, -30, 13, -27, deep(OCHRE, 0.4), 1)
    for i in range(7):
        x = -38 + i * 7.4
        c.poly([(x, -35), (x + 3.4, -35), (x + 0.6, -27), (x - 2.8, -27)], INK)


def _ladle(c: Canvas) -> None:
    body: list[Point] = [(-27, -20), (27, -20), (22, 24), (-22, 24)]
    c.poly([(24, -20), (35, -24), (30, -12), (25, -6)], deep(RUST, 0.4))
    c.poly(smooth([(24, -20), (30, -22), (35, -24), (31, -19), (25, -14)]), lift(OCHRE, 0.5))
    c.poly(body, deep(STEEL, 0.5))
    with c.clip(body):
        c.poly([(-27, -20), (-13, -20), (-11, 24), (-27, 24)], deep(STEEL, 0.72))
        c.poly([(10, -20), (27, -20), (24, 24), (10, 24)], mix(STEEL, RUST, 0.6))
        c.poly([(20, -20), (27, -20), (24, 24), (18, 24)], mix(BRICK, OCHRE, 0.4))
        for y in (-14, 12):
            c.rect(-30, y, 30, y + 4.5, INK)
            c.rect(8, y, 30, y + 4.5, deep(RUST, 0.3))
    c.disc(0, -20, 27, deep(RUST, 0.55), 5)
    c.disc(1.5, -19.6, 24.5, BRICK, 3.8)
    c.disc(6, -19.4, 19.5, lift(OCHRE, 0.3), 2.6)
    c.disc(0, -1, 7.5, INK)
    c.disc(0, -1, 4.6, STEEL)
    c.disc(-0.8, -1.8, 2.2, MIST)


def _stream(c: Canvas) -> None:
    for w, tone in ((5, BRICK), (3.4, OCHRE), (1.7, PAPER)):
        left = smooth([(26 - w * 0.8, -20), (29 - w, -6), (27 - w, 12), (25 - w, 31)])
        right = smooth([(27 + w * 0.6, -20), (29 + w, -6), (27 + w * 0.9, 12), (25 + w, 31)])
        c.poly(left + right[::-1], tone)


def _mould(c: Canvas) -> None:
    c.poly([(-4, 30), (54, 30), (60, c.B + 1), (-10, c.B + 1)], deep(RUST, 0.7))
    c.poly([(-4, 30), (54, 30), (54.6, 33.5), (-4.6, 33.5)], BRICK)
    c.disc(25, 30, 22, deep(RUST, 0.45), 3.4)
    c.disc(25, 30.3, 19, OCHRE, 2.6)
    c.disc(25, 30.4, 10, PAPER, 1.5)
    for x in (4, 44):
        c.poly([(x - 2, 33.5), (x + 3, 33.5), (x + 4, c.B), (x - 3, c.B)], INK)
    c.rect(c.L, 43, -6, c.B, INK)
    c.rect(58, 40, c.R, c.B, INK)
    c.rect(58, 40, c.R, 41.4, RUST)


def _caster(c: Canvas) -> None:
    x = -50
    c.poly(
        smooth(
            [
                (x - 12, c.B + 4),
                (x - 11, 22),
                (x - 4, 14),
                (x + 5, 14),
                (x + 11, 22),
                (x + 12, c.B + 4),
            ]
        ),
        INK,
    )
    c.poly(
        smooth([(x + 5, 14), (x + 11, 22), (x + 12, c.B + 4), (x + 8, c.B + 4), (x + 7, 24)]), RUST
    )
    c.line(smooth([(x + 6, 22), (x + 16, 32), (x + 26, 31)]), 6, INK)
    c.line([(x + 18, 33), (x + 58, 27)], 1.5, deep(STEEL, 0.3))
    c.disc(x + 1, 6, 8, INK)
    c.poly(arc(x + 1, 4, 9.2, 9.4, 180, 360), deep(OCHRE, 0.25))
    c.poly([*arc(x + 1, 4, 9.2, 9.4, 280, 360), (x + 4, 4)], lift(OCHRE, 0.3))
    c.poly(rounded(x - 9.5, 3.2, x + 12.6, 5.4, 1), deep(OCHRE, 0.45))
    c.rect(c.L, c.B - 2, c.R, c.B + 1, INK)
