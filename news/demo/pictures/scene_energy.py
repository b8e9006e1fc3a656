"""Energy and the river: the nuclear plant, power lines, the bridge and the drone."""

from .canvas import Canvas
from .geometry import arc, box, lerp, rounded, smooth
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
from .parts import cloud, grass, hills, poplar, pylon, ripples, sun, wire


def power_plant(c: Canvas) -> None:
    """Four reactor domes and a striped stack over the reservoir."""
    c.sky(mix(STEEL, MIST, 0.25), lift(SAND, 0.35))
    sun(c, 34, -12, 11, lift(OCHRE, 0.35), PAPER)
    for x, y, k in ((-52, -34, 1.2), (14, -40, 0.8), (58, -30, 1.5)):
        cloud(c, x, y, k, veil(PAPER, 0.6))
    hills(c, 1, 2.5, mix(STEEL, MIST, 0.45))
    _stack(c, -32, 8)
    for x in (53, 29, 5, -19):
        _reactor(c, x - 2, 9, 1.18)
    _turbine_hall(c)
    _reservoir(c)
    _near_bank(c)


def _stack(c: Canvas, x: float, y: float) -> None:
    for i in range(7):
        y0, y1 = y - 8 - 6 * i, y - 2 - 6 * i
        w0, w1 = 2.6 - i * 0.2, 2.8 - i * 0.2
        tone = BRICK if i % 2 == 0 else PAPER
        c.poly([(x - w0, y0), (x + w0, y0), (x + w1, y1 + 0.1), (x - w1, y1 + 0.1)], tone)
        c.poly(
            [(x + 0.5, y0), (x + w0, y0), (x + w1, y1 + 0.1), (x + 0.5, y1 + 0.1)], deep(tone, 0.28)
        )


def _reactor(c: Canvas, x: float, y: float, k: float) -> None:
    with c.at(x, y, 0, k):
        c.rect(-9.5, -11, 9.5, 0, mix(MIST, STEEL, 0.25))
        c.rect(3, -11, 9.5, 0, STEEL)
        for j in range(3):
            c.rect(-8, -9 + j * 3, 1.4, -8 + j * 3, veil(INK, 0.35))
        c.rect(-7, -20, 7, -10.5, lift(SAND, 0.55))
        c.rect(2, -20, 7, -10.5, deep(SAND, 0.25))
        dome = arc(0, -20, 7, 6.6, 180, 360)
        c.poly(dome, BRICK)
        with c.clip(dome):
            c.disc(-3, -21.5, 7, lift(BRICK, 0.2))
            c.poly(arc(9, -18, 7.5, 10), RUST)
        c.rect(-7.5, -20.6, 7.5, -19.4, lift(SAND, 0.3))
        c.rect(2, -20.6, 7.5, -19.4, deep(SAND, 0.3))


def _turbine_hall(c: Canvas) -> None:
    c.rect(-44, 1.5, 72, 10.5, PETROL)
    c.rect(-44, 0.2, 72, 1.8, lift(STEEL, 0.2))
    for i in range(23):
        c.rect(-42 + i * 5, 4, -39.3 + i * 5, 7.5, OCHRE if i % 4 == 1 else STEEL)
    c.rect(c.L, 9, c.R, 12, FOREST)
    for x in (-68, -62, -56, -50, 74, 80):
        poplar(c, x, 11, 0.42)


def _reservoir(c: Canvas) -> None:
    c.fade(box(c.L, 11.5, c.R, c.B), mix(STEEL, MIST, 0.35), PETROL)
    for x in (51, 27, 3, -21):
        for j in range(6):
            w, y = 8.5 - j * 0.8, 13 + j * 3.2
            shift = (0, 1.6, -1, 2)[j % 4]
            c.rect(
                x - w + shift,
                y,
                x + w + shift,
                y + 2.1,
                veil(lift(SAND, 0.5) if j < 3 else BRICK, 0.5),
                1,
            )
    for j in range(9):
        w, y = 11 - j * 0.8, 13.5 + j * 4
        c.rect(38 - w, y, 38 + w, y + 1.3, veil(lift(OCHRE, 0.5), 0.4), 0.6)
    ripples(c, (c.L - 5, 15, c.R, c.B), 46, veil(PAPER, 0.2))


