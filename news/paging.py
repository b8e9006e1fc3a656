"""Pages of a list and counts of its rows at a price that does not grow with the data."""

from django.core.paginator import Paginator
from django.db import models
from django.utils.functional import cached_property

PAGE_POSTS = 12
MOST_PAGES = 500
MOST_COUNTED = 500


class BoundedCount(models.Subquery):
    """How many rows a queryset has, counted no further than MOST_COUNTED + 1."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()

    def __init__(self, queryset):
        super().__init__(queryset.order_by().values("pk")[: MOST_COUNTED + 1])


class BoundedPaginator(Paginator):
    """At most MOST_PAGES pages; what lies deeper is reached by year and month."""

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[: MOST_PAGES * self.per_page].count()


def posts_page(request, posts, keys=None):
    """The page of `posts` as cards that the request asks for, or the nearest that exists.

    The rows of a page are found in an index alone, by the keys of posts; `keys` gives them where
    another table has the better index.
    """
    keys = posts.values("pk") if keys is None else keys
    page = requested_page(request, BoundedPaginator(keys, PAGE_POSTS))
    page.object_list = posts.model.objects.published().for_cards().filter(pk__in=page.object_list)
    return page


def requested_page(request, paginator):
    """The page that the request asks for, or the nearest that exists."""
    asked = request.GET.get("page", "")[:9]
    number = int(asked) if asked.isascii() and asked.isdigit() else 1
    return paginator.get_page(max(number, 1))
