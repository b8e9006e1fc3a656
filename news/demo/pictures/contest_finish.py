"""Championship gallery: panel wiring, drawing board, stopwatch, medals."""

from .canvas import Canvas
from .geometry import arc, box, lerp, polar, rounded, smooth, spokes
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
from .parts import beams
from .tools import gear, screwdriver


def wiring(c: Canvas) -> None:
    """Open electrical panel: breakers, neat wires, a screwdriver at a terminal."""
    c.sky(mix(STEEL, MIST, 0.3), STEEL)
    c.rect(-62, -72, 62, 72, deep(STEEL, 0.5), 2)
    c.rect(-58, -68, 58, 68, lift(SAND, 0.5), 1)
    c.rect(-58, -68, 58, -62, veil(INK, 0.2))
    for x, y0, y1 in ((-54, -66, 66), (46, -66, 66)):
        c.rect(x, y0, x + 8, y1, MIST)
        for j in range(-12, 13):
            c.rect(x, j * 5.4, x + 8, j * 5.4 + 2, STEEL)
    _wires(c)
    for y, n in ((-34, 7), (10, 7), (-78, 7), (54, 7)):
        c.rect(-45, y + 6, 45, y + 10, MIST)
        c.rect(-45, y + 8.4, 45, y + 10, STEEL)
        for i in range(n):
            _breaker(c, -42 + i * 12, y, i == 2 and y > 0)
    with c.at(9.5, 7, -52):
        c.poly([(4, 3), (84, 7), (84, 18), (4, 6)], veil(INK, 0.24))
        screwdriver(c, 88, BRICK)
    c.glow(9, 8, 8, OCHRE, 0.6)


def _breaker(c: Canvas, x: float, y: float, on: bool) -> None:
    c.poly([(x + 11, y), (x + 14, y + 3), (x + 14, y + 24), (x + 11, y + 21)], veil(INK, 0.25))
    c.rect(x, y, x + 11, y + 21, PAPER, 0.8)
    c.rect(x + 7.6, y, x + 11, y + 21, mix(SAND, MIST, 0.5), 0.8)
    c.rect(x + 1.6, y + 6, x + 9.4, y + 15, mix(STEEL, PETROL, 0.4), 0.6)
    c.rect(
        x + 3.4,
        y + (11 if on else 7),
        x + 7.6,
        y + (14.6 if on else 10.6),
        BRICK if on else INK,
        0.4,
    )
    for yy in (2.6, 18.2):
        c.disc(x + 5.5, y + yy, 1.7, STEEL)
        c.rect(x + 4.2, y + yy - 0.35, x + 6.8, y + yy + 0.35, INK)


def _wires(c: Canvas) -> None:
    tones = (BRICK, PETROL, OCHRE, MOSS, BRICK, PETROL, RUST)
    for row, y in enumerate((-34, 10, 54)):
        for i in range(7):
            x = -36.5 + i * 12
            lane = y - 6 - i * 1.9
            side = -50 if (i + row) % 2 else 50
            path = [(x, y + 2), (x, lane), (side, lane)]
            c.line([(px + 0.9, py + 1.2) for px, py in path], 1.9, mix(SAND, INK, 0.25))
            c.line(path, 1.9, tones[(i + row * 2) % 7])


def drawing_board(c: Canvas) -> None:
    """Blueprint of a shaft and a gear with compasses, set square and pencil."""
    c.sky(mix(SAND, OCHRE, 0.4), deep(OCHRE, 0.2))
    for i in range(-8, 9):
        c.rect(c.L, i * 16, c.R, i * 16 + 0.8, veil(RUST, 0.12))
    with c.at(-2, 2, -11):
        page = box(-58, -46, 58, 46)
        c.cast(page, 5, 6, veil(INK, 0.35))
        c.rect(-58, -46, 58, 46, mix(PETROL, STEEL, 0.25))
        for i in range(-5, 6):
            c.rect(i * 10 - 0.2, -46, i * 10 + 0.3, 46, veil(MIST, 0.16))
            if abs(i) < 5:
                c.rect(-58, i * 10 - 0.2, 58, i * 10 + 0.3, veil(MIST, 0.16))
        for edge in (
            box(-54, -42, 54, -41),
            box(-54, 41, 54, 42),
            box(-54, -42, -53, 42),
            box(53, -42, 54, 42),
        ):
            c.poly(edge, PAPER)
        _plan(c)
    _instruments(c)


