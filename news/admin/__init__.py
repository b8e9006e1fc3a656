"""Admin of posts, topics, partners and the dictionary."""

from news.admin.posts import PostAdmin
from news.admin.spelling import KnownWordAdmin
from news.admin.subjects import PartnerAdmin, TopicAdmin

__all__ = ["KnownWordAdmin", "PartnerAdmin", "PostAdmin", "TopicAdmin"]
