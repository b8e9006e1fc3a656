"""What stands around a post: the one before, the one after, a few on the same subject."""

from typing import NamedTuple

RELATED = 3
# How many of the newest posts of the topic and of each partner are looked at, and how many
# partners: however much the archive grows, a page reads no more.
WINDOW = 8
MOST_PARTNERS = 4


class Around(NamedTuple):
    """What a post's page leads to; None or [] where there is nothing."""

    previous: object
    following: object
    announcement: object
    reports: list
    related: list

    @classmethod
    def of(cls, post, found):
        """Sort out `found`, which holds the neighbours of `post` and what may be related to it."""
        found = sorted(found, key=moment)
        earlier = [other for other in found if moment(other) < moment(post)]
        later = [other for other in found if moment(other) > moment(post)]
        announcement = next((other for other in found if other.pk == post.announcement_id), None)
        reports = [other for other in found if other.announcement_id == post.pk]
        akin = [
            other
            for other in reversed(found)
            if other != announcement and other not in reports and is_akin(other, post)
        ]
        akin.sort(key=lambda other: other.shared_partners, reverse=True)
        return cls(
            previous=earlier[-1] if earlier else None,
            following=later[0] if later else None,
            announcement=announcement,
            reports=reports,
            related=akin[:RELATED],
        )


def is_akin(other, post):
    """Whether two posts share a partner or a topic."""
    return other.shared_partners or (post.topic_id and other.topic_id == post.topic_id)


def moment(post):
    """The place of a published post in the order of publication."""
    return post.published_at, post.pk
