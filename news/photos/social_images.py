"""The preview image of a post for messengers, search engines and feeds."""

from typing import NamedTuple

from django.urls import reverse

from college_site.pages.absolute_urls import fixed_path
from college_site.templatetags.typography import full_date
from news.photos.social_image_drawing import SIZE, draw_card

WIDEST = 1440  # pixels: enough for every preview, light enough for a messenger


class FeedImage(NamedTuple):
    """An image of a feed: URL path, media type, size in bytes."""

    path: str
    type: str
    bytes: int


class SharedImage(NamedTuple):
    """A preview image: URL path, size in pixels, media type, alternative text, author."""

    path: str
    width: int
    height: int
    type: str
    alt: str
    credit: str = ""


def shared_image(post):
    """The Open Graph image of a post: its cropped cover, or a generated card without one."""
    if post.cover is None:
        return generated_card(post)
    return SharedImage(post.cover.card_url, *SIZE, "image/jpeg", post.cover.alt or post.title)


def generated_card(post):
    path = reverse("news:card_file", args=[post.slug])
    return SharedImage(path, *SIZE, "image/png", post.title)


def draw_post_card(post, college_name):
    """The PNG of a generated card."""
    kicker = f"{post.get_kind_display()} / {full_date(post.cover_date)}"
    return draw_card(post.title, kicker, college_name)


def whole_image(post):
    """The image for structured data: the uncropped cover as JPEG, or the generated card."""
    photo = post.cover
    if photo is None:
        return generated_card(post)
    width, height, path = photo.widest_jpeg(WIDEST)
    return SharedImage(path, width, height, "image/jpeg", photo.alt, photo.credit)


def college_card():
    """The Open Graph image of pages other than posts."""
    return SharedImage(fixed_path("news:college_card_file"), *SIZE, "image/png", "Новости")


def feed_image(post):
    """The cover as a FeedImage; None if there is no cover or its file is missing."""
    if post.cover is None:
        return None
    _, _, path = post.cover.widest_jpeg(WIDEST)
    name = post.cover.file_name(path.rpartition("/")[2])
    try:
        return FeedImage(path, "image/jpeg", post.cover.image.storage.size(name))
    except FileNotFoundError:
        return None
