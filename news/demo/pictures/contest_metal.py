"""Championship gallery, metalwork: bench, calliper, milling head, welding bead."""

from .canvas import Canvas
from .geometry import arc, box, polar, smooth
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
    deep,
    lift,
    mix,
    veil,
)  # fmt: skip
from .tools import bench, cylinder, gear, hammer, pliers, screwdriver, sparks, wrench


def bench_with_tools(c: Canvas) -> None:
    """Tool board above a workbench with a vice."""
    c.sky(lift(SAND, 0.25), SAND)
    c.rect(c.L, c.T, c.R, 12, mix(STEEL, MIST, 0.25))
    for i in range(-9, 10):
        for j in range(-8, 2):
            c.disc(i * 9, j * 9 + 4, 0.75, veil(INK, 0.28))
    c.poly([(c.L, c.T), (-28, c.T), (44, 12), (c.L, 12)], veil(PAPER, 0.13))
    board = (
        (-44, "w", 38),
        (-27, "w", 30),
        (-6, "s", 36),
        (10, "s", 30),
        (30, "h", 36),
        (50, "p", 34),
    )
    for dx, shade in ((3, True), (0, False)):
        for x, kind, n in board:
            with c.at(x + dx, -38 + dx * 1.2, 90):
                _hang(c, kind, n, shade)
    if c.tall:
        for x, r in ((-26, 15), (14, 19)):
            gear(c, x, -58, r * 0.62, 12, BRICK if x < 0 else PETROL, 5)
    bench(c, 24, OCHRE, PETROL, 5)
    _drawers(c)
    _vice(c, -8, 24)
    c.poly([(30, 24), (46, 24), (60, 28), (44, 28)], veil(INK, 0.25))
    c.rect(28, 17, 48, 24, BRICK, 1)
    c.rect(28, 20.5, 48, 24, RUST, 1)
    c.line([(33, 17), (33, 13), (43, 13), (43, 17)], 1.6, INK)
    for i, x in enumerate((-52, -44, -37)):
        c.rect(x, 24 - 8 - i * 2.4, x + 5.6, 24, (MOSS, PAPER, RUST)[i], 0.8)
        c.rect(x + 3.6, 24 - 8 - i * 2.4, x + 5.6, 24, veil(INK, 0.25), 0.8)


def _hang(c: Canvas, kind: str, n: float, shade: bool) -> None:
    def tool() -> None:
        if kind == "w":
            wrench(c, n, lift(STEEL, 0.55))
        elif kind == "s":
            with c.at(n, 0, 180):
                screwdriver(c, n, BRICK if n > 32 else OCHRE)
        elif kind == "h":
            hammer(c, n, OCHRE)
        else:
            pliers(c, n, RUST)

    if shade:
        with c.ink(INK, 0.28):
            tool()
    else:
        tool()


def _drawers(c: Canvas) -> None:
    for x in (-70, -22, 26):
        for j in range(4):
            y = 33 + j * 13
            c.rect(x, y, x + 44, y + 11.4, mix(PETROL, STEEL, 0.35), 1)
            c.rect(x, y + 8, x + 44, y + 11.4, veil(INK, 0.22), 1)
            c.rect(x + 15, y + 3, x + 29, y + 5, OCHRE, 1)


def _vice(c: Canvas, x: float, y: float) -> None:
    with c.at(x, y):
        c.poly([(-12, 0), (14, 0), (34, 5), (6, 5)], veil(INK, 0.3))
        c.poly([(-12, 0), (-8, -7), (10, -7), (14, 0)], deep(FOREST, 0.35))
        c.rect(-17, -14, 22, -7, FOREST, 1.4)
        c.poly([(-17, -25), (-6, -25), (-6, -9), (-17, -9)], MOSS)
        c.poly([(3, -25), (13, -25), (17, -9), (3, -9)], mix(MOSS, FOREST, 0.6))
        c.rect(-6.4, -26, -4, -16, MIST)
        c.rect(1.2, -26, 3.6, -16, MIST)
        c.rect(-4, -36, 1.2, -17, OCHRE)
        c.rect(-0.8, -36, 1.2, -17, deep(OCHRE, 0.3))
        c.rect(22, -11.6, 32, -9.4, MIST)
        c.line([(32, -19), (32, -2)], 1.6, STEEL)


