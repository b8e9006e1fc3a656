"""Shared things of the workshop and the desk: gears, wrenches, monitors, sheets, helmets."""

from .canvas import Canvas
from .geometry import arc, box, gear_points, polar, rounded, smooth
from .palette import (
    BRICK,
    GLEAM,
    INK,
    MIST,
    MOSS,
    OCHRE,
    PAPER,
    PETROL,
    SAND,
    SHADE,
    STEEL,
    Color,
    deep,
    lift,
    mix,
    veil,
)  # fmt: skip

CODE = (BRICK, MIST, SAND, MOSS, STEEL, OCHRE)


def gear(c: Canvas, x: float, y: float, r: float, teeth: int, fill: Color, turn: float = 0) -> None:
    """Gear wheel with hub, lightening holes and a lit upper-left half."""
    with c.at(x, y, turn):
        c.poly(gear_points(0, 0, r, teeth), fill)
        c.ring(0, 0, r * 0.72, r * 0.08, deep(fill, 0.25))
        for i in range(6):
            hx, hy = polar(0, 0, r * 0.46, i * 60)
            c.disc(hx, hy, r * 0.12, deep(fill, 0.45))
        c.disc(0, 0, r * 0.26, lift(fill, 0.25))
        c.disc(0, 0, r * 0.14, deep(fill, 0.6))


def wrench(c: Canvas, length: float, fill: Color) -> None:
    """Open-end wrench along x from the origin."""
    w = length * 0.06
    c.poly([(0, -w), (length, -w * 1.2), (length, w * 1.2), (0, w)], fill)
    c.rect(length * 0.1, -w * 0.35, length * 0.85, w * 0.35, deep(fill, 0.22), w * 0.3)
    for x, turn, k in ((0, 165, 1.0), (length, -15, 1.15)):
        with c.at(x, 0, turn, k):
            c.poly(
                [*arc(0, 0, w * 2.5, w * 2.5, 35, 325), (w * 0.2, -w), (-w * 0.3, 0), (w * 0.2, w)],
                fill,
            )


def screwdriver(c: Canvas, length: float, grip: Color) -> None:
    """Screwdriver along x, tip at the origin."""
    w = length * 0.06
    c.poly([(0, -w * 0.5), (w, -w * 0.28), (length * 0.6, -w * 0.28), (length * 0.6, w * 0.28),
            (w, w * 0.28), (0, w * 0.5)], lift(STEEL, 0.35))  # fmt: skip
    c.rect(length * 0.56, -w * 0.7, length * 0.64, w * 0.7, INK)
    c.rect(length * 0.6, -w * 1.35, length, w * 1.35, grip, w)
    for y in (-0.6, 0.4):
        c.rect(length * 0.66, w * y, length * 0.94, w * (y + 0.3), deep(grip, 0.3), w * 0.1)


def hammer(c: Canvas, length: float, grip: Color) -> None:
    """Hammer along x, head at the origin."""
    w = length * 0.045
    c.rect(0, -w, length, w, grip, w)
    c.rect(length * 0.55, -w * 1.3, length, w * 1.3, deep(grip, 0.35), w)
    c.poly([(-w * 2, -w * 5), (w * 2, -w * 5), (w * 2, w * 3), (w, w * 7),
            (-w, w * 7), (-w * 2, w * 3)],
           lift(STEEL, 0.1))  # fmt: skip
    c.rect(-w * 2.4, -w * 6, w * 2.4, -w * 3.6, lift(STEEL, 0.4))


def pliers(c: Canvas, length: float, grip: Color) -> None:
    """Pliers along x, jaws at the origin."""
    k = length / 30
    with c.at(0, 0, 0, k):
        for s in (-1, 1):
            jaw = [(0, 0.15 * s), (1, 1.2 * s), (8, 2.6 * s), (11, 1.4 * s), (11, 0.15 * s)]
            c.poly(jaw, lift(STEEL, 0.3 if s < 0 else 0.1))
            c.line(smooth([(10, -0.6 * s), (15, 2.6 * s), (22, 4.2 * s), (30, 3.6 * s)]), 2.4, grip)
        c.disc(10, 0, 2.4, lift(STEEL, 0.2))
        c.disc(10, 0, 0.9, INK)


