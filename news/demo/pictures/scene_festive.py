"""Celebrations: graduation, the holiday, the championship."""

import itertools

from .canvas import Canvas
from .geometry import Point, lerp, polar, smooth, spokes
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
from .parts import beams, cloud, round_tree, windows
from .tools import gear, hammer, pliers, screwdriver, wrench

CONFETTI = (BRICK, OCHRE, PAPER, MIST, MOSS)


def confetti(c: Canvas, n: int) -> None:
    """Falling scraps of paper."""
    for _ in range(n):
        with c.at(
            c.rng.uniform(c.L, c.R),
            c.rng.uniform(c.T, c.B),
            c.rng.uniform(0, 180),
            c.rng.uniform(0.6, 1.2),
        ):
            c.poly([(-1.4, -0.6), (1.4, -0.9), (1.2, 0.7), (-1.2, 0.9)], c.rng.choice(CONFETTI))


def graduation(c: Canvas) -> None:
    """Mortarboards and diplomas thrown into the sky."""
    c.sky(PETROL, mix(STEEL, MIST, 0.75))
    beams(c, 0, c.B + 6, 22, 170, veil(PAPER, 0.07))
    cloud(c, -48, 8, 1.5, veil(PAPER, 0.45))
    cloud(c, 50, 0, 1.7, veil(PAPER, 0.4))
    _roofline(c)
    confetti(c, 70)
    for x, y, turn, k in (
        (46, -32, 16, 0.62),
        (-14, -36, -18, 0.66),
        (-60, -26, 22, 0.8),
        (24, -4, 12, 1.0),
    ):
        _cap(c, x, y, turn, k)
    for x, y, turn, k in ((-38, -2, -38, 0.9), (58, -8, 24, 1), (8, -30, 48, 0.7)):
        _diploma(c, x, y, turn, k)
    _cap(c, -16, -10, -16, 1.5)
    _hands(c)


def _roofline(c: Canvas) -> None:
    c.rect(c.L, 24, c.R, c.B, mix(BRICK, STEEL, 0.35))
    c.rect(c.L, 22, c.R, 24.6, lift(SAND, 0.3))
    windows(c, (c.L, 26, c.R, 46), 15, 1, lambda i, j: PETROL if i % 3 else STEEL)
    for x in (c.L + 6, c.R - 10):
        round_tree(c, x, 44, 1.1, FOREST)


def _cap(c: Canvas, x: float, y: float, turn: float, k: float) -> None:
    with c.at(x, y, turn, k):
        c.poly(smooth([(-9, 2), (-9, 10), (0, 13), (9, 10), (9, 2)]), deep(PETROL, 0.6))
        c.poly(smooth([(0, 4), (0, 13), (9, 10), (9, 2)]), INK)
        board: list[Point] = [(-20, 0), (0, -8.5), (20, 0), (0, 8.5)]
        c.poly([(px, py + 1.6) for px, py in board], deep(INK, 0.2))
        c.poly(board, deep(PETROL, 0.25))
        c.poly([(-20, 0), (0, -8.5), (20, 0), (0, 0.6)], mix(PETROL, STEEL, 0.35))
        c.line(smooth([(0, 0), (10, 1.5), (16, 5), (17, 13)]), 1.1, OCHRE)
        c.disc(0, 0, 1.5, OCHRE)
        c.poly([(15.8, 12), (18.2, 12), (19.6, 20), (14.6, 20)], BRICK)
        c.rect(15.6, 11.4, 18.4, 13.4, OCHRE)


def _diploma(c: Canvas, x: float, y: float, turn: float, k: float) -> None:
    with c.at(x, y, turn, k):
        c.rect(-16, -3.8, 16, 3.8, PAPER)
        c.rect(-16, 0.8, 16, 3.8, SAND)
        for s in (-1, 1):
            c.disc(s * 16, 0, 1.8, lift(SAND, 0.4) if s < 0 else deep(SAND, 0.2), 3.8)
        c.disc(16, 0, 0.9, deep(OCHRE, 0.4), 2)
        c.rect(-2.2, -4, 2.2, 4, BRICK)
        c.poly([(0, 3), (-4, 10), (-1.4, 9), (0, 11)], RUST)
        c.poly([(0, 3), (4.4, 9), (2, 9), (1, 11)], BRICK)
        c.disc(0, 0, 2.7, deep(BRICK, 0.15))


