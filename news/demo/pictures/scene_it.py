"""Electronics and computing."""

from .canvas import Canvas
from .geometry import arc, box, polar, shifted, smooth
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
from .tools import monitor


def electronics(c: Canvas) -> None:
    """Turned circuit board and a soldering iron touching a joint."""
    c.sky(lift(SAND, 0.1), mix(SAND, OCHRE, 0.35))
    for i in range(-8, 9):
        with c.at(0, 0, -18):
            c.rect(-120, i * 15, 120, i * 15 + 0.6, veil(INK, 0.07))
            c.rect(i * 15, -120, i * 15 + 0.6, 120, veil(INK, 0.07))
    with c.at(-6, 8, -18):
        board = box(-58, -34, 58, 40)
        c.cast(board, 5, 7, veil(INK, 0.4))
        c.rect(-58, -34, 58, 40, deep(FOREST, 0.35), 3)
        c.rect(-57, -33, 57, 39, FOREST, 2.4)
        _traces(c)
        _chips(c)
    _components(c)
    _iron(c)


def _traces(c: Canvas) -> None:
    tone = mix(FOREST, MOSS, 0.8)
    for i in range(9):
        y = -12 + i * 2.7
        c.line(
            [(-16, y), (-27 - i, y), (-38 - i, y + (i - 4) * 2.6), (-54, y + (i - 4) * 2.6)],
            0.85,
            tone,
        )
        c.line(
            [(12, y), (22 + i, y), (30 + i, y + (i - 4) * 2.9), (54, y + (i - 4) * 2.9)], 0.85, tone
        )
    for i in range(7):
        x = -13 + i * 3.7
        c.line([(x, -16), (x, -22), (x + (i - 3) * 3, -28), (x + (i - 3) * 3, -31)], 0.85, tone)
        c.line([(x, 14), (x, 19), (x + (i - 3) * 2.6, 27), (x + (i - 3) * 2.6, 36)], 0.85, tone)
    for x, y in ((-52, -30), (52, -30), (-52, 35), (52, 35)):
        c.disc(x, y, 3.2, OCHRE)
        c.disc(x, y, 1.8, mix(SAND, OCHRE, 0.35))
    for i in range(30):
        x, y = polar(0, 0, 24 + (i * 7) % 27, i * 137.5)
        if abs(y) < 30:
            c.disc(x, y * 0.95, 1.5, OCHRE)
            c.disc(x, y * 0.95, 0.7, INK)


def _chip(c: Canvas, x: float, y: float, w: float, h: float, pins: int) -> None:
    c.cast(box(x - w / 2, y - h / 2, x + w / 2, y + h / 2), 3, 4, veil(INK, 0.4))
    for i in range(pins):
        px = x - w / 2 + (i + 0.5) * w / pins
        c.rect(px - 0.6, y - h / 2 - 2.2, px + 0.6, y + h / 2 + 2.2, lift(MIST, 0.2))
    c.rect(x - w / 2, y - h / 2, x + w / 2, y + h / 2, INK, 0.8)
    c.poly(
        [(x - w / 2, y - h / 2), (x + w / 2, y - h / 2), (x - w / 2, y + h / 2)], veil(STEEL, 0.3)
    )
    c.disc(x - w / 2 + 2.4, y - h / 2 + 2.4, 1, STEEL)


def _chips(c: Canvas) -> None:
    for i in range(9):
        y = -12 + i * 2.7
        c.rect(-18.5, y - 0.7, 14.5, y + 0.7, lift(MIST, 0.2))
    _chip(c, -2, -1, 27, 27, 7)
    c.rect(-9, -7, 5, -5, veil(PAPER, 0.5))
    c.rect(-9, -3.4, 0, -1.8, veil(PAPER, 0.3))
    _chip(c, -38, -20, 20, 9, 6)
    _chip(c, 36, 24, 22, 9, 7)
    c.rect(-60, 8, -48, 26, deep(STEEL, 0.2), 1)
    c.rect(-62, 9.6, -51, 24.4, MIST, 0.8)
    c.rect(-62, 12, -54, 22, INK)


def _components(c: Canvas) -> None:
    for x, y, r, tone in ((-36, 34, 6.6, STEEL), (-20, 40, 6.6, BRICK), (38, -22, 5.6, STEEL)):
        c.cast(arc(x, y, r, r), 8, 10, veil(INK, 0.36))
        c.cast(arc(x + 1, y + 1.4, r, r), -2, -3, deep(tone, 0.4))
        c.disc(x - 1, y - 1.6, r, tone)
        c.disc(x - 1, y - 1.6, r * 0.76, lift(tone, 0.5))
        c.rect(x - 1 - r * 0.5, y - 2.1, x - 1 + r * 0.5, y - 1.1, deep(tone, 0.3))
    for i in range(4):
        with c.at(6 + i * 9, 33 - i * 3, -18):
            c.cast(box(-3, -1.8, 3, 1.8), 2, 2.6, veil(INK, 0.4))
            c.rect(-3.6, -1.7, 3.6, 1.7, MIST)
            c.rect(-2.2, -1.9, 2.2, 1.9, (BRICK, INK, OCHRE, INK)[i])


