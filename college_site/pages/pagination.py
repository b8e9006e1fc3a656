"""Pagination whose cost does not grow with the length of the list."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MAX_PAGES = 100


class BoundedPaginator(Paginator):
    """A paginator of `max_pages` pages; older rows are reached by year, month or words."""

    max_pages = MAX_PAGES

    @cached_property
    def found(self):
        """The number of rows; counting stops at the first that has no page."""
        most = self.max_pages * self.per_page
        return self.object_list.order_by().values("pk")[: most + 1].count()

    @property
    def count(self):
        return min(self.found, self.max_pages * self.per_page)

    @property
    def has_more(self):
        return self.found > self.count


def requested_page(request, paginator):
    """The page of ?page=…, or the nearest that exists."""
    value = request.GET.get("page", "")[:9]
    number = int(value) if value.isascii() and value.isdigit() else 1
    return paginator.get_page(max(number, 1))
