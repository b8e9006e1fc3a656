"""What stands around a post: the one before, the one after, a few on the same subject."""

from typing import NamedTuple

RELATED = 3
# How many of the newest posts of the topic and of each partner are looked at, and how many
# partners: however much the archive grows, a page reads no more.
WINDOW = 8
MOST_PARTNERS = 4


class Around(NamedTuple):
    """`previous` and `following` are None at an end of the archive."""

    previous: object
    following: object
    related: list

    @classmethod
    def of(cls, post, found):
        """Sort out `found`, which holds the neighbours of `post` and what may be related to it."""
        found = sorted(found, key=moment)
        earlier = [other for other in found if moment(other) < moment(post)]
        later = [other for other in found if moment(other) > moment(post)]
        akin = [
            other
            for other in reversed(found)
            if other.shared_partners or (post.topic_id and other.topic_id == post.topic_id)
        ]
        related = sorted(akin, key=lambda other: other.shared_partners, reverse=True)
        return cls(earlier[-1] if earlier else None, later[0] if later else None, related[:RELATED])


def moment(post):
    """The place of a published post in the order of publication."""
    return post.published_at, post.pk
