"""Pages of a list whose price does not grow with its length."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST_PAGES = 100


class BoundedPaginator(Paginator):
    """At most MOST_PAGES pages; what lies deeper is reached by other ways, as year and month."""

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[: MOST_PAGES * self.per_page].count()


def requested_page(request, paginator):
    """The page that the request asks for, or the nearest that exists."""
    asked = request.GET.get("page", "")[:9]
    number = int(asked) if asked.isascii() and asked.isdigit() else 1
    return paginator.get_page(max(number, 1))
