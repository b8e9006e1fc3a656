"""Sport, tree planting and the plant excursion."""

from .canvas import Canvas
from .geometry import Point, arc, lerp, rounded, smooth
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
from .parts import cloud, grass, hills, poplar, round_tree, sun
from .tools import helmet


def sport(c: Canvas) -> None:
    """Volleyball above the net, hands of a block behind it."""
    c.sky(mix(STEEL, PETROL, 0.2), mix(STEEL, MIST, 0.6))
    for i in range(6):
        x = c.L + i * 27
        c.rect(x, c.T, x + 19, -14, lift(SAND, 0.3))
        c.rect(x + 9, c.T, x + 10.4, -14, STEEL)
        c.rect(x, -30, x + 19, -28.6, STEEL)
    c.rect(c.L, -14, c.R, -11, PETROL)
    c.rect(c.L, 24, c.R, c.B, OCHRE)
    c.poly([(c.L, 32), (c.R, 26), (c.R, c.B), (c.L, c.B)], mix(BRICK, OCHRE, 0.35))
    c.poly([(c.L, 32), (c.R, 26), (c.R, 28), (c.L, 34.6)], PAPER)
    for x in (-60, -5, 50):
        c.poly([(x, 30), (x + 24, 29), (x + 54, c.B), (x + 20, c.B)], veil(PAPER, 0.16))
    _arms(c)
    _net(c)
    _arm(c, 47, (36, -15), RUST, 1.35)
    _ball(c, 22, -26, 16)


def _arms(c: Canvas) -> None:
    _arm(c, -50, (-42, -28), PETROL, 1)
    _arm(c, -26, (-17, -33), PETROL, 1)


def _arm(c: Canvas, x: float, hand: Point, tone: Color, k: float) -> None:
    """Raised arm from the bottom edge to an open hand."""
    hx, hy = hand
    wrist = hy + 12 * k
    left, right = [(x - 9 * k, c.B), (x - 5 * k, 14)], [(x + 6 * k, 16), (x + 10 * k, c.B)]
    c.poly([*left, (hx - 3.2 * k, wrist), (hx + 3.2 * k, wrist), *right], tone)
    c.poly(
        [(x + 1, c.B), (x + 1, 15), (hx + 0.6, wrist), (hx + 3.2 * k, wrist), *right],
        deep(tone, 0.35),
    )
    with c.at(hx, hy, 0, k, flip=k > 1):
        c.rect(-4, 1, 4, 11.4, tone, 2.6)
        for i in range(4):
            fx = -3.2 + i * 2.1
            c.line([(fx, 4), (fx + (i - 1.5) * 0.9, -4 - (1.6 if i in (1, 2) else 0))], 1.9, tone)
        c.line([(3, 7), (7, 2)], 2.1, tone)
        c.line([(-3.1, 13), (3.1, 13)], 2.6, PAPER)


def _net(c: Canvas) -> None:
    a, b = (c.L - 2, -8.0), (c.R + 2, -20.0)

    def at(t: float, drop: float) -> Point:
        x, y = lerp(a, b, t)
        return x, y + drop * (1 + 0.12 * (1 - t))

    for i in range(31):
        c.line([at(i / 30, 0), at(i / 30, 40)], 0.6, INK)
    for j in range(1, 9):
        c.line([at(0, j * 4.9), at(1, j * 4.9)], 0.6, INK)
    c.poly([at(0, -4), at(1, -4), at(1, 2), at(0, 2)], PAPER)
    c.poly([at(0, 0.6), at(1, 0.6), at(1, 2), at(0, 2)], MIST)
    c.poly([at(0, 38.6), at(1, 38.6), at(1, 41), at(0, 41)], PAPER)


def _ball(c: Canvas, x: float, y: float, r: float) -> None:
    skin = arc(x, y, r, r)
    with c.clip(skin):
        c.disc(x, y, r + 1, PAPER)
        for turn, tone, light in ((0, PETROL, OCHRE), (120, PETROL, OCHRE), (240, PETROL, OCHRE)):
            with c.at(x, y, turn - 20, r):
                c.poly(
                    [
                        (0, 0),
                        *smooth([(0, 0), (0.55, -0.3), (1.1, -0.25)]),
                        (1.1, 0.9),
                        *smooth([(0.5, 0.9), (0.35, 0.35), (0, 0)]),
                    ],
                    tone,
                )
                c.poly(
                    [
                        (0, 0),
                        *smooth([(0, 0), (0.5, 0.02), (1.1, 0.2)]),
                        (1.1, 0.5),
                        *smooth([(0.9, 0.6), (0.45, 0.22), (0, 0)]),
                    ],
                    light,
                )
        c.poly(
            [*arc(x, y, r + 1, r + 1, -50, 130), *arc(x - r * 0.3, y - r * 0.3, r, r, 130, -50)],
            veil(INK, 0.3),
        )
    c.ring(x, y, r, 0.9, INK)