def _iron(c: Canvas) -> None:
    x, y = 24.0, 4.0
    c.poly([(x, y), (c.R, 20), (c.R, 38), (x + 8, y + 7)], veil(INK, 0.28))
    c.glow(x, y, 22, lift(OCHRE, 0.5), 0.9)
    with c.at(x, y, -38):
        c.poly([(0, -0.5), (9, -1.4), (9, 1.4), (0, 0.5)], lift(OCHRE, 0.5))
        c.rect(8, -2, 34, 2, MIST)
        c.rect(8, 0.4, 34, 2, STEEL)
        c.rect(30, -4, 37, 4, INK, 1)
        c.rect(36, -6, 92, 6, BRICK, 3)
        c.rect(36, 1.6, 92, 6, RUST, 2)
        c.rect(36, -4.6, 92, -3, lift(BRICK, 0.4), 0.8)
        for i in range(5):
            c.rect(42 + i * 4, -6, 44 + i * 4, 6, INK)
    c.disc(x - 0.5, y, 2.4, PAPER)
    for k, (dx, w) in enumerate(((0, 2.6), (5, 1.8))):
        left = smooth(
            [
                (x - dx, y - 4),
                (x - 7 - dx, y - 16),
                (x + 2 - dx, y - 28),
                (x - 7 - dx, y - 42),
                (x - 2, c.T - 4),
            ]
        )
        right = shifted(left, w, 1.5)
        c.poly(left + right[::-1], veil(PAPER, 0.5 - k * 0.15))


def computer_lab(c: Canvas) -> None:
    """Rows of monitors leading to the window."""
    c.sky(mix(PETROL, STEEL, 0.35), PETROL)
    c.rect(c.L, -42, c.R, 4, mix(STEEL, PETROL, 0.35))
    _lab_window(c)
    c.rect(c.L, 12, c.R, c.B, deep(PETROL, 0.35))
    rows = ((4.5, 19, 6, 5, 0.5), (17, 29, 4, 6, 0.25))
    for y, w, n, lines, haze in rows:
        _desk(c, y, w, haze)
        pitch = w * 1.34
        for i in range(-n // 2, n // 2 + 1):
            monitor(c, i * pitch + pitch * 0.5, y, w, mix(INK, STEEL, haze), lines)
            c.rect(
                i * pitch + pitch * 0.5 - w * 0.34,
                y + 1,
                i * pitch + pitch * 0.5 + w * 0.3,
                y + w * 0.085,
                mix(MIST, STEEL, haze),
            )
    c.fade(box(c.L, -8, c.R, 26), veil(STEEL, 0.22), veil(STEEL, 0))
    _front_desk(c)
    for x in (-80, -42, -4):
        c.poly([(x, c.T), (x + 20, c.T), (x + 90, c.B), (x + 64, c.B)], veil(PAPER, 0.1))


def _lab_window(c: Canvas) -> None:
    for i in range(-3, 3):
        x = i * 29 + 3
        c.rect(x, -42, x + 23, -12, lift(SAND, 0.35))
        c.rect(x, -24, x + 23, -12, mix(MIST, SAND, 0.3))
        c.disc(x + 16, -13, 6, mix(MOSS, MIST, 0.4), 7)
        c.rect(x + 10.8, -42, x + 12, -12, PETROL)
        for j in range(4):
            c.rect(x, -42 + j * 2.6, x + 23, -40.6 + j * 2.6, PAPER)
    c.rect(c.L, -12, c.R, -9.6, PAPER)


def _desk(c: Canvas, y: float, w: float, haze: float) -> None:
    c.rect(c.L, y - w * 0.06, c.R, y + w * 0.13, mix(SAND, STEEL, haze))
    c.rect(c.L, y + w * 0.13, c.R, y + w * 0.5, mix(RUST, PETROL, 0.2 + haze))
    c.rect(c.L, y + w * 0.13, c.R, y + w * 0.2, veil(INK, 0.3))


def _front_desk(c: Canvas) -> None:
    c.fade(box(c.L, 34, c.R, c.B), SAND, mix(SAND, OCHRE, 0.5))
    c.rect(c.L, 34, c.R, 35.4, lift(SAND, 0.6))
    x = 10 if c.R > 60 else 0
    c.poly([(x - 30, 38), (x + 34, 38), (x + 60, c.B), (x - 6, c.B)], veil(INK, 0.2))
    monitor(c, x, 43, 68, INK, 11)
    c.poly([(x - 24, 46), (x + 20, 46), (x + 24, c.B + 3), (x - 28, c.B + 3)], lift(MIST, 0.4))
    for j in range(2):
        for i in range(11):
            c.rect(
                x - 22 + i * 3.8,
                47 + j * 2.6,
                x - 19.4 + i * 3.8,
                48.8 + j * 2.6,
                BRICK if i + j == 11 else PAPER,
                0.4,
            )
    _mug(c, x - 46, 43, BRICK)
    c.disc(x + 36, 46, 5.6, veil(INK, 0.25), 3)
    c.disc(x + 34, 45, 5, INK, 3.2)
    c.disc(x + 33, 44.2, 2, STEEL, 1.1)


def _mug(c: Canvas, x: float, y: float, tone: Color) -> None:
    c.poly([(x - 6, y), (x + 6, y), (x + 18, y + 5), (x + 4, y + 5)], veil(INK, 0.22))
    c.ring(x + 7, y - 7, 5, 1.8, deep(tone, 0.2))
    c.rect(x - 7, y - 14, x + 7, y + 1, tone, 1.4)
    c.rect(x + 2, y - 14, x + 7, y + 1, deep(tone, 0.28), 1.4)
    c.disc(x, y - 14, 7, lift(tone, 0.4), 1.7)
    c.disc(x, y - 13.8, 5.6, deep(RUST, 0.55), 1.1)
