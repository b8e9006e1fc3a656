"""Takes a picture of a part of a page and stores it within the limits of the guide."""

import io
import math
from pathlib import Path

from PIL import Image
from playwright.sync_api import Error

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "static" / "img" / "guide"
MOST_BYTES = 60_000
MOST_OF_ALL = 700_000
QUALITIES = (80, 70, 60, 50, 40, 30, 20)
WANTED_BYTES = 25_000  # so that all of them keep within MOST_OF_ALL
MARGIN = 12  # pixels of the page around the part
MOST_WIDTH, MOST_HEIGHT = 1000, 620
# The panel with the buttons lies above the page: it is hidden where it is not meant.
HIDE_PANEL = """(isMeant) => {
  for (const panel of document.querySelectorAll("[data-publish], .submit-row")) {
    panel.style.visibility = isMeant ? "" : "hidden";
  }
}"""


class Camera:
    """`taken` are the names of the pictures, `failures` says of the others why not."""

    def __init__(self):
        self.taken, self.failures = [], {}

    def shoot(self, name, *parts, height=MOST_HEIGHT, has_buttons=False):
        """A picture of the area that these Locators take up, cut off below `height`."""
        try:
            parts[0].page.evaluate(HIDE_PANEL, has_buttons)
            store(name, photograph(parts, height))
            parts[0].page.evaluate(HIDE_PANEL, True)
        except Error as error:
            self.failures[name] = str(error).splitlines()[0]
        else:
            self.taken.append(name)


def photograph(parts, height):
    """The PNG of the parts and what lies between them."""
    page = parts[0].page
    for part in parts:
        part.wait_for(timeout=10_000)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.wait_for_function("[...document.images].every((i) => i.complete || i.loading == 'lazy')")
    boxes = [part.bounding_box() for part in parts]
    left = min(box["x"] for box in boxes)
    top = min(box["y"] for box in boxes)
    right = max(box["x"] + box["width"] for box in boxes)
    bottom = max(box["y"] + box["height"] for box in boxes)
    left, top = max(0, left - MARGIN), max(0, top - MARGIN)
    clip = {
        "x": left,
        "y": top,
        "width": min(right + MARGIN - left, MOST_WIDTH),
        "height": min(bottom + MARGIN - top, height),
    }
    return page.screenshot(clip=clip, full_page=True, animations="disabled")


def store(name, content):
    """Store a PNG as WebP, as good as the limits allow."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    for quality in QUALITIES:
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= WANTED_BYTES:
            break
    if buffer.tell() > MOST_BYTES:
        raise Error(f"{buffer.tell()} bytes: let the camera take a smaller part")
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.webp").write_bytes(buffer.getvalue())
    print(f"{name:20} {math.ceil(buffer.tell() / 1000):3} kB, quality {quality}")