def _near_bank(c: Canvas) -> None:
    bank = smooth(
        [(c.L - 5, 30), (-48, 33), (-20, 41), (12, 45), (40, c.B + 2), (c.L - 5, c.B + 30)]
    )
    c.poly(bank, deep(FOREST, 0.25))
    with c.clip(bank):
        c.poly(
            smooth([(c.L - 5, 38), (-44, 40), (-10, 49), (8, c.B + 4), (c.L - 5, c.B + 10)]),
            deep(FOREST, 0.55),
        )
    for i in range(15):
        x, y = -72 + i * 5.4 + c.rng.uniform(-1, 1), 38 + i * 0.8
        h = c.rng.uniform(13, 25)
        top = (x + c.rng.uniform(0, 3.5), y - h)
        c.line([(x, y + 8), top], 0.7, deep(FOREST, 0.6))
        with c.at(*top, 8):
            c.rect(-0.95, -2, 0.95, 5.5, RUST if i % 3 else deep(RUST, 0.4), 0.9)
        c.poly(
            [(x - 0.6, y + 8), (x - 4.5, y - h * 0.5), (x + 0.6, y + 8)], MOSS if i % 2 else FOREST
        )


def power_lines(c: Canvas) -> None:
    """Pylons marching over the steppe into a huge sunset."""
    c.sky(PETROL, lift(OCHRE, 0.15))
    c.fade(box(c.L, -22, c.R, 26), veil(BRICK, 0), veil(BRICK, 0.85))
    sun(c, 14, 8, 24, lift(OCHRE, 0.45), OCHRE)
    for x, y, w in ((-40, -8, 34), (16, -1, 46), (52, -17, 30), (-8, 6, 26)):
        c.rect(x - w / 2, y, x + w / 2, y + 1.8, veil(mix(BRICK, INK, 0.3), 0.5), 0.9)
        c.rect(x - w / 4, y + 2.6, x + w / 2.5, y + 3.9, veil(RUST, 0.5), 0.6)
    hills(c, 19, 1.5, mix(RUST, INK, 0.25))
    far = pylon(c, 40, 24, 0.36, mix(RUST, INK, 0.55), 1.3)
    mid = pylon(c, 21, 28, 0.68, mix(RUST, INK, 0.75), 1.1)
    hills(c, 27, 2, mix(RUST, INK, 0.6))
    near = pylon(c, -26, 45, 1.42, INK)
    for a, b in zip(far, mid, strict=True):
        wire(c, a, b, 1.4, 0.42, deep(RUST, 0.7))
    for a, b in zip(mid, near, strict=True):
        wire(c, a, b, 4, 0.6, INK)
    for i, a in enumerate(near):
        wire(c, a, (c.L - 14, a[1] - 22 + i), 5, 0.85, INK)
    hills(c, 37, 2.5, deep(RUST, 0.82))
    c.fade(box(c.L, 34, c.R, c.B), veil(INK, 0), veil(INK, 0.9))
    grass(c, c.B, 15, INK, 80)
    for x, y, k in ((34, -26, 1), (42, -30, 0.7), (48, -24, 0.8)):
        _bird(c, x, y, k)


def _bird(c: Canvas, x: float, y: float, k: float) -> None:
    with c.at(x, y, -8, k):
        for s in (-1, 1):
            c.poly(
                smooth([(0, 0.6), (s * 2.4, -1.8), (s * 5, -0.6), (s * 2.4, -0.6), (0, 1.2)]), INK
            )


def bridge(c: Canvas) -> None:
    """Bridge arches striding over the shipping canal, a barge passing below."""
    c.sky(mix(STEEL, MIST, 0.5), lift(SAND, 0.5))
    sun(c, -36, -20, 9, PAPER, PAPER)
    for x, y, k in ((-8, -36, 1.3), (46, -28, 1.7), (-66, -34, 1)):
        cloud(c, x, y, k, veil(PAPER, 0.7))
    _far_town(c)
    c.fade(box(c.L, 10, c.R, c.B), mix(STEEL, MIST, 0.4), PETROL)
    c.fade(box(c.L, 9, c.R, 12), FOREST, deep(FOREST, 0.4))
    for j in range(8):
        c.rect(-43 + j * 0.6, 14 + j * 4, -29 - j * 0.6, 15.2 + j * 4, veil(PAPER, 0.4), 0.6)
    ripples(c, (c.L - 5, 14, c.R, c.B), 40, veil(PAPER, 0.22))
    _barge(c)
    _spans(c)
    _quay(c)