def calliper(c: Canvas) -> None:
    """Vernier calliper closing on a turned part, seen from above."""
    c.sky(PETROL, deep(PETROL, 0.4))
    with c.at(0, 0, -24):
        _blueprint_grid(c)
    with c.at(-4, 0, -24):
        c.cast(arc(-8, 14, 19, 19), 8, 10, veil(INK, 0.45))
        gear(c, -8, 14, 19.4, 16, OCHRE, 0)
        c.disc(-8, 14, 13, mix(OCHRE, RUST, 0.25))
        c.ring(-8, 14, 12, 1.4, lift(OCHRE, 0.4))
        c.disc(-8, 14, 5.4, deep(PETROL, 0.3))
        _calliper_body(c)
    c.cast(arc(38, 30, 9, 9), 6, 8, veil(INK, 0.4))
    gear(c, 38, 30, 10, 10, BRICK, 8)
    c.cast([polar(-40, 34, 9, i * 60) for i in range(6)], 5, 7, veil(INK, 0.4))
    c.poly([polar(-40, 34, 9, i * 60) for i in range(6)], STEEL)
    c.poly([polar(-41, 33, 7.6, i * 60) for i in range(6)], MIST)
    c.disc(-40.6, 33.4, 4, deep(PETROL, 0.4))


def _blueprint_grid(c: Canvas) -> None:
    for i in range(-12, 13):
        c.rect(-130, i * 10, 130, i * 10 + 0.6, veil(MIST, 0.13))
        c.rect(i * 10, -130, i * 10 + 0.6, 130, veil(MIST, 0.13))
    c.ring(-8, 14, 33, 0.9, veil(PAPER, 0.35))
    c.ring(56, 30, 22, 0.9, veil(PAPER, 0.3))
    c.line([(-60, 14), (60, 14)], 0.7, veil(PAPER, 0.35), False)


def _calliper_body(c: Canvas) -> None:
    steel = lift(MIST, 0.35)
    fixed = [(-46, -24), (-28, -24), (-28, -12), (-28, 34), (-31, 34), (-38, 8), (-46, -10)]
    slide = [(12, -28), (44, -28), (44, -8), (30, -8), (22, 10), (15, 34), (12, 34)]
    for pts in (box(-46, -24, 118, -12), fixed, slide):
        c.poly([(x + 4, y + 6) for x, y in pts], veil(INK, 0.28))
    c.rect(-46, -24, 130, -12, steel)
    c.rect(-46, -24, 130, -21.6, PAPER)
    c.rect(-46, -14.4, 130, -12, MIST)
    c.poly(fixed, steel)
    c.poly([(-28, -12), (-28, 34), (-31, 34), (-33, 27), (-33, -12)], MIST)
    c.poly([(-46, -24), (-34, -24), (-30, -37), (-32, -37)], MIST)
    for i in range(44):
        h = 5.2 if i % 5 == 0 else 3
        c.rect(-24 + i * 3, -20.6, -23.2 + i * 3, -20.6 + h, INK)
    c.poly(slide, lift(MIST, 0.1))
    c.poly([(12, -12), (17, -12), (16, 30), (15, 34), (12, 34)], STEEL)
    c.poly([(14, -28), (26, -28), (14, -41), (12, -41)], STEEL)
    c.rect(12, -28, 44, -8, mix(STEEL, PETROL, 0.3), 2)
    c.rect(16, -24.6, 40, -13, INK, 1.4)
    c.rect(17.4, -23.4, 38.6, -14.2, mix(MOSS, PAPER, 0.6), 0.8)
    for i, w in enumerate((3.2, 3.2, 1, 3.2)):
        c.rect(20 + i * 4.4, -21.6, 20 + i * 4.4 + w, -16, INK, 0.4)
    c.disc(36, -8, 4, BRICK)
    c.disc(35.4, -8.6, 2.2, lift(BRICK, 0.35))


def milling(c: Canvas) -> None:
    """Milling head with an end mill biting into a block."""
    c.sky(mix(STEEL, PETROL, 0.35), INK)
    for i in range(8):
        x = -80 + i * 24
        c.poly([(x, c.T), (x + 10, c.T), (x - 30, c.B), (x - 40, c.B)], veil(PAPER, 0.045))
    c.rect(-30, c.T, 30, -26, lift(SAND, 0.4))
    c.rect(8, c.T, 30, -26, deep(SAND, 0.2))
    c.rect(-30, -32, 30, -28, BRICK)
    c.rect(8, -32, 30, -28, RUST)
    for w, y0, y1, tone in (
        (22, -26, -20, PETROL),
        (15, -20, -9, STEEL),
        (18, -9, -4, MIST),
        (10, -4, 5, STEEL),
    ):
        cylinder(c, (-w, y0, w, y1), tone, True)
    _workpiece(c)
    cylinder(c, (-6, 5, 6, 30), MIST, True)
    for i in range(3):
        y = 5 + i * 7
        c.poly(
            smooth([(-6, y + 5), (0, y + 3.6), (6, y)])
            + smooth([(6, y + 3.4), (0, y + 7), (-6, y + 8.4)]),
            deep(STEEL, 0.55),
        )
    sparks(c, 6, 24, 46, 44, -150, -15, (OCHRE, lift(OCHRE, 0.4), PAPER, BRICK))
    c.line(smooth([(c.L - 3, -10), (-40, -14), (-28, -2), (-22, 8)]), 4.4, BRICK)
    c.line([(-22, 8), (-16, 15)], 3, OCHRE)
    for i in range(5):
        c.poly(
            [(-14 + i * 1.2, 17 + i), (-9 + i * 2.2, 21 + i * 0.8), (-10 + i * 2, 23 + i)],
            veil(MIST, 0.6),
        )


