"""Point lists: arcs, rounded boxes, smooth curves, hulls and gears."""

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Points = list[Point]


def arc(x: float, y: float, rx: float, ry: float, a0: float = 0, a1: float = 360) -> Points:
    """Points of an elliptic arc, degrees clockwise from the right."""
    n = max(6, int(abs(a1 - a0) / 360 * min(120, 28 + 3 * max(rx, ry))))
    steps = (math.radians(a0 + (a1 - a0) * i / n) for i in range(n + 1))
    return [(x + rx * math.cos(t), y + ry * math.sin(t)) for t in steps]


def box(x0: float, y0: float, x1: float, y1: float) -> Points:
    """Corners of a rectangle."""
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def rounded(x0: float, y0: float, x1: float, y1: float, r: float) -> Points:
    """Outline of a rounded rectangle."""
    r = min(r, (x1 - x0) / 2, (y1 - y0) / 2)
    corners = (
        (x1 - r, y0 + r, 270),
        (x1 - r, y1 - r, 0),
        (x0 + r, y1 - r, 90),
        (x0 + r, y0 + r, 180),
    )
    return [p for x, y, a in corners for p in arc(x, y, r, r, a, a + 90)]


def smooth(pts: Sequence[Point], closed: bool = False, n: int = 12) -> Points:
    """Catmull-Rom curve through the given points."""
    p = list(pts)
    ring = [p[-1], *p, p[0], p[1]] if closed else [p[0], *p, p[-1]]
    out: Points = []
    for i in range(len(ring) - 3):
        out += [_catmull(ring[i : i + 4], k / n) for k in range(n)]
    return out if closed else [*out, p[-1]]


def _catmull(q: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = q

    def at(a: float, b: float, c: float, d: float) -> float:
        bend = (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3
        return 0.5 * (2 * b + (c - a) * t + bend)

    return at(ax, bx, cx, dx), at(ay, by, cy, dy)


def hull(pts: Iterable[Point]) -> Points:
    """Convex hull."""
    p = sorted(set(pts))
    return _chain(p)[:-1] + _chain(p[::-1])[:-1]


def _chain(pts: Points) -> Points:
    out: Points = []
    for p in pts:
        while len(out) > 1 and _turn(out[-2], out[-1], p) <= 0:
            out.pop()
        out.append(p)
    return out


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def shifted(pts: Iterable[Point], dx: float, dy: float) -> Points:
    """The same points moved."""
    return [(x + dx, y + dy) for x, y in pts]


def polar(x: float, y: float, r: float, a: float) -> Point:
    """Point at a distance and an angle in degrees."""
    return x + r * math.cos(math.radians(a)), y + r * math.sin(math.radians(a))


def lerp(a: Point, b: Point, t: float) -> Point:
    """Point between two points."""
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def gear_points(x: float, y: float, r: float, teeth: int, depth: float = 0.16) -> Points:
    """Outline of a gear wheel."""
    step = 360 / teeth
    out: Points = []
    for i in range(teeth):
        for shift, k in ((-0.32, 1 - depth), (-0.2, 1), (0.2, 1), (0.32, 1 - depth)):
            out.append(polar(x, y, r * k, (i + shift) * step))
    return out


def spokes(x: float, y: float, r0: float, r1: float, n: int, turn: float = 0) -> Points:
    """Star outline with `n` rays."""
    half = 180 / n
    return [polar(x, y, r1 if i % 2 == 0 else r0, turn + i * half) for i in range(2 * n)]
