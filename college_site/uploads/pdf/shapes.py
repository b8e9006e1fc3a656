"""Draws highlights, lines and outlines of a PDF that have no drawing of their own.

Runs in the sandbox (sandbox_process.py).
"""

import pikepdf

from college_site.uploads.pdf.field_text import colour_operator, form_xobject

CIRCLE = 0.5523  # how far the handles of a quarter of a circle reach, in radii


def draw_shape(document, annotation):
    """A form XObject of the shape, or None for kinds that have none."""
    if (find_path := PATHS.get(str(annotation.get("/Subtype")))) is None:
        return None
    resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(G=graphics_state(annotation)))
    line = float(annotation.get("/BS", {}).get("/W", 1))
    stroke = colour_operator(annotation.get("/C"), is_stroke=True) or "0 G"
    fill = colour_operator(annotation.get("/C")) or "1 1 0 rg"
    if interior := colour_operator(annotation.get("/IC")):
        fill = interior
    path, operator = find_path(annotation, bool(interior))
    content = f"/G gs {stroke} {fill} {line} w {path} {operator}"
    return form_xobject(document, content, bounds(annotation), resources)


def graphics_state(annotation):
    opacity = float(annotation.get("/CA", 1))
    state = pikepdf.Dictionary(CA=opacity, ca=opacity)
    if annotation.Subtype == "/Highlight":
        state.BM = pikepdf.Name.Multiply
    return state


def bounds(annotation):
    left, bottom, right, top = numbers(annotation.Rect)
    return [min(left, right), min(bottom, top), max(left, right), max(bottom, top)]


def numbers(array):
    return [float(number) for number in array]


def points(array):
    """The pairs of an array of coordinates."""
    values = numbers(array)
    return list(zip(values[::2], values[1::2], strict=False))


def quads(annotation):
    """Four corners of each marked piece of text: upper left and right, lower left and right."""
    corners = points(annotation.QuadPoints)
    return [corners[start : start + 4] for start in range(0, len(corners) - 3, 4)]


def polyline(corners):
    return " ".join(f"{x} {y} {'l' if number else 'm'}" for number, (x, y) in enumerate(corners))


def highlight(annotation, _):
    return " ".join(f"{polyline([a, b, d, c])} h" for a, b, c, d in quads(annotation)), "f"


def underline(annotation, _):
    lines = [[(x, y + 1), (u, v + 1)] for _, _, (x, y), (u, v) in quads(annotation)]
    return " ".join(map(polyline, lines)), "S"


def strike_out(annotation, _):
    lines = [(middle(a, c), middle(b, d)) for a, b, c, d in quads(annotation)]
    return " ".join(map(polyline, lines)), "S"


def middle(one, other):
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def rectangle(annotation, is_filled):
    left, bottom, right, top = inner_bounds(annotation)
    return f"{left} {bottom} {right - left} {top - bottom} re", "B" if is_filled else "S"


def ellipse(annotation, is_filled):
    left, bottom, right, top = inner_bounds(annotation)
    x, y, a, b = (left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2
    s, t = a * CIRCLE, b * CIRCLE
    curves = (
        f"{x + a} {y} m {x + a} {y + t} {x + s} {y + b} {x} {y + b} c "
        f"{x - s} {y + b} {x - a} {y + t} {x - a} {y} c "
        f"{x - a} {y - t} {x - s} {y - b} {x} {y - b} c "
        f"{x + s} {y - b} {x + a} {y - t} {x + a} {y} c"
    )
    return curves, "b" if is_filled else "s"


def inner_bounds(annotation):
    """The rectangle that a border as thick as this one fits into."""
    half = float(annotation.get("/BS", {}).get("/W", 1)) / 2
    left, bottom, right, top = bounds(annotation)
    return left + half, bottom + half, right - half, top - half


def line(annotation, _):
    return polyline(points(annotation.L)), "S"


def ink(annotation, _):
    return " ".join(polyline(points(stroke)) for stroke in annotation.InkList), "S"


def polygon(annotation, is_filled):
    return polyline(points(annotation.Vertices)), "b" if is_filled else "s"


def open_polygon(annotation, _):
    return polyline(points(annotation.Vertices)), "S"


PATHS = {
    **{"/Highlight": highlight, "/Underline": underline, "/Squiggly": underline},
    **{"/StrikeOut": strike_out, "/Square": rectangle, "/Circle": ellipse, "/Line": line},
    **{"/Ink": ink, "/Polygon": polygon, "/PolyLine": open_polygon},
}