def _plan(c: Canvas) -> None:
    pen = lift(MIST, 0.6)
    c.poly(_toothed(-16, 2, 25, 18) + _toothed(-16, 2, 23.8, 18)[::-1], pen)
    for r in (17, 7):
        c.ring(-16, 2, r, 1, pen)
    for i in range(6):
        c.ring(*polar(-16, 2, 12, i * 60), 2.6, 0.9, pen)
    for k in range(-5, 5):
        c.rect(-16 + k * 7, 1.7, -12 + k * 7, 2.4, BRICK)
        c.rect(-16.35, 2 + k * 7, -15.65, 6 + k * 7, BRICK)
    for x0, x1, r in ((16, 24, 7), (24, 38, 12), (38, 48, 8)):
        for edge in (
            (x0, -20 - r, x1, -19.1 - r),
            (x0, -20.9 + r, x1, -20 + r),
            (x0, -20 - r, x0 + 0.9, -20 + r),
            (x1 - 0.9, -20 - r, x1, -20 + r),
        ):
            c.rect(*edge, pen)
    for k in range(8):
        c.line([(25 + k * 1.6, -9), (25 + k * 1.6 + 3, -14)], 0.6, pen, False)
    c.rect(14, 20, 53, 41, veil(PAPER, 0.12))
    for j in range(3):
        c.rect(17, 24 + j * 5, 34 + j * 4, 26 + j * 5, pen)
    c.rect(42, 24, 49, 31, BRICK)


def _toothed(x: float, y: float, r: float, n: int) -> list[tuple[float, float]]:
    return [polar(x, y, r * (1 if i % 4 in (1, 2) else 0.88), i * 90 / n) for i in range(4 * n + 1)]


def _instruments(c: Canvas) -> None:
    outer = [(6, 44), (58, 44), (58, 2)]
    c.poly([(x + 3, y + 4) for x, y in outer], veil(INK, 0.25))
    c.poly(
        [*outer, outer[0], (24, 38.4), (52.4, 38.4), (52.4, 15), (24, 38.4)],
        veil(lift(OCHRE, 0.35), 0.88),
    )
    for i in range(11):
        c.rect(10 + i * 4.2, 41.6 - (i % 2) * 0.8, 10.8 + i * 4.2, 44, INK)
    with c.at(-34, 33, -28):
        c.rect(-19, 1, 28, 6, veil(INK, 0.25), 1)
        c.rect(-18, -2.4, 20, 2.4, BRICK)
        c.rect(-18, 0.6, 20, 2.4, RUST)
        c.poly([(20, -2.4), (28, 0), (20, 2.4)], SAND)
        c.poly([(25.4, -0.8), (28, 0), (25.4, 0.8)], INK)
        c.rect(-22, -2.4, -18, 2.4, MIST)
    with c.at(-4, -34, 12):
        for dx, turn in ((-1, 14), (1, -16)):
            with c.at(dx, 0, turn):
                c.poly([(1, 4), (5, 4), (4, 42), (3, 42)], veil(INK, 0.3))
                c.poly(
                    [(-1.8, 0), (1.8, 0), (0.9, 30), (0, 40), (-0.9, 30)],
                    lift(MIST, 0.3) if turn > 0 else MIST,
                )
                c.rect(-1.4, 19, 1.4, 25, BRICK)
        c.disc(0, 0, 4.4, STEEL)
        c.disc(-0.5, -0.5, 2.6, lift(MIST, 0.4))
        c.rect(-1.3, -11, 1.3, -3, INK, 0.8)


def stopwatch(c: Canvas) -> None:
    """Judge's stopwatch over a score sheet on a clipboard."""
    c.sky(mix(BRICK, RUST, 0.25), RUST)
    with c.at(0, 0, 24):
        for i in range(-4, 5):
            c.rect(i * 30, -140, i * 30 + 15, 140, veil(INK, 0.07))
    with c.at(-12, 2, -9):
        c.cast(rounded(-34, -44, 34, 52, 3), 7, 9, veil(INK, 0.4))
        c.rect(-34, -44, 34, 52, deep(RUST, 0.55), 3)
        c.rect(-30, -38, 30, 49, PAPER)
        _scores(c)
        c.rect(-13, -48, 13, -39, STEEL, 2)
        c.rect(-13, -42.4, 13, -39, deep(STEEL, 0.3), 1.4)
        c.rect(-6, -52, 6, -45, MIST, 2)
    _watch(c, 27, 12, 25)


def _scores(c: Canvas) -> None:
    c.rect(-26, -33, 4, -29, PETROL, 0.8)
    for j in range(9):
        y = -24 + j * 8
        c.rect(-26, y + 5.6, 26, y + 6.3, mix(MIST, PAPER, 0.3))
        c.rect(
            -26,
            y,
            -26 + (15, 20, 12, 18, 16, 21, 13, 18, 15)[j],
            y + 2.4,
            mix(STEEL, PAPER, 0.35),
            0.6,
        )
        for k in range(3):
            x = 2 + k * 8
            done = (j * 5 + k * 3) % 4
            c.rect(x, y - 1, x + 4.6, y + 3.6, (MOSS, MOSS, OCHRE, BRICK)[done], 0.6)
            if done < 2:
                c.line([(x + 1, y + 1.4), (x + 2, y + 2.5), (x + 3.7, y + 0.2)], 0.8, PAPER)


