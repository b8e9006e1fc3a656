"""The limited palette of the series and the few ways colours are mixed."""

Color = tuple[int, ...]

INK: Color = (13, 38, 53)
PETROL: Color = (22, 68, 86)
STEEL: Color = (74, 124, 146)
MIST: Color = (158, 190, 197)
PAPER: Color = (246, 239, 225)
SAND: Color = (229, 203, 158)
OCHRE: Color = (214, 160, 84)
BRICK: Color = (217, 84, 46)
RUST: Color = (158, 54, 34)
MOSS: Color = (116, 135, 76)
FOREST: Color = (62, 88, 62)


def mix(a: Color, b: Color, t: float) -> Color:
    """Colour between `a` (t = 0) and `b` (t = 1)."""
    return tuple(round(x + (y - x) * t) for x, y in zip(a[:3], b[:3], strict=True))


def lift(color: Color, t: float) -> Color:
    """Lighter tone of a colour."""
    return mix(color, PAPER, t)


def deep(color: Color, t: float) -> Color:
    """Darker tone of a colour."""
    return mix(color, INK, t)


def veil(color: Color, alpha: float) -> Color:
    """Translucent version of a colour."""
    return (*color[:3], round(alpha * 255))


SHADE: Color = veil(INK, 0.26)
SOFT: Color = veil(INK, 0.14)
GLEAM: Color = veil(PAPER, 0.16)
