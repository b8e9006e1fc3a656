"""Drawing surface in design units: centre origin, transforms, clips, glows and grain."""

import itertools
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw

from .geometry import Point, Points, arc, box, hull, rounded, shifted
from .palette import INK, SHADE, Color

SAMPLES = 2
AREA = 15000  # design units of any picture: 150 x 100 at 3:2, 100 x 150 at 2:3


@lru_cache(maxsize=1)
def _spot() -> Image.Image:
    edge = 181  # the gradient reaches 255 in the corners, this at the middle of the sides
    fall = [round(255 * max(0.0, 1 - v / edge) ** 1.5) for v in range(256)]
    return Image.radial_gradient("L").point(fall)


class Canvas:
    """A picture in progress; `L`, `T`, `R`, `B` are its edges in design units."""

    def __init__(self, size: tuple[int, int], seed: str) -> None:
        self.size, self.rng = size, Random(seed)
        w, h = size[0] * SAMPLES, size[1] * SAMPLES
        self.unit = math.sqrt(w * h / AREA)
        self.R, self.B = w / 2 / self.unit, h / 2 / self.unit
        self.L, self.T = -self.R, -self.B
        self._m = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        self._mono = False
        self._target(Image.new("RGB", (w, h), INK), (w / 2, h / 2))

    @property
    def tall(self) -> bool:
        """Whether the picture is clearly higher than wide."""
        return self.B > self.R * 1.15

    def _target(self, img: Image.Image, origin: Point) -> None:
        self._img, self._origin = img, origin
        self._solid = ImageDraw.Draw(img)
        self._wash = ImageDraw.Draw(img, "RGBA") if img.mode == "RGB" else self._solid

    def _px(self, pts: Sequence[Point]) -> Points:
        a, b, c, d, e, f = self._m
        s, (ox, oy) = self.unit, self._origin
        return [((a * x + c * y + e) * s + ox, (b * x + d * y + f) * s + oy) for x, y in pts]

    def _bounds(self, px: Points) -> tuple[int, int, int, int]:
        xs, ys = [p[0] for p in px], [p[1] for p in px]
        w, h = self._img.size
        x0, y0 = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
        return x0, y0, max(x0, min(w, math.ceil(max(xs)))), max(y0, min(h, math.ceil(max(ys))))

    # --- contexts -------------------------------------------------------------------------

    @contextmanager
    def at(self, x: float, y: float, turn: float = 0, k: float = 1, flip: bool = False) -> Iterator:
        """Draw in coordinates moved, turned (degrees), scaled and optionally mirrored."""
        old, t = self._m, math.radians(turn)
        co, si, f = k * math.cos(t), k * math.sin(t), -1 if flip else 1
        a, b, c, d, e, g = old
        p, q, r, s = co * f, si * f, -si, co
        self._m = (
            a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s,
            a * x + c * y + e, b * x + d * y + g,
        )  # fmt: skip
        try:
            yield
        finally:
            self._m = old

    @contextmanager
    def clip(self, pts: Sequence[Point]) -> Iterator:
        """Keep what is drawn inside the outline."""
        px = self._px(pts)
        x0, y0, x1, y1 = self._bounds(px)
        img, origin = self._img, self._origin
        part = img.crop((x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)))
        mask = Image.new("L", part.size, 0)
        ImageDraw.Draw(mask).polygon(shifted(px, -x0, -y0), fill=255)
        self._target(part, (origin[0] - x0, origin[1] - y0))
        try:
            yield
        finally:
            self._target(img, origin)
            img.paste(part, (x0, y0), mask)

    @contextmanager
    def ink(self, color: Color, alpha: float) -> Iterator:
        """Lay everything drawn inside as one flat translucent film."""
        img, origin = self._img, self._origin
        mask = Image.new("L", img.size, 0)
        self._target(mask, origin)
        self._mono = True
        try:
            yield
        finally:
            self._mono = False
            self._target(img, origin)
            area = mask.getbbox()
            if area:
                part = mask.crop(area).point([round(v * alpha) for v in range(256)])
                img.paste(color[:3], area, part)

    # --- shapes ---------------------------------------------------------------------------

    def poly(self, pts: Sequence[Point], fill: Color) -> None:
        """Filled polygon."""
        self._fill(self._px(pts), fill)

    def _fill(self, px: Points, fill: Color) -> None:
        if self._mono:
            self._solid.polygon(px, fill=255)
        else:  # blending is slow, so only translucent colours pay for it
            (self._wash if len(fill) == 4 else self._solid).polygon(px, fill=fill)

    def rect(self, x0: float, y0: float, x1: float, y1: float, fill: Color, r: float = 0) -> None:
        """Rectangle, optionally with round corners."""
        self.poly(rounded(x0, y0, x1, y1, r) if r else box(x0, y0, x1, y1), fill)

    def disc(self, x: float, y: float, r: float, fill: Color, ry: float | None = None) -> None:
        """Circle or ellipse."""
        self.poly(arc(x, y, r, r if ry is None else ry), fill)

    def ring(self, x: float, y: float, r: float, width: float, fill: Color, k: float = 1) -> None:
        """Ring whose outer radius is `r`; `k` squeezes it vertically."""
        inner = arc(x, y, r - width, (r - width) * k)
        self.poly(arc(x, y, r, r * k) + inner[::-1], fill)

    def band(
        self, x: float, y: float, r: float, a0: float, a1: float, w: float, fill: Color
    ) -> None:
        """Part of a ring between two angles."""
        self.poly(arc(x, y, r, r, a0, a1) + arc(x, y, r - w, r - w, a0, a1)[::-1], fill)

    def line(self, pts: Sequence[Point], width: float, fill: Color, cap: bool = True) -> None:
        """Thick polyline with round joints."""
        h = width / 2
        for (x0, y0), (x1, y1) in itertools.pairwise(pts):
            d = math.hypot(x1 - x0, y1 - y0) or 1
            nx, ny = (y0 - y1) / d * h, (x1 - x0) / d * h
            quad = [(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)]
            self.poly(quad, fill)
        for x, y in pts if cap else pts[1:-1]:
            self.poly(arc(x, y, h, h), fill)

    def cast(self, pts: Sequence[Point], dx: float, dy: float, fill: Color = SHADE) -> None:
        """Long shadow of a convex outline; its direction ignores any turn in force."""
        a, b, c, d, _, _ = self._m
        k = math.sqrt(abs(a * d - b * c)) * self.unit
        px = self._px(pts)
        self._fill(hull([*px, *shifted(px, dx * k, dy * k)]), fill)

    def fade(self, pts: Sequence[Point], c0: Color, c1: Color, across: bool = False) -> None:
        """Outline filled with a vertical (or horizontal) gradient."""
        px = self._px(pts)
        xs, ys = [p[0] for p in px], [p[1] for p in px]
        x0, y0, x1, y1 = self._bounds(px)
        if x1 <= x0 or y1 <= y0:
            return
        lo, hi = (min(xs), max(xs)) if across else (min(ys), max(ys))
        a, b = (x0, x1) if across else (y0, y1)
        strip = _strip(c0, c1, (a - lo) / (hi - lo), (b - lo) / (hi - lo), across)
        wash = strip.resize((x1 - x0, y1 - y0), Image.Resampling.BILINEAR)
        mask = Image.new("L", wash.size, 0)
        ImageDraw.Draw(mask).polygon(shifted(px, -x0, -y0), fill=255)
        if wash.mode == "RGBA":
            mask = ImageChops.multiply(mask, wash.getchannel("A"))
            wash = wash.convert("RGB")
        self._img.paste(wash, (x0, y0), mask)

    def sky(self, top: Color, bottom: Color) -> None:
        """Gradient over the whole picture."""
        strip = _strip(top, bottom, 0, 1, False)
        self._img.paste(strip.resize(self._img.size, Image.Resampling.BILINEAR))

    def glow(self, x: float, y: float, r: float, color: Color, strength: float = 0.6) -> None:
        """Soft round light."""
        (cx, cy), (ex, ey) = self._px([(x, y), (x + r, y)])
        pr = max(2, round(math.hypot(ex - cx, ey - cy)))
        left, top = round(cx) - pr, round(cy) - pr
        w, h = self._img.size
        x0, y0, x1, y1 = max(0, left), max(0, top), min(w, left + 2 * pr), min(h, top + 2 * pr)
        if x1 > x0 and y1 > y0:
            k = 128 / pr
            seen = ((x0 - left) * k, (y0 - top) * k, (x1 - left) * k, (y1 - top) * k)
            spot = _spot().point([round(v * strength) for v in range(256)])
            part = spot.resize((x1 - x0, y1 - y0), Image.Resampling.BILINEAR, box=seen)
            self._img.paste(color[:3], (x0, y0, x1, y1), part)

    def finish(self) -> Image.Image:
        """Reduce to the asked size and lay paper grain over it."""
        img = self._img.reduce(SAMPLES)
        w, h = self.size
        raw = Image.frombytes("L", self.size, self.rng.randbytes(w * h))
        grain = raw.point([round(128 + (v - 128) * 0.055) for v in range(256)])
        return ImageChops.add(img, Image.merge("RGB", [grain] * 3), 1, -128)


def _strip(c0: Color, c1: Color, t0: float, t1: float, across: bool) -> Image.Image:
    n = 96
    alpha = len(c0) == 4 or len(c1) == 4
    if alpha:
        c0, c1 = (*c0, 255)[:4], (*c1, 255)[:4]
    steps = [t0 + (t1 - t0) * i / (n - 1) for i in range(n)]
    data = [tuple(round(x + (y - x) * t) for x, y in zip(c0, c1, strict=True)) for t in steps]
    img = Image.new("RGBA" if alpha else "RGB", (n, 1) if across else (1, n))
    img.putdata(data)
    return img
