"""Models of the news: posts, attachments, topics, partners and the search index."""

from news.models.addresses import FormerAddress
from news.models.autosaves import Autosave
from news.models.documents import Document
from news.models.handouts import Handout
from news.models.known_words import KnownWord
from news.models.photos import Photo
from news.models.posts import Post
from news.models.preview_links import PreviewLink
from news.models.reads import Reads
from news.models.revisions import Revision
from news.models.search import PhotoEntry, SearchEntry, Word
from news.models.subjects import Participation, Partner, Topic
from news.models.takedowns import Takedown
from news.models.undo_steps import UndoStep
from news.models.videos import Video

__all__ = [
    "Autosave",
    "Document",
    "FormerAddress",
    "Handout",
    "KnownWord",
    "Participation",
    "Partner",
    "Photo",
    "PhotoEntry",
    "Post",
    "PreviewLink",
    "Reads",
    "Revision",
    "SearchEntry",
    "Takedown",
    "Topic",
    "UndoStep",
    "Video",
    "Word",
]
