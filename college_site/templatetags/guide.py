"""Pictures of the guide for staff."""

from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from PIL import Image

register = template.Library()

FOLDER = settings.BASE_DIR / "static" / "img" / "guide"
SCALE = 2  # pixels of a picture for each one of the screen it was taken from


@register.simple_tag
def guide_picture(name):
    """The attributes of an <img> with a picture of a real screen, which tests/guide takes."""
    width, height = measure(name)
    return format_html(
        'src="{}" width="{}" height="{}"',
        static(f"img/guide/{name}.webp"),
        width // SCALE,
        height // SCALE,
    )


@cache
def measure(name):
    with Image.open(FOLDER / f"{name}.webp") as picture:
        return picture.size
