"""The rendered width of pictures matches their `sizes`."""

import pytest

from news.photos.rendition_job import render_due_photo
from tests import factories

# The width declared in `sizes`, and the rendered one.
WIDTHS = r"""() => [...document.querySelectorAll("picture img")].map(image => {
  const parts = image.sizes.split(/,\s*(?![^(]*\))/);
  const fitting = parts.map(part => part.match(/^(\(.*?\))?\s*(\S+)$/))
    .find(([, query]) => !query || matchMedia(query).matches);
  const probe = document.createElement("div");
  probe.style.position = "absolute";
  probe.style.width = fitting[2];
  document.body.append(probe);
  const promised = probe.getBoundingClientRect().width;
  probe.remove();
  return [promised, image.getBoundingClientRect().width, image.sizes];
})"""


@pytest.fixture
def posts():
    """Seven posts whose covers have renditions: the first cover is upright, the next posts have a
    gallery, one more photograph, a video, two videos."""
    posts = [factories.post() for _ in range(7)]
    for number, post in enumerate(posts):
        factories.photo(post, size=(600, 800) if number == 0 else (600, 400), is_cover=True)
    for number in range(5):
        factories.photo(posts[1], size=(600, 400), order=number + 2)
    factories.photo(posts[2], size=(600, 400), order=2)
    for post, videos in ((posts[3], 1), (posts[4], 2)):
        for number in range(videos):
            still = factories.photo(post, size=(640, 360), order=number + 2)
            factories.video(post, still=still)
    while render_due_photo():
        pass
    return posts


@pytest.mark.parametrize("width", [360, 768, 1440, 1920])
def test_the_sizes_attribute_is_accurate_within_15_percent(open_browser, posts, width):
    page = open_browser(width=width)
    pages = [post.get_absolute_url() for post in posts[:5]]
    for address in ("/", "/news/", *pages):
        page.goto(address)
        widths = page.evaluate(WIDTHS)
        assert widths, address
        for promised, real, sizes in widths:
            assert promised == pytest.approx(real, rel=0.15), (address, sizes)


@pytest.mark.parametrize("width", [1440, 1920])
def test_a_wide_window_loads_no_larger_cover_than_it_shows(open_browser, width):
    post = factories.post()
    factories.photo(post, size=(1600, 1067), is_cover=True)
    while render_due_photo():
        pass
    page = open_browser(width=width)
    for address in ("/", post.get_absolute_url()):
        page.goto(address)
        image = page.locator(".front__lead img, .post__cover img").first
        page.wait_for_function("image => image.currentSrc", arg=image.element_handle())
        assert "/960." in image.evaluate("image => image.currentSrc"), address


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_lazy_gallery_pictures_are_chosen_by_their_real_width(open_browser, posts, width):
    page = open_browser(width=width)
    page.goto(posts[1].get_absolute_url())
    images = page.locator(".gallery img").all()
    assert len(images) == 5
    for image in images:
        image.scroll_into_view_if_needed()
        page.wait_for_function("image => image.naturalWidth", arg=image.element_handle())
        natural, real = image.evaluate("e => [e.naturalWidth, e.getBoundingClientRect().width]")
        assert natural == pytest.approx(real, rel=0.15)


def test_the_cover_has_priority_and_the_gallery_is_lazy(page, posts):
    page.goto(posts[1].get_absolute_url())
    cover, first = page.locator(".post__cover img"), page.locator(".gallery img").first
    assert cover.get_attribute("fetchpriority") == "high"
    assert cover.get_attribute("loading") is None
    assert first.get_attribute("loading") == "lazy"