def _hands(c: Canvas) -> None:
    for i, (x, top, lean) in enumerate(
        ((-64, 22, 6), (-40, 26, 2), (-15, 18, 5), (11, 25, -4), (33, 17, 3), (57, 24, -5))
    ):
        tone = (INK, deep(PETROL, 0.5))[i % 2]
        hand = (x + lean, top)
        c.poly(
            [(x - 8, c.B + 2), (hand[0] - 3, top + 8), (hand[0] + 3, top + 8), (x + 8, c.B + 2)],
            tone,
        )
        c.line([(hand[0] - 3, top + 10), (hand[0] + 3, top + 10)], 2.6, OCHRE if i % 2 else BRICK)
        c.rect(hand[0] - 3.6, top, hand[0] + 3.6, top + 8.6, tone, 2.4)
        for k in range(4):
            fx = hand[0] - 2.9 + k * 1.95
            c.line(
                [(fx, top + 2), (fx + (k - 1.5) * 1.3, top - 5 - (1.4 if k in (1, 2) else 0))],
                1.75,
                tone,
            )
        c.line([(hand[0] - 2.6, top + 5), (hand[0] - 7, top + 0.4)], 2, tone)


def holiday(c: Canvas) -> None:
    """Bouquet on a table under a festive garland."""
    c.sky(mix(PETROL, STEEL, 0.3), PETROL)
    for x, y, r in (
        (-58, 4, 9),
        (-40, -16, 6),
        (50, -4, 11),
        (66, -20, 6),
        (34, 18, 7),
        (-70, 22, 7),
    ):
        c.disc(x, y, r, veil(OCHRE, 0.1))
        c.disc(x, y, r * 0.66, veil(OCHRE, 0.12))
    _bunting(c, c.T + 6, 13, 9.5, (BRICK, PAPER, OCHRE, MIST))
    _bulbs(c, c.T + 2, 27)
    c.rect(c.L, 33, c.R, c.B, SAND)
    c.rect(c.L, 33, c.R, 34.8, lift(SAND, 0.6))
    c.poly([(-12, 40), (14, 40), (c.R + 6, c.B - 2), (38, c.B + 2)], veil(INK, 0.25))
    _bouquet(c)
    _gift(c, -48, 41)
    _ribbon(c)


def _bunting(c: Canvas, y: float, sag: float, w: float, tones: tuple[Color, ...]) -> None:
    n = int((c.R - c.L) / w) + 1
    pts = [(c.L + (c.R - c.L) * i / n, y + sag * 4 * (i / n) * (1 - i / n)) for i in range(n + 1)]
    for i, (a, b) in enumerate(itertools.pairwise(pts)):
        p, q = lerp(a, b, 0.08), lerp(a, b, 0.92)
        tip = ((a[0] + b[0]) / 2 + 0.6, (a[1] + b[1]) / 2 + w * 1.2)
        tone = tones[i % len(tones)]
        c.poly(
            [(p[0] + 2, p[1] + 3), (q[0] + 2, q[1] + 3), (tip[0] + 2, tip[1] + 3)], veil(INK, 0.25)
        )
        c.poly([p, q, tip], tone)
        c.poly([lerp(p, q, 0.55), q, tip], deep(tone, 0.2))
    c.line(pts, 0.9, PAPER)


def _bulbs(c: Canvas, y: float, sag: float) -> None:
    pts = [(c.L + (c.R - c.L) * i / 24, y + sag * 4 * (i / 24) * (1 - i / 24)) for i in range(25)]
    c.line(pts, 0.7, INK)
    for i, (x, yy) in enumerate(pts[1:-1:2]):
        c.glow(x, yy + 3, 8, lift(OCHRE, 0.4), 0.6)
        c.rect(x - 0.9, yy - 0.4, x + 0.9, yy + 1.6, INK)
        c.disc(x, yy + 3.2, 1.8, lift(OCHRE, 0.6) if i % 2 else OCHRE, 2.2)