def _far_town(c: Canvas) -> None:
    x = c.L
    while x < c.R:
        w, h = c.rng.uniform(5, 11), c.rng.uniform(5, 17)
        tone = mix(MIST, STEEL, c.rng.uniform(0.1, 0.5))
        c.rect(x, 10 - h, x + w, 11, tone)
        c.rect(x + w * 0.66, 10 - h, x + w, 11, deep(tone, 0.16))
        for j in range(int(h / 3)):
            c.rect(
                x + 1, 10 - h + 1.3 + j * 3, x + w * 0.58, 10 - h + 2.3 + j * 3, veil(PAPER, 0.4)
            )
        x += w + c.rng.uniform(0, 3)


def _spans(c: Canvas) -> None:
    a, b = (c.L - 6, 6.0), (c.R + 6, -22.0)
    for k in range(-1, 3):
        p, q = lerp(a, b, 0.02 + k * 0.36), lerp(a, b, 0.38 + k * 0.36)
        rise = 20 + k * 5
        rib = [
            (lerp(p, q, t / 20)[0], lerp(p, q, t / 20)[1] - rise * 4 * t / 20 * (1 - t / 20))
            for t in range(21)
        ]
        for i in range(2, 19, 2):
            c.line([rib[i], lerp(p, q, i / 20)], 0.75 + k * 0.12, lift(RUST, 0.1))
        c.line([(x + 2.2, y + 1) for x, y in rib], 2.3 + 0.4 * k, deep(RUST, 0.35))
        c.line(rib, 2.4 + 0.4 * k, BRICK)
        w = 3.4 + k * 0.9
        c.poly(
            [(q[0] - w, q[1]), (q[0] + w, q[1]), (q[0] + w * 1.2, 60), (q[0] - w * 1.2, 60)],
            lift(SAND, 0.3),
        )
        c.poly(
            [(q[0] + w * 0.2, q[1]), (q[0] + w, q[1]), (q[0] + w * 1.2, 60), (q[0] + w * 0.2, 60)],
            deep(SAND, 0.4),
        )
    c.poly([a, b, (b[0], b[1] + 6.4), (a[0], a[1] + 3.4)], PETROL)
    c.poly([a, b, (b[0], b[1] + 2), (a[0], a[1] + 1.1)], lift(SAND, 0.4))
    c.poly([(a[0], a[1] + 3.4), (b[0], b[1] + 6.4), (b[0], b[1] + 9), (a[0], a[1] + 5)], INK)


def _barge(c: Canvas) -> None:
    with c.at(-12, 26):
        c.poly([(-27, 1.5), (24, 1.5), (34, 3.2), (-25, 3.2)], veil(INK, 0.35))
        c.poly([(-28, -5), (22, -5), (29, -8), (24, 1.6), (-25, 1.6)], INK)
        c.poly([(-28, -5), (22, -5), (29, -8), (28, -5.4), (22, -2.8), (-27.5, -2.8)], BRICK)
        for i in range(4):
            c.poly(arc(-8 + i * 8, -5, 4.4, 4.2, 180, 360), (SAND, OCHRE)[i % 2])
        c.rect(-26, -13, -16, -5, PAPER)
        c.rect(-19, -13, -16, -5, MIST)
        for i in range(3):
            c.rect(-25 + i * 2.7, -11.4, -23.2 + i * 2.7, -9, PETROL)
        c.rect(-24, -17, -18, -13, SAND)


