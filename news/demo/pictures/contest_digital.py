"""Championship gallery, digital trades: robot, 3D printer, code, network rack."""

from .canvas import Canvas
from .geometry import Point, box, polar, smooth
from .palette import (
    BRICK,
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
from .tools import code, sheen


def robot_arm(c: Canvas) -> None:
    """Industrial manipulator holding a part above the conveyor."""
    c.sky(lift(SAND, 0.3), mix(SAND, OCHRE, 0.35))
    c.disc(2, -6, 42, veil(PAPER, 0.45))
    for x in (-68, 50):
        c.rect(x, c.T, x + 18, 32, veil(STEEL, 0.22))
        c.rect(x + 4, c.T, x + 8, 32, veil(STEEL, 0.25))
    c.rect(c.L, 30, c.R, c.B, PETROL)
    c.rect(c.L, 30, c.R, 31.6, STEEL)
    for i in range(-6, 7):
        c.poly([(i * 14, 42), (i * 14 + 7, 42), (i * 14 + 3, 46), (i * 14 - 4, 46)], OCHRE)
    c.poly([(-40, 40), (-4, 40), (60, c.B), (4, c.B)], veil(INK, 0.35))
    _belt(c)
    _arm(c)


def _belt(c: Canvas) -> None:
    c.rect(8, 21, c.R, 25.6, INK)
    c.rect(8, 21, c.R, 22.4, STEEL)
    c.rect(12, 25.6, c.R, 30, RUST)
    for x in range(12, 90, 9):
        c.disc(x, 25.4, 2.6, MIST)
        c.disc(x, 25.4, 1.1, INK)
    for x, tone in ((48, OCHRE), (66, BRICK)):
        c.rect(x, 11, x + 11, 21, tone)
        c.rect(x + 7, 11, x + 11, 21, deep(tone, 0.3))
        c.rect(x - 0.6, 11, x + 11.6, 13, lift(tone, 0.35))


def _link(c: Canvas, a: Point, b: Point, wa: float, wb: float, tone: Color) -> None:
    dx, dy = b[0] - a[0], b[1] - a[1]
    d = (dx * dx + dy * dy) ** 0.5
    nx, ny = -dy / d, dx / d
    c.poly([(a[0] + nx * wa, a[1] + ny * wa), (b[0] + nx * wb, b[1] + ny * wb),
            (b[0] - nx * wb, b[1] - ny * wb), (a[0] - nx * wa, a[1] - ny * wa)], tone)  # fmt: skip
    c.poly(
        [a, b, (b[0] - nx * wb, b[1] - ny * wb), (a[0] - nx * wa, a[1] - ny * wa)], deep(tone, 0.24)
    )


def _joint(c: Canvas, p: Point, r: float, tone: Color) -> None:
    c.disc(*p, r, deep(tone, 0.35))
    c.disc(p[0] - r * 0.08, p[1] - r * 0.08, r * 0.86, tone)
    c.disc(*p, r * 0.55, INK)
    c.disc(p[0] - 0.3, p[1] - 0.3, r * 0.36, MIST)


def _arm(c: Canvas) -> None:
    base, elbow, wrist, grip = (-26.0, 22.0), (-34.0, -22.0), (14.0, -28.0), (27.0, -6.0)
    c.rect(-44, 34, -8, 41, INK, 1.4)
    c.poly([(-38, 35), (-14, 35), (-18, 20), (-34, 20)], deep(STEEL, 0.4))
    c.poly([(-24, 35), (-14, 35), (-18, 20), (-24, 20)], deep(STEEL, 0.6))
    c.line(smooth([(-20, 30), (-8, 8), (-20, -14), (-12, -34), (6, -36)]), 2.2, INK)
    _link(c, base, elbow, 9, 7, BRICK)
    _joint(c, base, 11, BRICK)
    _link(c, elbow, wrist, 7, 5, lift(BRICK, 0.08))
    c.rect(-24, -28, -4, -25.4, veil(PAPER, 0.6), 1)
    _joint(c, elbow, 10, BRICK)
    _link(c, wrist, grip, 4.6, 3.6, deep(STEEL, 0.2))
    _joint(c, wrist, 7, BRICK)
    with c.at(*grip, 0):
        c.rect(-8, -2, 8, 3.4, INK, 1)
        for s in (-1, 1):
            c.poly(
                [
                    (s * 7.6, 2),
                    (s * 4, 2),
                    (s * 5.2, 9),
                    (s * 5.2, 15),
                    (s * 7.6, 15),
                    (s * 8.6, 8),
                ],
                STEEL,
            )
        c.rect(-5.2, 8, 5.2, 18, OCHRE)
        c.rect(1.6, 8, 5.2, 18, deep(OCHRE, 0.3))
        c.rect(-5.2, 8, 5.2, 9.6, lift(OCHRE, 0.4))


def printer(c: Canvas) -> None:
    """3D printer growing a gear-shaped vase."""
    c.sky(mix(PETROL, STEEL, 0.5), PETROL)
    c.disc(-4, -4, 54, veil(MIST, 0.1))
    c.rect(c.L, 36, c.R, c.B, SAND)
    c.rect(c.L, 36, c.R, 37.6, lift(SAND, 0.6))
    c.poly([(-46, 43), (46, 43), (86, c.B + 4), (0, c.B + 4)], veil(INK, 0.28))
    c.rect(-36, -34, 36, 32, deep(PETROL, 0.5))
    c.fade(box(-36, -34, 36, 32), veil(OCHRE, 0.3), veil(OCHRE, 0.03))
    _spool(c)
    for x in (-43, 35):
        c.rect(x, -42, x + 8, 43, INK)
        c.rect(x, -42, x + 2.6, 43, STEEL)
    c.rect(-43, -44, 43, -35, INK, 1.6)
    c.rect(-43, -44, 43, -41, STEEL, 1.4)
    _print(c)
    for y in (-15, -11):
        c.rect(-36, y, 36, y + 1.8, MIST)
    c.rect(-10, -21, 14, -4, BRICK, 1.6)
    c.rect(4, -21, 14, -4, RUST, 1.6)
    c.disc(-1, -12.5, 4.6, INK)
    for i in range(7):
        c.poly(
            [(-1, -12.5), polar(-1, -12.5, 4, i * 51.4), polar(-1, -12.5, 4, i * 51.4 + 30)], STEEL
        )
    c.disc(-1, -12.5, 1.5, MIST)
    c.poly([(-2, -4), (6, -4), (3.4, 1.4), (0.6, 1.4)], OCHRE)
    c.glow(2, 2.4, 12, lift(OCHRE, 0.4), 0.9)
    c.rect(-48, 33, 48, 43, PETROL, 1.6)
    c.rect(-48, 33, 48, 35, STEEL, 1)
    c.rect(14, 36, 34, 41.4, INK, 0.8)
    c.rect(16, 37.4, 26, 38.6, MIST)
    c.rect(16, 39.2, 22, 40.2, BRICK)
    c.disc(40, 38.6, 2.6, BRICK)
    c.line(smooth([(2, -21), (4, -36), (20, -50), (30, -46)]), 1.2, OCHRE)


def _print(c: Canvas) -> None:
    c.rect(-30, 27, 30, 31, STEEL, 0.8)
    c.rect(-30, 27, 30, 28.4, MIST)
    left = smooth([(-13, 27), (-18, 21), (-18, 15), (-12, 8), (-9, 3)])
    vase = left + [(-x, y) for x, y in left][::-1]
    with c.at(2, 0):
        c.poly(vase, OCHRE)
        with c.clip(vase):
            for i in range(-4, 6):
                c.poly(
                    [(i * 7 - 9, 28), (i * 7 - 5.4, 28), (i * 5 + 4, 2), (i * 5 + 1, 2)],
                    lift(OCHRE, 0.4),
                )
            c.poly([(5, 2), (30, 2), (30, 28), (7, 28)], veil(RUST, 0.4))
            for i in range(11):
                c.rect(-22, 4 + i * 2.2, 22, 4.6 + i * 2.2, veil(RUST, 0.28))
        c.disc(0, 3.2, 9, lift(OCHRE, 0.55), 1.1)


def _spool(c: Canvas) -> None:
    x, y = 38.0, -46.0
    c.disc(x, y, 15, INK)
    c.ring(x, y, 13.4, 7, OCHRE)
    for k in range(3):
        c.ring(x, y, 12 - k * 2, 0.7, deep(OCHRE, 0.3))
    c.disc(x, y, 4, STEEL)


def coding(c: Canvas) -> None:
    """Screen full of code, keyboard and hands out of frame."""
    c.sky(INK, PETROL)
    c.glow(0, -12, 86, STEEL, 0.55)
    c.rect(c.L, 33, c.R, c.B, mix(RUST, OCHRE, 0.25))
    c.rect(c.L, 33, c.R, 34.4, OCHRE)
    c.fade([(-44, 34), (44, 34), (64, c.B), (-64, c.B)], veil(MIST, 0.4), veil(MIST, 0.05))
    c.poly([(-8, 24), (8, 24), (11, 36), (-11, 36)], INK)
    c.rect(-20, 34.6, 20, 37.4, deep(STEEL, 0.5), 1)
    c.rect(-48, -44, 48, 26, INK, 2.4)
    c.rect(-45.6, -41.6, 45.6, 22, deep(PETROL, 0.25), 1)
    c.rect(-45.6, -41.6, 45.6, -36.4, STEEL)
    for i, tone in enumerate((BRICK, OCHRE, MOSS)):
        c.disc(-42 + i * 4, -39, 1.2, tone)
    c.rect(-45.6, -36.4, -34, 22, veil(INK, 0.45))
    for j in range(14):
        c.rect(-40.6, -33 + j * 3.9, -37, -31.8 + j * 3.9, veil(MIST, 0.5), 0.4)
    c.rect(-34, -10.4, 14, -6, veil(STEEL, 0.5))
    code(c, (-31, -34.4, 12, 20), 14)
    _preview(c)
    sheen(c, -45.6, -41.6, 45.6, 22)
    for j in range(3):
        for i in range(13):
            x, y = -36 + i * 5.4 - j * 1.4, 41 + j * 4.4
            c.rect(x, y, x + 4.5 + j * 0.2, y + 3.4, PAPER if (i * 7 + j) % 9 else BRICK, 0.7)
            c.rect(x, y + 2.5, x + 4.5 + j * 0.2, y + 3.4, veil(INK, 0.28), 0.7)


def _preview(c: Canvas) -> None:
    c.rect(17, -33, 43, 19, lift(SAND, 0.5), 1)
    c.rect(17, -33, 43, -19, BRICK, 1)
    c.poly([(17, -19), (27, -29), (33, -23), (38, -27), (43, -19)], RUST)
    c.disc(37, -29, 2, OCHRE)
    for j, w in enumerate((18, 21, 14)):
        c.rect(20, -15 + j * 3.6, 20 + w, -13.4 + j * 3.6, mix(STEEL, PAPER, 0.4))
    for i, h in enumerate((7, 12, 9, 15)):
        c.rect(20.4 + i * 5.2, 16 - h, 24 + i * 5.2, 16, (STEEL, MOSS, OCHRE, PETROL)[i])


def network(c: Canvas) -> None:
    """Rack of switches with patch cords hanging in loops."""
    c.sky(deep(PETROL, 0.3), INK)
    for s in (-1, 1):
        x0, x1 = sorted((s * 50, s * 110))
        c.rect(x0, c.T, x1, c.B, deep(STEEL, 0.55))
        for j in range(-9, 10):
            c.rect(x0 + 4, j * 9, x1, j * 9 + 1.2, veil(INK, 0.5))
        c.rect(
            *sorted((s * 46, s * 51))[:1],
            c.T,
            max(s * 46, s * 51),
            c.B,
            STEEL if s < 0 else deep(STEEL, 0.3),
        )
        for j in range(-12, 13):
            c.disc(s * 48.5, j * 6, 0.9, INK)
    y, k = -74.0, 0
    while y < c.B:
        _unit(c, y, k)
        y, k = y + 19, k + 1
    _cords(c)


def _unit(c: Canvas, y: float, k: int) -> None:
    tone = (mix(PETROL, STEEL, 0.4), lift(SAND, 0.25), PETROL)[k % 3]
    c.rect(-46, y, 46, y + 15, tone, 0.8)
    c.rect(-46, y + 12, 46, y + 15, veil(INK, 0.25), 0.8)
    c.rect(-46, y, 46, y + 1.4, lift(tone, 0.3), 0.6)
    for i in range(10):
        x = -33 + i * 7
        c.rect(x, y + 4, x + 5.2, y + 9.4, INK, 0.6)
        c.rect(x + 1.4, y + 2.2, x + 3.8, y + 3.2, (MOSS, OCHRE, MOSS, BRICK)[(i + k) % 4])
    for j in range(2):
        c.disc(-40, y + 4.6 + j * 4, 1.4, (MOSS, OCHRE)[j])


def _cords(c: Canvas) -> None:
    loops = (
        (0, 4, 0, BRICK, 13), (2, 7, 0, OCHRE, 17), (9, 5, 1, MIST, 12), (1, 3, 1, MOSS, 10),
        (6, 9, 0, PAPER, 14), (0, 2, 2, STEEL, 12), (4, 8, 2, BRICK, 18), (3, 6, 3, OCHRE, 14),
        (8, 9, 1, RUST, 11), (7, 1, 3, MIST, 20), (5, 9, 4, BRICK, 14), (0, 3, 4, MOSS, 13),
    )  # fmt: skip
    for i, j, row, tone, drop in loops:
        ya = -67 + 19 * (row + 1)
        yb = ya + (19 if (i + j) % 2 else 0)
        _cord(c, (-30.4 + 7 * i, ya), (-30.4 + 7 * j, yb), drop, tone)


def _cord(c: Canvas, a: Point, b: Point, drop: float, tone: Color) -> None:
    low = max(a[1], b[1]) + drop
    belly = [
        (a[0] + (b[0] - a[0]) * t, low - drop * 0.9 * (2 * t - 1) ** 2)
        for t in (0.12, 0.3, 0.5, 0.7, 0.88)
    ]
    path = smooth([a, (a[0], a[1] + 5), *belly, (b[0], b[1] + 5), b])
    c.line([(x + 1.6, y + 2.4) for x, y in path], 2.6, mix(INK, PETROL, 0.25))
    c.line(path, 2.6, tone)
    for x, y in (a, b):
        c.rect(x - 2, y - 3, x + 2, y + 3.4, lift(tone, 0.35), 0.6)
        c.rect(x - 2, y + 0.8, x + 2, y + 3.4, deep(tone, 0.3), 0.6)
