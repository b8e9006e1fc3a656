"""The plant floor: the factory hall and the CNC lathe."""

from .canvas import Canvas
from .geometry import arc, box, lerp, polar, rounded, smooth
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
from .parts import light_shafts
from .tools import cylinder, gear, sparks

VANISH = (6.0, 6.0)


def plant_hall(c: Canvas) -> None:
    """Long hall in one-point perspective with a crane and light from the windows."""
    c.sky(deep(PETROL, 0.35), mix(STEEL, PETROL, 0.4))
    _walls(c)
    _hall_floor(c)
    _trusses(c)
    for z, side in ((0.24, -1), (0.24, 1), (0.4, -1), (0.4, 1)):
        _machine(c, z, side)
    _crane(c)
    light_shafts(c, [-62, -42, -27], -26, 13, 74, 50, 0.16)
    _front_machine(c)
    c.glow(*VANISH, 40, OCHRE, 0.35)


def _ray(x: float, y: float, t: float) -> tuple[float, float]:
    return lerp(VANISH, (x, y), t)


def _walls(c: Canvas) -> None:
    end = [_ray(-100, -70, 0.2), _ray(100, -70, 0.2), _ray(100, 62, 0.2), _ray(-100, 62, 0.2)]
    for s in (-1, 1):
        x = s * 100
        wall = [_ray(x, -70, 0.2), _ray(x, 62, 0.2), _ray(x, 62, 1.3), _ray(x, -70, 1.3)]
        c.poly(wall, mix(PETROL, STEEL, 0.15 if s < 0 else 0.4))
        for k in range(7):
            t0 = 0.22 * 1.33**k
            t1 = t0 * 1.2
            pane = [_ray(x, -52, t0), _ray(x, -52, t1), _ray(x, -8, t1), _ray(x, -8, t0)]
            c.poly(pane, lift(OCHRE, 0.5) if s < 0 else mix(MIST, STEEL, 0.35))
            for y in (-37, -23):
                c.poly(
                    [_ray(x, y, t0), _ray(x, y, t1), _ray(x, y + 1.8, t1), _ray(x, y + 1.8, t0)],
                    PETROL,
                )
            m = (t0 + t1) / 2
            c.poly(
                [_ray(x, -52, m), _ray(x, -52, m * 1.02), _ray(x, -8, m * 1.02), _ray(x, -8, m)],
                PETROL,
            )
            col = [_ray(x * 0.97, -60, t1 * 1.03), _ray(x * 0.97, -60, t1 * 1.09),
                   _ray(x * 0.97, 62, t1 * 1.09), _ray(x * 0.97, 62, t1 * 1.03)]  # fmt: skip
            c.poly(col, deep(PETROL, 0.5 if s < 0 else 0.3))
        rail = [
            _ray(x * 0.94, -60, 0.2),
            _ray(x * 0.94, -54, 0.2),
            _ray(x * 0.94, -54, 1.4),
            _ray(x * 0.94, -60, 1.4),
        ]
        c.poly(rail, RUST if s < 0 else BRICK)
    c.poly(end, lift(SAND, 0.35))
    a, b = _ray(-34, -12, 0.2), _ray(34, 62, 0.2)
    c.rect(a[0], a[1], b[0], b[1], lift(OCHRE, 0.8))
    for k in range(-2, 3):
        x = VANISH[0] + k * 7
        c.rect(x - 0.35, VANISH[1] - 15, x + 0.35, VANISH[1] - 5, STEEL)


def _hall_floor(c: Canvas) -> None:
    c.poly(
        [_ray(-100, 62, 0.2), _ray(100, 62, 0.2), _ray(100, 62, 1.6), _ray(-100, 62, 1.6)],
        mix(STEEL, SAND, 0.3),
    )
    c.poly(
        [_ray(-100, 62, 0.2), _ray(-62, 62, 0.2), _ray(-62, 62, 1.6), _ray(-100, 62, 1.6)],
        mix(STEEL, INK, 0.3),
    )
    for x in (-36, 36):
        c.poly(
            [
                _ray(x - 1.7, 62, 0.2),
                _ray(x + 1.7, 62, 0.2),
                _ray(x + 1.7, 62, 1.7),
                _ray(x - 1.7, 62, 1.7),
            ],
            OCHRE,
        )
    for k in range(6):
        t0 = 0.24 * 1.4**k
        quad = [
            _ray(-60, 62, t0),
            _ray(26, 62, t0 * 1.04),
            _ray(30, 62, t0 * 1.22),
            _ray(-60, 62, t0 * 1.16),
        ]
        c.poly(quad, veil(lift(OCHRE, 0.6), 0.34))


