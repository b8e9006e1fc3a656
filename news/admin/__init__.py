"""Admin of posts, topics and partners."""

from news.admin.posts import PostAdmin
from news.admin.subjects import PartnerAdmin, TopicAdmin

__all__ = ["PartnerAdmin", "PostAdmin", "TopicAdmin"]
