"""Shared things of the outdoors and of buildings: trees, clouds, water, windows, pylons."""

import itertools
from collections.abc import Callable

from .canvas import Canvas
from .geometry import Point, Points, arc, box, lerp, polar, smooth
from .palette import (
    FOREST,
    GLEAM,
    INK,
    MOSS,
    PAPER,
    SHADE,
    Color,
    deep,
    lift,
    mix,
    veil,
)  # fmt: skip


def cloud(c: Canvas, x: float, y: float, k: float, fill: Color) -> None:
    """Flat-bottomed cloud."""
    with c.at(x, y, 0, k):
        outline = arc(-8, 0, 5, 5, 90, 270) + arc(-3, -4, 6, 6, 190, 300)
        outline += arc(4, -3, 5, 5, 230, 350) + arc(10, 1, 4, 4, 270, 450)
        c.poly(outline, fill)


def round_tree(c: Canvas, x: float, y: float, k: float, leaf: Color = MOSS) -> None:
    """Broad tree standing on (x, y), lit from the left."""
    with c.at(x, y, 0, k):
        trunk = deep(leaf, 0.65)
        c.poly([(-0.9, 0), (-0.5, -12), (0.5, -12), (0.9, 0)], trunk)
        c.line([(0, -8), (3, -12)], 0.7, trunk)
        crown = smooth(
            [(-7, -11), (-8, -17), (-4, -23), (2, -25), (7, -20), (8, -14), (4, -9)], True
        )
        c.poly(crown, deep(leaf, 0.22))
        with c.clip(crown):
            c.disc(-3.5, -19, 8.5, leaf)
            c.disc(-5, -21, 5, lift(leaf, 0.2))


def poplar(c: Canvas, x: float, y: float, k: float, leaf: Color = FOREST) -> None:
    """Pyramidal poplar, the tree of the Volga steppe."""
    with c.at(x, y, 0, k):
        c.rect(-0.6, -6, 0.6, 0, deep(leaf, 0.6))
        crown = smooth(
            [(0, -34), (3.2, -24), (4, -12), (1.5, -3), (-1.5, -3), (-4, -12), (-3.2, -24)], True
        )
        c.poly(crown, deep(leaf, 0.25))
        with c.clip(crown):
            c.poly(smooth([(-1, -35), (0.6, -20), (-0.6, -2), (-6, -2), (-6, -30)], True), leaf)


def ripples(c: Canvas, box_: tuple[float, float, float, float], n: int, fill: Color) -> None:
    """Horizontal dashes on water, longer and thicker towards the viewer."""
    x0, y0, x1, y1 = box_
    for _ in range(n):
        t = c.rng.random()
        y, x, w = y0 + (y1 - y0) * t, c.rng.uniform(x0, x1), c.rng.uniform(2, 6) + 9 * t
        c.line([(x, y), (x + w, y)], 0.35 + 0.6 * t, fill)


def hills(c: Canvas, y: float, swing: float, fill: Color, step: float = 24) -> Points:
    """Rolling land from `y` to the bottom edge."""
    pts, x = [], c.L - step
    while x < c.R + 2 * step:
        pts.append((x, y + c.rng.uniform(-swing, swing)))
        x += step
    land = [*smooth(pts), (c.R + 40, c.B + 5), (c.L - 40, c.B + 5)]
    c.poly(land, fill)
    return land


def grass(c: Canvas, y: float, height: float, fill: Color, n: int = 60) -> None:
    """Row of bent blades along a line, in the foreground."""
    for i in range(n):
        x = c.L + (c.R - c.L) * (i + c.rng.random()) / n
        h, lean = height * c.rng.uniform(0.45, 1), c.rng.uniform(-3, 5)
        tip = (x + lean, y - h)
        c.poly([(x - 0.7, y + 2), (x + lean * 0.3 - 0.3, y - h * 0.6), tip, (x + 0.8, y + 2)], fill)


Pick = Callable[[int, int], Color]


def windows(c: Canvas, area: tuple[float, float, float, float], cols: int, rows: int, pick: Pick,
            gap: float = 0.35) -> None:  # fmt: skip
    """Grid of panes with reveals; `pick(col, row)` gives the glass colour."""
    x0, y0, x1, y1 = area
    w, h = (x1 - x0) / cols, (y1 - y0) / rows
    for i in range(cols):
        for j in range(rows):
            ax, ay = x0 + i * w + w * gap / 2, y0 + j * h + h * gap / 2
            bx, by = ax + w * (1 - gap), ay + h * (1 - gap)
            glass = pick(i, j)
            c.rect(ax, ay, bx, by, glass)
            c.poly([(ax, ay), (bx, ay), (bx, ay + h * 0.09), (ax, ay + h * 0.09)], veil(INK, 0.3))
            c.poly([(ax, by), (ax, ay + h * 0.25), (ax + w * 0.3, by)], GLEAM)
            c.rect((ax + bx) / 2 - 0.16, ay, (ax + bx) / 2 + 0.16, by, veil(INK, 0.45))