def _trusses(c: Canvas) -> None:
    for k in range(6):
        t = 0.23 * 1.36**k
        tone = mix(STEEL, INK, min(1, 0.3 + k * 0.12))
        a, b = _ray(-100, -70, t), _ray(100, -70, t)
        h, w = 17 * t, 2.4 * t
        c.line([a, b], w * 1.3, tone)
        c.line(
            [(a[0], a[1] - h * 0.5), ((a[0] + b[0]) / 2, a[1] - h * 1.4), (b[0], b[1] - h * 0.5)],
            w * 1.3,
            tone,
        )
        for i in range(8):
            p, q = lerp(a, b, i / 8), lerp(a, b, (i + 1) / 8)
            up = -h * (0.5 + 0.9 * (1 - abs(i + 0.5 - 4) / 4))
            top = ((p[0] + q[0]) / 2, p[1] + up)
            c.line([p, top, q], w * 0.7, tone)


def _machine(c: Canvas, t: float, side: int) -> None:
    x, y = _ray(side * 66, 62, t)
    with c.at(x, y, 0, t * 1.05, flip=side > 0):
        c.poly([(-26, 2), (26, 2), (52, 10), (0, 10)], veil(INK, 0.3))
        c.rect(-26, -30, 26, 2, mix(MOSS, INK, 0.25))
        c.rect(-26, -30, 26, -25, MOSS)
        c.poly([(26, -30), (34, -34), (34, -4), (26, 2)], deep(FOREST, 0.4))
        c.rect(-20, -21, 6, -6, INK)
        c.rect(-18, -19, 4, -8, mix(STEEL, MIST, 0.3))
        c.rect(11, -21, 21, -12, OCHRE)
        c.rect(-14, -46, -4, -30, FOREST)
        c.rect(-16, -48, -2, -44, MOSS)


def _crane(c: Canvas) -> None:
    t = 0.62
    (x0, y0), (x1, _) = _ray(-93, -58, t), _ray(93, -58, t)
    c.rect(x0, y0 - 3, x1, y0 + 6.4, BRICK)
    c.rect(x0, y0 + 3.4, x1, y0 + 6.4, RUST)
    c.rect(x0, y0 - 3, x1, y0 - 1.6, lift(BRICK, 0.35))
    n = 15
    for i in range(n):
        a, b = lerp((x0, y0), (x1, y0), (i + 0.2) / n), lerp((x0, y0), (x1, y0), (i + 0.8) / n)
        c.poly([(a[0], y0 + 2.6), (b[0], y0 + 2.6), ((a[0] + b[0]) / 2, y0 - 1)], deep(RUST, 0.3))
    for x in (x0, x1):
        c.rect(x - 4, y0 - 5, x + 4, y0 + 8, deep(RUST, 0.45), 1)
    x = 16
    c.rect(x - 9, y0 - 6, x + 9, y0 + 2, OCHRE, 1)
    c.rect(x + 3, y0 - 6, x + 9, y0 + 2, deep(OCHRE, 0.35), 1)
    for dx in (-3.4, 3.4):
        c.rect(x + dx - 0.35, y0 + 2, x + dx + 0.35, y0 + 27, INK)
    c.rect(x - 5, y0 + 25, x + 5, y0 + 31, OCHRE, 1)
    c.line(
        smooth(
            [(x, y0 + 30), (x, y0 + 35), (x + 3.6, y0 + 38), (x, y0 + 41.5), (x - 3.6, y0 + 38.5)]
        ),
        1.8,
        INK,
    )


def _front_machine(c: Canvas) -> None:
    x = c.L
    c.poly([(x, 12), (x + 24, 16), (x + 24, c.B), (x, c.B)], INK)
    c.poly([(x + 24, 16), (x + 31, 13), (x + 31, c.B), (x + 24, c.B)], deep(PETROL, 0.4))
    gear(c, x + 15, c.B - 6, 22, 14, deep(STEEL, 0.25), 8)
    gear(c, x + 47, c.B + 4, 17, 11, BRICK, 4)
    c.rect(x + 5, 16, x + 16, 20, BRICK, 1)


def lathe(c: Canvas) -> None:
    """CNC lathe at work: chuck, turned shaft, turret and flying chips."""
    c.sky(PETROL, INK)
    c.fade(box(c.L, c.T, c.R, 30), deep(PETROL, 0.1), deep(PETROL, 0.55))
    for i in range(9):
        x = c.L + 6 + i * 19
        c.poly([(x, c.T), (x + 8, c.T), (x - 22, 30), (x - 30, 30)], veil(PAPER, 0.035))
    _guide(c)
    c.poly([(-30, 16), (52, 12), (64, 24), (-20, 28)], veil(INK, 0.4))
    _work(c)
    _chuck(c)
    _turret(c)
    sparks(c, 20, -8, 46, 42, -170, -60)
    _chips(c)
    _door(c)


def _guide(c: Canvas) -> None:
    c.rect(c.L, 26, c.R, c.B, deep(STEEL, 0.5))
    for y, h, tone in (
        (26, 3, lift(STEEL, 0.3)),
        (29, 5, STEEL),
        (38, 2.4, MIST),
        (40.4, 5, deep(STEEL, 0.25)),
    ):
        c.rect(c.L, y, c.R, y + h, tone)
    c.rect(c.L, 34, c.R, 38, veil(INK, 0.4))


