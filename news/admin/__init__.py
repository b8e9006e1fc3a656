"""The newsroom: where teachers write posts."""

from news.admin.posts import PostAdmin
from news.admin.subjects import PartnerAdmin, TopicAdmin

__all__ = ["PartnerAdmin", "PostAdmin", "TopicAdmin"]