def code(c: Canvas, area: tuple[float, float, float, float], rows: int) -> None:
    """Blocks of code: indented coloured bars."""
    x0, y0, x1, y1 = area
    h, indent = (y1 - y0) / rows, 0
    for j in range(rows):
        x, y = x0 + indent * (x1 - x0) * 0.08, y0 + j * h
        for _ in range(c.rng.randint(1, 3)):
            w = (x1 - x0) * c.rng.uniform(0.1, 0.27)
            if x + w > x1:
                break
            c.rect(x, y + h * 0.22, x + w, y + h * 0.74, c.rng.choice(CODE), h * 0.2)
            x += w + h * 0.45
        indent = max(0, min(3, indent + c.rng.choice((-1, 0, 1, 1))))


def monitor(c: Canvas, x: float, y: float, w: float, case: Color = INK, rows: int = 8) -> None:
    """Monitor standing on (x, y) with code on the screen."""
    h = w * 0.6
    with c.at(x, y - w * 0.16):
        c.poly(
            [(-w * 0.06, 0), (w * 0.06, 0), (w * 0.09, w * 0.14), (-w * 0.09, w * 0.14)],
            deep(case, 0.3),
        )
        c.rect(-w * 0.2, w * 0.12, w * 0.2, w * 0.16, lift(case, 0.15), w * 0.02)
        c.rect(-w / 2, -h, w / 2, 0, case, w * 0.025)
        m = w * 0.03
        screen = (-w / 2 + m, -h + m, w / 2 - m, -m * 1.8)
        c.fade(box(*screen), mix(PETROL, STEEL, 0.25), PETROL)
        c.rect(screen[0], screen[1], screen[2], screen[1] + h * 0.08, veil(PAPER, 0.22))
        c.rect(screen[0], screen[1] + h * 0.08, screen[0] + w * 0.13, screen[3], veil(INK, 0.35))
        code(
            c,
            (
                screen[0] + w * 0.17,
                screen[1] + h * 0.14,
                screen[2] - w * 0.04,
                screen[3] - h * 0.05,
            ),
            rows,
        )
        c.poly([(w * 0.16, screen[1]), (w * 0.36, screen[1]), (w * 0.1, screen[3]),
                (-w * 0.1, screen[3])],
               veil(PAPER, 0.07))  # fmt: skip


def sheet(
    c: Canvas, w: float, h: float, rows: int = 7, paper: Color = PAPER, accent: Color = BRICK
) -> None:
    """Written sheet centred on the origin with a shadow."""
    c.cast(box(-w / 2, -h / 2, w / 2, h / 2), w * 0.09, w * 0.12, SHADE)
    c.rect(-w / 2, -h / 2, w / 2, h / 2, paper)
    x, step = -w * 0.38, h * 0.78 / (rows + 1)
    c.rect(x, -h * 0.4, x + w * 0.42, -h * 0.4 + step * 0.6, accent)
    for j in range(1, rows + 1):
        y = -h * 0.4 + j * step + step * 0.25
        c.rect(x, y, x + w * c.rng.uniform(0.5, 0.76), y + step * 0.36, mix(paper, STEEL, 0.5))


def glass_top(c: Canvas, x: float, y: float, r: float) -> None:
    """Glass of water from above."""
    c.cast(arc(x, y, r, r), r * 1.1, r * 1.5, veil(INK, 0.2))
    c.disc(x, y, r, lift(MIST, 0.35))
    c.disc(x, y, r * 0.8, STEEL)
    c.disc(x - r * 0.12, y - r * 0.12, r * 0.62, mix(STEEL, MIST, 0.55))
    c.band(x, y, r * 0.62, 190, 270, r * 0.18, PAPER)


