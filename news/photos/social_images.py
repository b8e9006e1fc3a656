"""The picture that stands for a post elsewhere: in messengers, search results and feeds."""

from typing import NamedTuple

from django.urls import reverse

from news.photos.social_image_drawing import SIZE

WIDEST = 1440  # pixels: enough for every preview, light enough for a messenger


class FeedImage(NamedTuple):
    """A picture by its path on this site, its type and its size in bytes."""

    path: str
    type: str
    bytes: int


class SharedImage(NamedTuple):
    """A picture by its path on this site, its true size in pixels, its type and what it shows."""

    path: str
    width: int
    height: int
    type: str
    alt: str
    credit: str = ""


def shared_image(post):
    """What links to the post show: its cover cut to a card, or the card that the site draws."""
    if post.cover is None:
        return generated_card(post)
    return SharedImage(post.cover.card_url, *SIZE, "image/jpeg", post.cover.alt or post.title)


def generated_card(post):
    path = reverse("news:card_file", args=[post.slug])
    return SharedImage(path, *SIZE, "image/png", post.title)


def whole_image(post):
    """What search engines show of the post: its whole cover as a JPEG, or the drawn card."""
    photo = post.cover
    if photo is None:
        return generated_card(post)
    width, height, path = photo.widest_jpeg(WIDEST)
    return SharedImage(path, width, height, "image/jpeg", photo.alt, photo.credit)


def college_card():
    """The card for pages that are about no post in particular."""
    return SharedImage(reverse("news:college_card_file"), *SIZE, "image/png", "Новости")


def feed_image(post):
    """The cover for a feed, or None without a cover or when its file is missing."""
    if post.cover is None:
        return None
    _, _, path = post.cover.widest_jpeg(WIDEST)
    name = post.cover.file_name(path.rpartition("/")[2])
    try:
        return FeedImage(path, "image/jpeg", post.cover.image.storage.size(name))
    except FileNotFoundError:
        return None
