"""The layout of the newest posts."""

from types import SimpleNamespace

from news.front_page import arrange_front_page


def posts(*covers):
    """Posts, newest first, with or without a cover."""
    return [SimpleNamespace(number=number, cover=cover) for number, cover in enumerate(covers)]


def numbers(page):
    return (page.lead.number, [p.number for p in page.secondary], [p.number for p in page.others])


def test_without_posts_the_page_is_empty():
    assert arrange_front_page([]) == (None, [], [])


def test_the_newest_post_leads():
    assert numbers(arrange_front_page(posts(True, True, True, True))) == (0, [1, 2], [3])


def test_the_newest_post_with_a_cover_leads():
    assert numbers(arrange_front_page(posts(False, False, True, True))) == (2, [0, 1], [3])


def test_the_newest_post_leads_if_none_has_a_cover():
    assert numbers(arrange_front_page(posts(False, False))) == (0, [1], [])


def test_seven_posts_at_most_are_shown():
    page = arrange_front_page(posts(*[True] * 9))
    assert numbers(page) == (0, [1, 2], [3, 4, 5, 6])


def test_a_cover_beyond_the_shown_posts_does_not_lead():
    assert numbers(arrange_front_page(posts(*[False] * 7, True)))[0] == 0
