"""Pages of a PDF as PDFium, the viewer of Chrome, shows them."""

import pypdfium2
from PIL import ImageChops

SCALE = 2  # dots a point
VISIBLE = 64  # of 255: a difference of grey that an eye sees beside a letter


def render(content):
    """The pages as pictures, with forms and annotations."""
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        return [page.render(scale=SCALE).to_pil().convert("RGB") for page in document]


def differing_dots(one, other):
    """How many dots look different."""
    total = 0
    for before, after in zip(render(one), render(other), strict=True):
        assert before.size == after.size
        total += dark_dots(ImageChops.invert(ImageChops.difference(before, after)))
    return total


def dark_dots(picture):
    return sum(picture.convert("L").histogram()[: 255 - VISIBLE])