def _quay(c: Canvas) -> None:
    c.poly([(c.L - 1, 38), (-34, 43), (4, c.B + 1), (c.L - 1, c.B + 30)], deep(SAND, 0.2))
    c.poly([(c.L - 1, 41.5), (-38, 46), (-14, c.B + 8), (c.L - 1, c.B + 30)], lift(SAND, 0.25))
    for t in (0.12, 0.42, 0.72):
        x, y = lerp((c.L + 4, 39), (-6, 48), t)
        c.cast(rounded(x - 1.6, y - 5, x + 1.6, y, 1), 7, 4)
        c.rect(x - 1.4, y - 5, x + 1.4, y + 1, INK, 0.6)
        c.rect(x - 2.3, y - 6.4, x + 2.3, y - 4.2, PETROL, 1)


def drone(c: Canvas) -> None:
    """Quadcopter hovering over striped fields."""
    c.sky(mix(STEEL, MIST, 0.2), lift(SAND, 0.5))
    sun(c, -48, -27, 8, PAPER, PAPER)
    for x, y, k in ((44, -36, 1.6), (-18, -39, 1.0)):
        cloud(c, x, y, k, veil(PAPER, 0.65))
    _fields(c)
    c.disc(14, 37, 20, veil(INK, 0.34), 3.6)
    with c.at(2, -8, -7, 1.12):
        _quad(c)


def _fields(c: Canvas) -> None:
    hills(c, -1, 1.5, mix(STEEL, MIST, 0.4))
    c.rect(c.L, 1, c.R, c.B, MOSS)
    vx, vy, n = -20, -3, 20
    tones = (MOSS, lift(MOSS, 0.22), OCHRE, SAND, FOREST, MOSS, deep(MOSS, 0.2), lift(OCHRE, 0.3))
    with c.clip(box(c.L, 2, c.R, c.B)):
        for i in range(n):
            x0, x1 = -330 + i * 33, -330 + (i + 1) * 33
            c.poly([(vx, vy), (x0, 70), (x1, 70)], tones[i % 8])
            for k in (0.3, 0.55, 0.8):
                x = x0 + 33 * k
                c.poly([(vx, vy), (x, 70), (x + 3, 70)], deep(tones[i % 8], 0.16))
    c.rect(c.L, 1, c.R, 3.4, deep(FOREST, 0.1))
    for i in range(26):
        x = c.L + i * 6.3 + c.rng.uniform(-1, 1)
        c.disc(x, 1.6, c.rng.uniform(1.4, 3), FOREST if i % 3 else deep(FOREST, 0.3))


def _quad(c: Canvas) -> None:
    for s, y, k in ((-1, -9, 0.75), (1, -9, 0.75), (-1, 0, 1), (1, 0, 1)):
        hub = (s * (27 if y else 40), y - 3)
        c.line([(s * 6, y * 0.4), (hub[0], hub[1] + 4)], 3.4 * k, deep(PETROL, 0.4) if y else INK)
        c.rect(
            hub[0] - 2.6 * k,
            hub[1] - 2,
            hub[0] + 2.6 * k,
            hub[1] + 6 * k,
            BRICK if not y else RUST,
            1.2,
        )
        c.disc(hub[0], hub[1] - 3, 17 * k, veil(PAPER, 0.36), 2.9 * k)
        c.poly([(hub[0] - 16 * k, hub[1] - 4), (hub[0], hub[1] - 2.2),
                (hub[0] + 16 * k, hub[1] - 2.4),
                (hub[0], hub[1] - 3.6)], INK)  # fmt: skip
    body = smooth([(-13, 0), (-9, -7), (0, -9), (9, -7), (13, 0), (9, 6), (-9, 6)], True)
    c.poly(body, lift(SAND, 0.6))
    with c.clip(body):
        c.poly(
            smooth([(-14, 2), (0, 4), (14, -2), (14, 12), (-14, 12)], True), mix(MIST, STEEL, 0.3)
        )
        c.rect(-14, -5.5, 14, -3.4, BRICK)
    for s in (-1, 1):
        c.line([(s * 7, 5), (s * 13, 16), (s * 17, 16)], 1.6, INK)
    c.rect(-5.5, 5, 5.5, 15, INK, 2.4)
    c.disc(0, 10, 4, STEEL)
    c.disc(0, 10, 2.7, INK)
    c.disc(-1, 9, 1, PAPER)
