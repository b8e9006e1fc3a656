"""How the newest posts are laid out on the home page."""

from typing import NamedTuple

SIZE = 7
BESIDE = 2


class FrontPage(NamedTuple):
    """The lead story, those beside it and those below; `lead` is None while there are no posts."""

    lead: object
    beside: list
    below: list


def front_page(posts):
    """Lay out posts, newest first: the newest with a cover leads, the others keep their order."""
    posts = list(posts[:SIZE])
    if not posts:
        return FrontPage(None, [], [])
    lead = next((post for post in posts if post.cover), posts[0])
    others = [post for post in posts if post is not lead]
    return FrontPage(lead, others[:BESIDE], others[BESIDE:])