def _workpiece(c: Canvas) -> None:
    c.rect(c.L, 46, c.R, c.B, deep(STEEL, 0.55))
    c.rect(c.L, 45, c.R, 47.6, STEEL)
    for x in (-60, -20, 20, 60):
        c.rect(x - 5, 51, x + 5, 56, INK, 1)
    c.poly([(-40, 24), (40, 24), (46, 30), (-46, 30)], lift(MIST, 0.45))
    c.rect(-46, 30, 46, 46, mix(MIST, STEEL, 0.2))
    c.rect(20, 30, 46, 46, mix(MIST, STEEL, 0.75))
    c.poly([(-9, 24), (-9, 35), (14, 35), (14, 24)], deep(STEEL, 0.5))
    c.poly([(-9, 24), (-4, 24), (-4, 30), (-9, 35)], STEEL)
    c.rect(-4, 28, 14, 30, deep(STEEL, 0.2))
    for s, tone in ((-1, BRICK), (1, RUST)):
        x0, x1 = sorted((s * 44, s * 68))
        c.rect(x0, 28, x1, 46, tone, 1)
        c.rect(x0, 28, x1, 31, lift(tone, 0.3), 1)
        c.rect(x0, 41, x1, 46, deep(tone, 0.35), 1)
        c.disc(s * 57, 36, 3, INK)
    c.rect(68, 35, c.R, 38, MIST)


def welding_bead(c: Canvas) -> None:
    """Close-up of a finished seam on a pipe joint, heat colours around it."""
    c.sky(deep(PETROL, 0.15), INK)
    c.glow(10, 0, 90, RUST, 0.6)
    with c.at(0, 4, -18):
        for y0, y1, tone in ((-28, 28, STEEL),):
            cylinder(c, (-130, y0, 130, y1), tone)
        for k, tone in enumerate((PETROL, RUST, BRICK, OCHRE)):
            w = 22 - k * 5
            c.poly(
                arc(0, 0, w * 0.55 + 4, 28, -90, 90) + arc(-w, 0, 9, 28, 90, -90), veil(tone, 0.42)
            )
        c.poly([*arc(-2, 0, 9.4, 28, -90, 90), (-9, 28), (-9, -28)], veil(INK, 0.35))
        for i in range(17):
            a = -84 + i * 10.5
            x, y = -3 + 8.4 * polar(0, 0, 1, a)[0], 28.6 * polar(0, 0, 1, a)[1]
            heat = max(0.0, 1 - i / 9)
            tone = mix(mix(STEEL, MIST, 0.5), OCHRE, heat)
            c.disc(x, y, 5.8, deep(tone, 0.5), 3.2)
            c.disc(x, y - 0.4, 5.2, tone, 2.4)
            c.disc(x - 1, y - 1, 2.8, lift(tone, 0.45), 1)
        c.glow(-2, -28, 24, lift(OCHRE, 0.5), 1)
        c.disc(-2, -28.6, 2.8, PAPER)
    _torch(c)
    sparks(c, -11, -22, 70, 54, -200, 20)


def _torch(c: Canvas) -> None:
    with c.at(-10, -24, -42):
        c.poly([(2, -1.6), (12, -4), (12, 4), (2, 1.6)], deep(OCHRE, 0.2))
        c.rect(11, -5, 24, 5, deep(RUST, 0.2), 1)
        c.rect(11, -5, 24, -2, OCHRE, 1)
        c.rect(23, -3, 46, 3, INK)
        c.rect(42, -6, 110, 6, BRICK, 3)
        c.rect(42, 1.6, 110, 6, RUST, 2)
        for i in range(4):
            c.rect(50 + i * 5, -6, 52.4 + i * 5, 6, INK)
