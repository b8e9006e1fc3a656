"""Conditional requests for pages of the news: what changes their ETag.

A page changes when a row of these models is saved and when a scheduled post is released.
"""

from functools import partial

from django.utils import timezone

from college_site.http import conditional_get
from news.models import Document, Participation, Partner, Photo, Post, Topic, Video

conditional_get.invalidate_on_save(Post, Photo, Document, Participation, Partner, Topic, Video)


def newest_moment():
    """The publication time of the newest published post, as a queryset of one datetime."""
    return Post.objects.published().values("published_at")[:1]


conditional_page = partial(conditional_get.conditional_page, newest=[newest_moment])


def next_release():
    """When the next scheduled post is published, or None."""
    scheduled = Post.objects.filter(published_at__gt=timezone.now()).order_by("published_at")
    return scheduled.values_list("published_at", flat=True).first()
