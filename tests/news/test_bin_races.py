"""A post is brought back while the worker empties the bin."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from news.editing.bin_job import purge_expired_post
from news.models import Post
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_a_return_and_the_emptying_at_once_end_in_one():
    post = factories.draft()
    post.move_to_bin(None)
    Post.objects.update(deleted_at=timezone.now() - datetime.timedelta(days=31))
    start = Barrier(2)

    def bring_back():
        start.wait(10)
        try:
            Post.objects.get(pk=post.pk).restore()
        except (Post.DoesNotExist, ValidationError):
            return False
        finally:
            connection.close()
        return True

    def empty():
        start.wait(10)
        try:
            return purge_expired_post()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(bring_back), pool.submit(empty)]
        back, purged = (future.result() for future in futures)
    assert back != purged
    assert Post.objects.outside_bin().exists() == back