def _bouquet(c: Canvas) -> None:
    for i in range(15):
        a = -172 + i * 11.7
        with c.at(*polar(0, 8, 15, a), a, 1.15):
            tone = (FOREST, MOSS, deep(FOREST, 0.3))[i % 3]
            c.poly(smooth([(-6, 0), (6, -5), (19, 0), (6, 5)], True), tone)
            c.poly(smooth([(-6, 0), (6, -5), (19, 0)], True), lift(tone, 0.14))
    spots = ((-21, 1, 8, OCHRE), (21, 0, 8.4, PAPER), (-11, -15, 8.6, PAPER), (13, -16, 8.2, OCHRE),
             (0, -25, 7.4, BRICK), (-25, -10, 5.4, BRICK), (26, -12, 5.6, BRICK),
             (0, -4, 11, BRICK))  # fmt: skip
    for i, (x, y, r, tone) in enumerate(spots):
        c.disc(x + 1, y + 1.6, r, veil(INK, 0.3))
        _bloom(c, x, y, r, tone, i * 17)
    wrap = [(-24, 6), (-8, 14), (0, 10), (9, 14), (25, 5), (9, 44), (-8, 44)]
    c.poly(wrap, lift(SAND, 0.45))
    c.poly([(0, 10), (9, 14), (25, 5), (9, 44), (2, 44)], deep(SAND, 0.14))
    c.poly([(-24, 6), (-8, 14), (-2, 44), (-8, 44)], PAPER)
    c.rect(-12, 29, 13, 33.4, RUST, 1)
    for s in (-1, 1):
        c.poly(smooth([(0, 31), (s * 8, 25), (s * 11, 31), (s * 7, 35)], True), BRICK)
        c.poly([(0, 32), (s * 9, 44), (s * 5, 45), (s * 1, 36)], RUST)
    c.disc(0.4, 31.2, 2.4, deep(RUST, 0.2))


def _bloom(c: Canvas, x: float, y: float, r: float, tone: Color, turn: float) -> None:
    for k, (far, n) in enumerate(((1.0, 9), (0.74, 8), (0.48, 6))):
        color = (deep(tone, 0.22), tone, lift(tone, 0.22))[k]
        for i in range(n):
            px, py = polar(x, y, r * far * 0.62, turn + k * 20 + i * 360 / n)
            c.disc(px, py, r * far * 0.4, color if i % 2 else mix(color, deep(tone, 0.22), 0.25))
    c.disc(x, y, r * 0.24, deep(tone, 0.3) if tone != PAPER else OCHRE)


def _gift(c: Canvas, x: float, y: float) -> None:
    c.poly([(x - 14, y), (x + 14, y), (x + 40, y + 8), (x + 8, y + 8)], veil(INK, 0.25))
    c.rect(x - 14, y - 20, x + 14, y, STEEL)
    c.rect(x + 3, y - 20, x + 14, y, deep(STEEL, 0.3))
    c.rect(x - 15.4, y - 24, x + 15.4, y - 18, lift(STEEL, 0.2))
    c.rect(x - 3, y - 24, x + 3, y, PAPER)
    for s in (-1, 1):
        c.poly(
            smooth(
                [(x, y - 24), (x + s * 5, y - 32), (x + s * 12, y - 30), (x + s * 8, y - 25)], True
            ),
            PAPER if s < 0 else lift(SAND, 0.3),
        )
    c.disc(x, y - 25, 2.2, SAND)


def _ribbon(c: Canvas) -> None:
    c.line(smooth([(34, 40), (44, 36), (50, 43), (60, 38), (66, 45), (c.R + 4, 40)]), 1.8, BRICK)
    for x, y in ((40, 47), (58, 49), (26, 46), (-24, 47), (-66, 46)):
        with c.at(x, y, x * 7):
            c.poly(smooth([(-3, 0), (0, -1.6), (3, 0), (0, 1.6)], True), RUST if x > 0 else PAPER)


