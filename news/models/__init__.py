"""Models of the news: posts, attachments, topics, partners and the search index."""

from news.models.addresses import FormerAddress
from news.models.editing.autosaves import Autosave
from news.models.editing.handouts import Handout
from news.models.editing.known_words import KnownWord
from news.models.editing.preview_links import PreviewLink
from news.models.editing.revisions import Revision
from news.models.editing.undo_steps import UndoStep
from news.models.media.documents import Document
from news.models.media.photos import Photo
from news.models.media.takedowns import Takedown
from news.models.media.videos import Video
from news.models.posts import Post
from news.models.reads import Reads
from news.models.search import PhotoEntry, SearchEntry, Word
from news.models.subjects import Participation, Partner, Topic

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
