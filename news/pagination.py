"""Pagination of posts, and counts whose cost does not grow with the data."""

from django.db import models

from college_site.pages.pagination import BoundedPaginator, requested_page

PAGE_POSTS = 12
MAX_COUNTED = 500


class BoundedCount(models.Subquery):
    """The number of rows of a queryset; counting stops at MAX_COUNTED + 1."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()

    def __init__(self, queryset):
        super().__init__(queryset.order_by().values("pk")[: MAX_COUNTED + 1])


def posts_page(request, posts, keys=None):
    """The requested page of `posts`, or the nearest that exists, loaded for_cards().

    The primary keys of a page are read from an index only; pass `keys`, a queryset of post keys,
    if another table has a better index.
    """
    keys = posts.values("pk") if keys is None else keys
    page = requested_page(request, BoundedPaginator(keys, PAGE_POSTS))
    page.object_list = posts.model.objects.published().for_cards().filter(pk__in=page.object_list)
    return page