def championship(c: Canvas) -> None:
    """Cup on the pedestal before a fan of tools."""
    c.sky(BRICK, RUST)
    beams(c, 0, -8, 20, 150, veil(OCHRE, 0.2), 4)
    c.disc(0, -8, 39, deep(PETROL, 0.15))
    c.disc(0, -8, 35.6, PETROL)
    c.ring(0, -8, 34, 1, OCHRE)
    _fan(c)
    gear(c, -50, 44, 24, 14, deep(STEEL, 0.3), 5)
    gear(c, 52, 46, 27, 15, mix(STEEL, PETROL, 0.4), 2)
    _pedestal(c)
    c.glow(0, -16, 34, lift(OCHRE, 0.5), 0.45)
    with c.at(0, 13):
        _cup(c)
    confetti(c, 46)


def _fan(c: Canvas) -> None:
    tools = ((-157, "w"), (-126, "s"), (-54, "h"), (-23, "p"))
    for a, kind in tools:
        with c.at(0, -8, a):
            if kind == "w":
                with c.at(29, 0, 0, 1.1):
                    wrench(c, 34, MIST)
            elif kind == "s":
                with c.at(58, 0, 180):
                    screwdriver(c, 44, OCHRE)
            elif kind == "h":
                with c.at(52, 0, 180):
                    hammer(c, 38, deep(OCHRE, 0.25))
            elif kind == "p":
                with c.at(64, 0, 180, 1.15):
                    pliers(c, 30, OCHRE)


def _pedestal(c: Canvas) -> None:
    for x0, x1, top, tone in (
        (-44, -14, 34, lift(SAND, 0.2)),
        (14, 44, 38, lift(SAND, 0.2)),
        (-17, 17, 24, PAPER),
    ):
        c.rect(x0, top, x1, c.B, tone)
        c.rect(x0 + (x1 - x0) * 0.62, top, x1, c.B, deep(tone, 0.2))
        c.rect(x0 - 1.4, top - 2.4, x1 + 1.4, top + 1.6, lift(tone, 0.4))
        c.rect(x0 - 1.4, top + 1.6, x1 + 1.4, top + 2.8, veil(INK, 0.25))
    for i, x in enumerate((-29, 29)):
        c.poly(spokes(x, 43, 2.4, 5, 5, -90), (STEEL, RUST)[i])
    c.poly(spokes(0, 37, 3.4, 7.4, 5, -90), BRICK)


def _cup(c: Canvas) -> None:
    c.poly([(-11, 9), (11, 9), (9, 2), (-9, 2)], INK)
    c.rect(-12.6, 6.4, 12.6, 10, deep(PETROL, 0.5), 0.8)
    c.poly(
        smooth([(-6, 3), (-2.4, -4), (-2.2, -10)]) + smooth([(2.2, -10), (2.4, -4), (6, 3)]),
        deep(OCHRE, 0.2),
    )
    for s in (-1, 1):
        with c.at(s * 14, -26, 0, 1, flip=s < 0):
            c.poly(
                smooth([(-3, -8), (6, -10), (10, -4), (6, 4), (-5, 9)])
                + smooth([(-4, 5.4), (3.6, 1.4), (6.4, -4), (4, -6.4), (-3, -5)]),
                mix(OCHRE, RUST, 0.2 if s > 0 else 0),
            )
    bowl = smooth([(-17, -38), (-16, -24), (-9, -13), (0, -8), (9, -13), (16, -24), (17, -38)])
    c.poly(bowl, OCHRE)
    with c.clip(bowl):
        c.poly([(5, -40), (20, -40), (20, 0), (0, 0)], deep(OCHRE, 0.28))
        c.poly([(-13, -40), (-8, -40), (-5, -12), (-9, -12)], lift(OCHRE, 0.6))
        c.poly([(11, -40), (14, -40), (10, -14), (7, -12)], mix(OCHRE, BRICK, 0.4))
    c.disc(0, -38, 17, lift(OCHRE, 0.4), 3)
    c.disc(0, -37.7, 15, deep(RUST, 0.3), 2.2)
    c.poly(spokes(0, -25, 2.8, 6.2, 5, -90), PAPER)
