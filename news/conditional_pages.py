"""What makes the news new: a saved row of the newsroom, a post whose moment has come."""

from functools import partial

from college_site.http import conditional_get
from news.models import Document, Participation, Partner, Photo, Post, Topic, Video

conditional_get.invalidate_on_save(Post, Photo, Document, Participation, Partner, Topic, Video)


def newest_moment():
    """When the newest of the published posts came out."""
    return Post.objects.published().values("published_at")[:1]


conditional_page = partial(conditional_get.conditional_page, newest=[newest_moment])
