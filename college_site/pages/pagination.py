"""Pagination whose cost does not grow with the length of the list."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MAX_PAGES = 100


class BoundedPaginator(Paginator):
    """A paginator with at most MAX_PAGES pages; older rows are reached by year and month."""

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[: MAX_PAGES * self.per_page].count()


def requested_page(request, paginator):
    """The page of ?page=…, or the nearest that exists."""
    value = request.GET.get("page", "")[:9]
    number = int(value) if value.isascii() and value.isdigit() else 1
    return paginator.get_page(max(number, 1))
