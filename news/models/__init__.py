"""Models of the news: posts, attachments, topics, partners and the search index."""

from news.models.autosaves import Autosave
from news.models.documents import Document
from news.models.handouts import Handout
from news.models.photos import Photo
from news.models.posts import Post
from news.models.preview_links import PreviewLink
from news.models.reads import Reads
from news.models.search import PhotoEntry, SearchEntry, Word
from news.models.subjects import Participation, Partner, Topic
from news.models.takedowns import Takedown
from news.models.videos import Video

__all__ = [
    "Autosave",
    "Document",
    "Handout",
    "Participation",
    "Partner",
    "Photo",
    "PhotoEntry",
    "Post",
    "PreviewLink",
    "Reads",
    "SearchEntry",
    "Takedown",
    "Topic",
    "Video",
    "Word",
]
