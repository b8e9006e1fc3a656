"""The page that finds posts."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from news.archive import years_with_posts
from news.freshness import revalidated
from news.models import Post
from news.paging import requested_page
from news.search.filters import Filters
from news.search.query import Query
from news.search.results import find, partner_choices, shown, topic_choices

PAGE_RESULTS = 12
MOST_PAGES = 50


@require_safe
@revalidated
def search(request):
    """Whatever is asked, the answer is 200: results, or words on how to search better."""
    query, filters = Query(request.GET.get("q", "")), Filters.from_address(request.GET)
    found = find(query, filters, as_typed="exact" in request.GET)
    pages = Paginator(found.hits[: PAGE_RESULTS * MOST_PAGES], PAGE_RESULTS)
    page = requested_page(request, pages)
    context = {"query": query, "filters": filters, "found": found, "page": page}
    if found.hits:
        context |= {
            "results": shown(page.object_list, found.query.terms),
            "years": years_with_posts(Post.objects.published()),
            "topics": topic_choices(found.hits),
            "partners": partner_choices(found.hits),
        }
    return render(request, "news/search.html", context)