def _watch(c: Canvas, x: float, y: float, r: float) -> None:
    c.line(
        smooth([(x, y - r - 8), (x + 12, y - r - 22), (x + 34, y - r - 20), (c.R + 6, y - r - 34)]),
        2.2,
        INK,
    )
    c.cast(arc(x, y, r, r), 11, 14, veil(INK, 0.38))
    with c.at(x, y, 42):
        c.rect(-3, -r - 6, 3, -r + 2, STEEL, 1)
    c.rect(x - 3, y - r - 7, x + 3, y - r + 1, STEEL)
    c.rect(x - 5.4, y - r - 10, x + 5.4, y - r - 4.6, MIST, 1.4)
    c.disc(x, y, r, PETROL)
    c.disc(x - 0.6, y - 0.6, r * 0.95, lift(STEEL, 0.15))
    c.disc(x, y, r * 0.84, lift(SAND, 0.7))
    c.poly([(x, y), *arc(x, y, r * 0.8, r * 0.8, -90, 35)], veil(BRICK, 0.9))
    for i in range(24):
        k, w = (0.64, 1.3) if i % 6 == 0 else (0.71, 0.8)
        c.line([polar(x, y, r * k, i * 15), polar(x, y, r * 0.78, i * 15)], w, INK, False)
    c.disc(x, y + r * 0.38, r * 0.2, mix(SAND, MIST, 0.4))
    c.line([(x, y + r * 0.38), polar(x, y + r * 0.38, r * 0.15, 200)], 0.9, INK)
    c.line([polar(x, y, r * 0.16, 215), polar(x, y, r * 0.7, 35)], 1.8, INK)
    c.disc(x, y, 2.4, INK)
    c.disc(x, y, 1.1, OCHRE)


def medals(c: Canvas) -> None:
    """Three medals hanging on wide ribbons."""
    c.sky(mix(PETROL, STEEL, 0.25), deep(PETROL, 0.35))
    beams(c, 0, 10, 18, 150, veil(STEEL, 0.22), 5)
    gear(c, -46, 46, 22, 14, deep(PETROL, 0.45), 4)
    gear(c, 48, -30, 19, 13, deep(PETROL, 0.35), 4)
    steel, bronze = lift(MIST, 0.25), mix(RUST, OCHRE, 0.35)
    for x, y, k, tone, a, b in (
        (-33, 4, 0.78, steel, PETROL, MIST),
        (33, 9, 0.78, bronze, FOREST, SAND),
        (0, 17, 1.08, OCHRE, BRICK, PAPER),
    ):
        _medal(c, x, y, k, (tone, a, b))


def _medal(c: Canvas, x: float, y: float, k: float, tones: tuple[Color, Color, Color]) -> None:
    metal, cloth, stripe = tones
    top = (c.T - y) / k - 4
    with c.at(x, y, 0, k):
        for s, tone in ((1, deep(cloth, 0.3)), (-1, cloth)):
            a, b = (s * 15.0, top), (s * -1.0, -16.0)
            quad = [(a[0] - 7, a[1]), (a[0] + 7, a[1]), (b[0] + 5, b[1]), (b[0] - 5, b[1])]
            c.poly([(px + 5, py + 5) for px, py in quad], veil(INK, 0.22))
            c.poly(quad, tone)
            for t0, t1 in ((0.2, 0.34), (0.66, 0.8)):
                c.poly([lerp(quad[0], quad[1], t0), lerp(quad[0], quad[1], t1),
                        lerp(quad[3], quad[2], t1), lerp(quad[3], quad[2], t0)],
                       stripe if s < 0 else deep(stripe, 0.25))  # fmt: skip
        c.rect(-6.4, -19, 6.4, -14.6, deep(metal, 0.3), 1.4)
        c.cast(arc(0, 3, 20, 20), 9, 12, veil(INK, 0.32))
        c.poly(
            [polar(0, 3, 20.6 if i % 2 else 19.2, i * 7.5) for i in range(48)], deep(metal, 0.28)
        )
        c.disc(0, 3, 17.6, metal)
        with c.clip(arc(0, 3, 17.6, 17.6)):
            c.poly([(-22, 8), (-6, -18), (3, -18), (-16, 18)], veil(PAPER, 0.4))
            c.poly([(2, 24), (20, -6), (24, 2), (10, 26)], veil(INK, 0.12))
        c.ring(0, 3, 15.4, 1.1, deep(metal, 0.32))
        gear(c, 0, 3, 10.4, 10, deep(metal, 0.24), 9)
        c.disc(0, 3, 5.6, metal)
        c.poly(spokes(0, 3, 2, 4.6, 5, -90), deep(metal, 0.45))