def _work(c: Canvas) -> None:
    for x0, x1, r, tone in (
        (-32, -4, 15, STEEL),
        (-4, 20, 12, MIST),
        (20, 24, 8.4, STEEL),
        (24, 50, 9.6, MIST),
    ):
        cylinder(c, (x0, -4 - r, x1, -4 + r), mix(tone, STEEL, 0.2))
        c.rect(x0, -4 - r, x0 + 0.9, -4 + r, veil(INK, 0.28))
    for i in range(7):
        c.rect(26 + i * 3, -13.6, 27.2 + i * 3, 5.6, veil(INK, 0.18))
    c.poly([(50, -13.6), (54, -10), (54, 2), (50, 5.6)], deep(STEEL, 0.2))
    c.poly([(54, -7), (64, -4), (54, -1)], MIST)
    c.poly([(58, -6), (66, -12), (c.R + 1, -12), (c.R + 1, 4), (66, 4), (58, -2)], deep(STEEL, 0.4))
    c.rect(66, -12, c.R + 1, -8, STEEL)


def _chuck(c: Canvas) -> None:
    x = -46
    c.rect(c.L, -44, x - 8, 34, deep(STEEL, 0.55))
    c.rect(c.L, -44, x - 8, -38, STEEL)
    for cut, tone in (((-34, -30), STEEL), ((-30, -16), MIST), ((-16, 4), STEEL),
                      ((4, 16), deep(STEEL, 0.3)),
                      ((16, 26), deep(STEEL, 0.55))):  # fmt: skip
        c.rect(x - 10, cut[0], x + 8, cut[1] + 0.1, tone)
    c.rect(x + 4, -34, x + 8, 26, veil(INK, 0.3))
    for y, h, k in ((-29, 13, 0), (-10, 12, 1), (11, 12, 2)):
        tone = (lift(STEEL, 0.35), MIST, deep(STEEL, 0.2))[k]
        c.rect(x + 8, y, x + 15, y + h, tone)
        c.rect(x + 8, y + h - 3, x + 15, y + h, deep(tone, 0.35))
        c.disc(x + 11.4, y + h / 2, 2, INK)
    for y in (-22, -4, 15):
        c.disc(x - 2, y, 2.1, INK)
    c.rect(x - 10, -34, x - 7, 26, BRICK)


def _turret(c: Canvas) -> None:
    with c.at(48, -44, 0, 1):
        c.cast(arc(0, 0, 24, 24), 6, 9, veil(INK, 0.35))
        c.poly([polar(0, 0, 26, i * 45 + 22.5) for i in range(8)], deep(STEEL, 0.2))
        c.poly([polar(-1.5, -1.5, 22.5, i * 45 + 22.5) for i in range(8)], mix(STEEL, MIST, 0.35))
        c.disc(0, 0, 12, PETROL)
        c.disc(-1, -1, 9.4, BRICK)
        c.disc(-1, -1, 4, INK)
        for i in range(8):
            c.disc(*polar(-1, -1, 18, i * 45), 2, INK)
    c.poly([(20, -28), (36, -34), (40, -27), (27, -20)], deep(STEEL, 0.45))
    c.poly([(16, -26), (31, -30), (33, -26), (26, -18.5), (19.6, -15.5)], STEEL)
    c.poly([(16, -21), (22, -20), (20.6, -12.6), (18, -13.4)], OCHRE)


def _chips(c: Canvas) -> None:
    for k in range(3):
        pts = [
            polar(8 - 7 * k + i * 0.5, 33 + i * 0.25, 3.6 - i * 0.06, i * 50 + k * 40)
            for i in range(26)
        ]
        c.line(smooth(pts, n=4), 0.8, (OCHRE, lift(OCHRE, 0.4), BRICK)[k])


def _door(c: Canvas) -> None:
    x = min(c.R - 19, 60)
    c.rect(x, c.T, c.R, c.B, lift(SAND, 0.4))
    c.rect(x, c.T, x + 3, c.B, PAPER)
    c.rect(x - 3.5, c.T, x, c.B, veil(INK, 0.4))
    if c.R - x < 12:
        return
    c.rect(x + 6, -20, c.R + 4, 4, INK, 1.5)
    c.rect(x + 8, -18, c.R + 4, 2, mix(PETROL, STEEL, 0.4))
    for j, tone in enumerate((BRICK, MIST, MIST, OCHRE)):
        c.rect(x + 10, -15 + j * 4, x + 16 + (j * 5) % 7, -13 + j * 4, tone)
    for j in range(4):
        for i in range(3):
            tone: Color = BRICK if (i, j) == (0, 0) else (MOSS if (i, j) == (1, 0) else STEEL)
            c.poly(rounded(x + 7 + i * 5, 10 + j * 6, x + 10.6 + i * 5, 13.6 + j * 6, 1), tone)
