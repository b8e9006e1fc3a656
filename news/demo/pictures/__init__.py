"""Poster-like illustrations for the demo content, drawn with Pillow."""

from PIL import Image

from .canvas import Canvas
from .registry import SCENES

NAMES: tuple[str, ...] = tuple(SCENES)


def draw(name: str, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """Draw the named picture; the same name and size always give the same pixels."""
    if name not in SCENES:
        raise ValueError(f"unknown picture {name!r}; known: {', '.join(NAMES)}")
    canvas = Canvas(size, name)
    SCENES[name](canvas)
    return canvas.finish()
