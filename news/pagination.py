"""Pages of posts, and counts of rows at a price that does not grow with the data."""

from django.db import models

from college_site.pages.pagination import BoundedPaginator, requested_page

PAGE_POSTS = 12
MAX_COUNTED = 500


class BoundedCount(models.Subquery):
    """How many rows a queryset has, counted no further than MAX_COUNTED + 1."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()

    def __init__(self, queryset):
        super().__init__(queryset.order_by().values("pk")[: MAX_COUNTED + 1])


def posts_page(request, posts, keys=None):
    """The page of `posts` as cards that the request asks for, or the nearest that exists.

    The rows of a page are found in an index alone, by the keys of posts; `keys` gives them where
    another table has the better index.
    """
    keys = posts.values("pk") if keys is None else keys
    page = requested_page(request, BoundedPaginator(keys, PAGE_POSTS))
    page.object_list = posts.model.objects.published().for_cards().filter(pk__in=page.object_list)
    return page
