"""The newsroom's data: posts, what is attached to them, what they are about and who took part."""

from news.models.documents import Document
from news.models.photos import Photo
from news.models.posts import Post
from news.models.search import SearchEntry, Word
from news.models.subjects import Participation, Partner, Topic
from news.models.videos import Video

__all__ = [
    "Document",
    "Participation",
    "Partner",
    "Photo",
    "Post",
    "SearchEntry",
    "Topic",
    "Video",
    "Word",
]