def tree_planting(c: Canvas) -> None:
    """Fresh sapling, a shovel in the soil and a row of young trees."""
    c.sky(mix(STEEL, MIST, 0.7), lift(SAND, 0.6))
    sun(c, 40, -22, 10, PAPER, PAPER)
    for x, y, k in ((-46, -34, 1.5), (6, -40, 1), (70, -36, 1.2)):
        cloud(c, x, y, k, veil(PAPER, 0.75))
    hills(c, -2, 3, mix(FOREST, MIST, 0.6))
    for i in range(8):
        poplar(c, c.L + 10 + i * 20, 3, c.rng.uniform(0.4, 0.6), mix(FOREST, MIST, 0.35))
    hills(c, 5, 2, lift(MOSS, 0.15))
    for i in range(5):
        t = 0.3 + i * 0.16
        x, y = -70 + i * 17, 6 + i * 3.4
        c.poly(
            [(x, y), (x + 1, y), (x + 16 * t, y + 3 * t), (x + 10 * t, y + 3 * t)], veil(INK, 0.2)
        )
        c.rect(x + 2.6 * t, y - 15 * t, x + 3.6 * t, y, deep(OCHRE, 0.35))
        round_tree(c, x, y, t * 0.85, FOREST if i % 2 else MOSS)
    hills(c, 24, 2, MOSS)
    _soil(c)
    _sapling(c, 4, 32)
    _shovel(c, 38, 35)
    _can(c, -44, 40)
    grass(c, c.B + 1, 9, deep(FOREST, 0.3), 70)


def _soil(c: Canvas) -> None:
    c.poly([(-8, 36), (24, 32), (74, 42), (34, 47)], veil(INK, 0.22))
    c.poly(
        smooth([(-34, 44), (-20, 33), (2, 29), (24, 32), (44, 44), (30, 50), (-20, 50)], True),
        deep(RUST, 0.55),
    )
    c.poly(smooth([(-26, 40), (-16, 34), (2, 30.5), (14, 32), (0, 37)], True), deep(RUST, 0.35))
    for _ in range(40):
        x, y = c.rng.uniform(-30, 40), c.rng.uniform(34, 48)
        c.disc(
            x,
            y,
            c.rng.uniform(0.5, 1.5),
            c.rng.choice((deep(RUST, 0.7), mix(RUST, OCHRE, 0.2), deep(RUST, 0.4))),
        )


def _sapling(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 8, y - 40, x - 6, y + 2, OCHRE)
    c.rect(x - 6.8, y - 40, x - 6, y + 2, deep(OCHRE, 0.4))
    c.line(
        smooth([(x, y + 2), (x + 0.6, y - 20), (x - 0.6, y - 42), (x + 1, y - 58)]),
        1.9,
        deep(RUST, 0.45),
    )
    c.rect(x - 8.6, y - 26, x + 1.6, y - 23.6, BRICK, 1)
    for i in range(19):
        s, py = (1 if i % 2 else -1), y - 20 - i * 2.05
        far = max(3.5, 17 - abs(i - 5) * 1.05)
        tip = (x + s * far, py - 9)
        c.line(smooth([(x, py), (x + s * far * 0.5, py - 3), tip]), 0.8, deep(RUST, 0.4))
        for t in (0.45, 0.75, 1.0):
            with c.at(x + s * far * t, py - 9 * t, -40 if s > 0 else 220, 0.9 + 0.25 * t):
                tone = (MOSS, FOREST, lift(MOSS, 0.2))[(i + int(t * 4)) % 3]
                c.poly(smooth([(-3, 0), (0.5, -2.7), (5, 0), (0.5, 2.7)], True), tone)
                c.poly(smooth([(-3, 0), (0.5, -2.7), (5, 0)], True), lift(tone, 0.2))


def _shovel(c: Canvas, x: float, y: float) -> None:
    c.poly([(x - 5, y + 2), (x + 5, y + 2), (x + 50, y + 12), (x + 42, y + 12)], veil(INK, 0.25))
    with c.at(x, y, 9):
        c.rect(-1.5, -66, 1.5, -14, OCHRE)
        c.rect(0.2, -66, 1.5, -14, deep(OCHRE, 0.4))
        grip = rounded(-5.6, -75, 5.6, -65, 3)
        c.line([*grip, grip[0]], 2.8, BRICK)
        c.poly([(-8.5, -18), (8.5, -18), (8.5, 2), (-8.5, 2)], STEEL)
        c.poly([(-8.5, -18), (0, -18), (0, 2), (-8.5, 2)], lift(STEEL, 0.35))
        c.poly([(-3, -26), (3, -26), (4, -18), (-4, -18)], deep(STEEL, 0.3))
    c.poly(
        smooth(
            [(x - 17, y + 6), (x - 8, y - 1), (x + 2, y - 2.5), (x + 12, y + 0.5), (x + 20, y + 7)]
        ),
        deep(RUST, 0.5),
    )


