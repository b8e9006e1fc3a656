"""A post as its page would show it if it were published now."""

from django.utils import timezone

from news.models import Post


def load_preview(post, path_prefix=""):
    """The stored post for its page; the addresses of its files begin with `path_prefix`."""
    shown = Post.objects.for_page().get(pk=post.pk)
    shown.published_at = shown.published_at or shown.withdrawn_from or timezone.now()
    stills = [video.still for video in shown.page_videos if video.still]
    for attachment in (*shown.photos.all(), *shown.documents.all(), *stills):
        attachment.path_prefix = path_prefix
    return shown