def pylon(c: Canvas, x: float, y: float, k: float, fill: Color, w: float = 1.0) -> list[Point]:
    """Lattice pylon standing on (x, y), 60 k high; returns where the wires hang."""
    with c.at(x, y, 0, k):
        for s in (-1, 1):
            c.line([(s * 9, 0), (s * 3, -34), (s * 1.6, -56), (0, -62)], 1.3 * w, fill)
        rows = [
            (0, 9.0),
            (-12, 6.9),
            (-22, 5.1),
            (-30, 3.7),
            (-37, 2.8),
            (-43, 2.4),
            (-49, 2.0),
            (-55, 1.6),
        ]
        for (ya, wa), (yb, wb) in itertools.pairwise(rows):
            c.line([(-wa, ya), (wb, yb)], 0.8 * w, fill)
            c.line([(wa, ya), (-wb, yb)], 0.8 * w, fill)
        for ya, reach in ((-37, 17), (-46, 13.5), (-55, 10)):
            c.poly([(-reach, ya), (0, ya - 3.4), (reach, ya), (0, ya + 0.9)], fill)
            for s in (-1, 1):
                c.line([(s * (reach - 0.6), ya), (s * (reach - 0.6), ya + 3.6)], 1.1 * w, fill)
    arms = ((-37, 16.4), (-46, 12.9), (-55, 9.4))
    return [(x + s * r * k, y + (ya + 3.6) * k) for ya, r in arms for s in (-1, 1)]


def wire(c: Canvas, a: Point, b: Point, sag: float, width: float, fill: Color) -> None:
    """Hanging wire."""
    pts = []
    for i in range(19):
        t = i / 18
        x, y = lerp(a, b, t)
        pts.append((x, y + sag * 4 * t * (1 - t)))
    c.line(pts, width, fill)


def sun(c: Canvas, x: float, y: float, r: float, core: Color, halo: Color) -> None:
    """Big flat sun with two halos."""
    for k, a in ((2.1, 0.16), (1.5, 0.24)):
        c.disc(x, y, r * k, veil(halo, a))
    c.disc(x, y, r, core)


def beams(
    c: Canvas, x: float, y: float, n: int, reach: float, fill: Color, turn: float = 0
) -> None:
    """Poster rays around a point."""
    step = 360 / n
    for i in range(n):
        a = turn + i * step
        c.poly([(x, y), polar(x, y, reach, a - step / 4), polar(x, y, reach, a + step / 4)], fill)


def light_shafts(c: Canvas, xs: list[float], y: float, w: float, drop: float, lean: float,
                 alpha: float = 0.1) -> None:  # fmt: skip
    """Slanted shafts of light from windows."""
    for x in xs:
        quad = [(x, y), (x + w, y), (x + w * 1.5 + lean, y + drop), (x + lean, y + drop)]
        c.fade(quad, veil(PAPER, alpha * 2.2), veil(PAPER, 0))


def steps(c: Canvas, x: float, y: float, w: float, n: int, rise: float, tone: Color) -> None:
    """Flight of stairs seen from the front, widening down from (x, y)."""
    for i in range(n):
        half, top = w / 2 + i * 2.4, y + i * rise
        c.rect(x - half, top, x + half, top + rise * 0.55, lift(tone, 0.35))
        c.rect(x - half, top + rise * 0.5, x + half, top + rise, mix(tone, INK, 0.18))


def ground_shadow(c: Canvas, x: float, y: float, w: float, reach: float, drop: float) -> None:
    """Long shadow on level ground from a base of width `w`."""
    c.poly(
        [
            (x - w / 2, y),
            (x + w / 2, y),
            (x + w / 2 + reach, y + drop),
            (x - w / 2 + reach, y + drop),
        ],
        SHADE,
    )


def planks(c: Canvas, y0: float, y1: float, n: int, tone: Color) -> None:
    """Table top or floor of boards seen from the front, wider towards the viewer."""
    c.fade(box(c.L, y0, c.R, y1), tone, deep(tone, 0.18))
    for i in range(1, n):
        y = y0 + (y1 - y0) * (i / n) ** 1.5
        c.rect(c.L, y, c.R, y + 0.25 + 0.35 * i / n, deep(tone, 0.22))
