"""The page that finds posts."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from news.conditional_pages import conditional_page
from news.pagination import requested_page
from news.search.choices import choices
from news.search.filters import Filters
from news.search.query import Query
from news.search.results import find, shown

PAGE_RESULTS = 12
MOST_PAGES = 50


@require_safe
@conditional_page
def search(request):
    """Whatever is asked, the answer is results, or words on how to search better.

    Filters that the form left empty go from the address first.
    """
    if address := clean_address(request):
        return redirect(address)
    query, filters = Query(request.GET.get("q", "")), Filters.from_address(request.GET)
    found = find(query, filters, as_typed="exact" in request.GET)
    pages = Paginator(found.hits[: PAGE_RESULTS * MOST_PAGES], PAGE_RESULTS)
    page = requested_page(request, pages)
    context = {"query": query, "filters": filters, "found": found, "page": page}
    if found.hits:
        context["results"] = shown(page.object_list, found.query.terms)
    if found.hits or filters.are_set:
        context["choices"] = choices(filters, found)
    return render(request, "news/search.html", context)


def clean_address(request):
    """The address without the filters that a form leaves empty; "" where it has none."""
    parameters = request.GET.copy()
    empty = [name for name in Filters._fields if parameters.get(name) == ""]
    for name in empty:
        del parameters[name]
    return f"{request.path}?{parameters.urlencode()}" if empty else ""