def helmet(c: Canvas, x: float, y: float, k: float, fill: Color) -> None:
    """Hard hat from the side, brim at y."""
    with c.at(x, y, 0, k):
        shell = arc(0, 0, 11, 12, 180, 360)
        c.poly(shell, fill)
        with c.clip(shell):
            c.poly(arc(8, 4, 13, 16), deep(fill, 0.2))
            c.poly(arc(-5, -5, 3.4, 4.2), veil(PAPER, 0.3))
            c.rect(-2.1, -13, 2.1, 1, lift(fill, 0.2), 1)
        c.rect(-12.6, -1, 14.5, 1.6, deep(fill, 0.3), 1.2)
        c.rect(-12.6, -1, 3, 0.5, deep(fill, 0.08), 0.7)


def bench(c: Canvas, y: float, top: Color = SAND, legs: Color = PETROL, thick: float = 4) -> None:
    """Workbench across the picture from y to the bottom."""
    c.rect(c.L, y + thick, c.R, c.B, legs)
    c.rect(c.L, y + thick, c.R, y + thick * 1.7, veil(INK, 0.4))
    c.rect(c.L, y, c.R, y + thick, deep(top, 0.18))
    c.rect(c.L, y, c.R, y + thick * 0.35, lift(top, 0.3))


def cylinder(
    c: Canvas, area: tuple[float, float, float, float], tone: Color, upright: bool = False
) -> None:
    """Turned part: bands of tone across its width."""
    x0, y0, x1, y1 = area
    cuts = (
        (0, 0.14, -0.15),
        (0.14, 0.34, 0.45),
        (0.34, 0.62, 0.1),
        (0.62, 0.84, -0.22),
        (0.84, 1, -0.45),
    )
    for a, b, t in cuts:
        color = lift(tone, t) if t > 0 else deep(tone, -t)
        if upright:
            c.rect(x0 + (x1 - x0) * a, y0, x0 + (x1 - x0) * b, y1, color)
        else:
            c.rect(x0, y0 + (y1 - y0) * a, x1, y0 + (y1 - y0) * b, color)


def chair_top(c: Canvas, k: float, fill: Color = BRICK) -> None:
    """Chair from above facing up (towards -y)."""
    with c.at(0, 0, 0, k):
        c.rect(-5.2, -4.6, 5.2, 4.6, deep(fill, 0.12), 2.2)
        c.rect(-4.4, -4, 4.4, 3, lift(fill, 0.1), 1.8)
        c.poly(rounded(-5.8, 3.1, 5.8, 5.8, 1.3), deep(fill, 0.38))
        c.rect(-5.8, 2.9, 5.8, 4.6, fill, 0.9)
        for s in (-1, 1):
            c.rect(s * 5.6 - 0.7, -2.4, s * 5.6 + 0.7, 3.6, deep(fill, 0.55), 0.6)


def sparks(c: Canvas, x: float, y: float, n: int, reach: float, a0: float, a1: float,
           tones: tuple[Color, ...] = (PAPER, OCHRE, BRICK)) -> None:  # fmt: skip
    """Spray of sparks: tapered strokes flying from a point."""
    for _ in range(n):
        a, far = c.rng.uniform(a0, a1), reach * c.rng.uniform(0.25, 1) ** 1.2
        near = far * c.rng.uniform(0.55, 0.86)
        (hx, hy), (tx, ty) = polar(x, y, far, a), polar(x, y, near, a)
        hy, w = hy + far * far / reach * 0.12, c.rng.uniform(0.35, 0.95)
        nx, ny = polar(0, 0, w / 2, a + 90)
        c.poly(
            [(tx, ty), (hx + nx, hy + ny), polar(hx, hy, w, a), (hx - nx, hy - ny)],
            c.rng.choice(tones),
        )


def cog_shadow(c: Canvas, x: float, y: float, r: float, dx: float, dy: float) -> None:
    """Long shadow of a round thing."""
    c.cast(arc(x, y, r, r), dx, dy, veil(INK, 0.22))


def sheen(c: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    """Two slanted reflections over glass."""
    w, lean = x1 - x0, (y1 - y0) * 0.5
    with c.clip(box(x0, y0, x1, y1)):
        for t, k in ((0.25, 0.16), (0.5, 0.06)):
            x = x0 + w * t
            c.poly([(x + lean, y0), (x + lean + w * k, y0), (x + w * k, y1), (x, y1)], GLEAM)
