"""Layout of the newest posts on the home page."""

from typing import NamedTuple

SIZE = 7
SECONDARY = 2


class FrontPage(NamedTuple):
    """The lead story, the secondary ones and the others; `lead` is None if there are no posts."""

    lead: object
    secondary: list
    others: list


def arrange_front_page(posts):
    """Lay out posts, newest first; the lead story is the newest one with a cover, if any."""
    posts = list(posts[:SIZE])
    if not posts:
        return FrontPage(None, [], [])
    lead = next((post for post in posts if post.cover), posts[0])
    others = [post for post in posts if post is not lead]
    return FrontPage(lead, others[:SECONDARY], others[SECONDARY:])