def _can(c: Canvas, x: float, y: float) -> None:
    with c.at(x, y):
        c.poly([(-12, 2), (12, 2), (34, 8), (6, 8)], veil(INK, 0.28))
        c.poly(smooth([(-10, -12), (-22, -16), (-20, 0), (-10, -2)])
               + smooth([(-10, -4.4), (-17.6, -2), (-18.6, -13), (-10, -9)]),
               deep(PETROL, 0.2))  # fmt: skip
        c.poly([(8, -8), (24, -24), (27, -21), (9, 0)], PETROL)
        c.poly([(21, -27), (30, -19), (28, -17), (19, -25)], OCHRE)
        c.poly([(-11, -20), (11, -20), (12.6, 3), (-12.6, 3)], STEEL)
        c.poly([(2, -20), (11, -20), (12.6, 3), (3, 3)], PETROL)
        c.disc(0, -20, 11, deep(PETROL, 0.3), 2.2)
        c.rect(-12, -9, 12, -6.6, PAPER)


def excursion(c: Canvas) -> None:
    """Hard hats on hooks and safety vests by the plant entrance."""
    c.sky(lift(SAND, 0.35), SAND)
    c.rect(c.L, 14, c.R, c.B, PETROL)
    c.rect(c.L, 12.6, c.R, 15, BRICK)
    for i in range(11):
        c.rect(c.L + i * 15, 15, c.L + i * 15 + 0.8, c.B, veil(INK, 0.3))
    c.poly([(-84, c.T), (-46, c.T), (34, c.B), (-18, c.B)], veil(PAPER, 0.3))
    c.poly([(-30, c.T), (-12, c.T), (76, c.B), (48, c.B)], veil(PAPER, 0.24))
    c.rect(c.L, -31.4, c.R, -25, deep(RUST, 0.25))
    c.rect(c.L, -31.4, c.R, -29.6, mix(RUST, OCHRE, 0.35))
    tones = (BRICK, PAPER, OCHRE, STEEL, BRICK)
    for i, x in enumerate((-66, -33, 0, 33, 66)):
        _vest(c, x, 4, OCHRE if i % 2 == 0 else BRICK)
        _hook(c, x)
        c.poly([(x - 11, -12), (x + 13, -12), (x + 25, 1), (x + 3, 1)], veil(INK, 0.16))
        helmet(c, x - 0.5, -15, 1.12, tones[i])
    c.rect(c.L, 46, c.R, c.B, INK)
    _boots(c)


def _hook(c: Canvas, x: float) -> None:
    c.rect(x - 2, -30, x + 2, -26, MIST, 0.8)
    c.line([(x, -27), (x, -20)], 1.6, STEEL)


def _vest(c: Canvas, x: float, y: float, tone: Color) -> None:
    with c.at(x, y):
        body = [
            (-12.5, -12),
            (-6, -15),
            (-3, -15),
            (0, -4),
            (3, -15),
            (6, -15),
            (12.5, -12),
            (10.4, -2),
            (12.8, 30),
            (-12.8, 30),
            (-10.4, -2),
        ]
        c.poly([(px + 6, py + 8) for px, py in body], veil(INK, 0.24))
        c.poly(body, tone)
        with c.clip(body):
            c.rect(3.4, -20, 20, 40, deep(tone, 0.22))
            for yy in (9, 19):
                c.rect(-20, yy, 20, yy + 4.6, lift(MIST, 0.4))
                c.rect(3.4, yy, 20, yy + 4.6, MIST)
            for s in (-1, 1):
                c.poly(
                    [(s * 4.6, -16), (s * 8.2, -16), (s * 8.2, 9), (s * 4.6, 9)], lift(MIST, 0.4)
                )
            c.rect(-0.5, -6, 0.5, 40, veil(INK, 0.5))
            c.rect(-9.5, 25, -3, 27, veil(INK, 0.25))


def _boots(c: Canvas) -> None:
    for x in (-49, -17, 17, 50):
        for dx, tone in ((-5, deep(RUST, 0.5)), (4.5, deep(RUST, 0.35))):
            with c.at(x + dx, 46.5):
                c.poly(
                    smooth([(-4, -11), (2, -11), (2.4, -5), (7.4, -2.8), (8, 0), (-4, 0)], n=3),
                    tone,
                )
                c.rect(-4.4, -0.8, 8.4, 1.4, OCHRE, 0.6)
