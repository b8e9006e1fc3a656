"""The search page."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from news.conditional_pages import conditional_page
from news.pagination import requested_page
from news.search import results
from news.search.facets import Filters, list_facets
from news.search.query import Query

PAGE_RESULTS = 12


@require_safe
@conditional_page
def search(request):
    """Search results, or advice if nothing was found.

    Redirects to a URL without empty filters if the form sent any.
    """
    if address := drop_empty_filters(request):
        return redirect(address)
    query, filters = Query(request.GET.get("q", "")), Filters.from_query_string(request.GET)
    outcome = results.search(query, filters, is_exact="exact" in request.GET)
    pages = Paginator(outcome.hits, PAGE_RESULTS)
    page = requested_page(request, pages)
    context = {"query": query, "filters": filters, "outcome": outcome, "page": page}
    if outcome.hits:
        context["results"] = results.load_results(page.object_list, outcome.query.terms)
    if outcome.hits or filters.are_set:
        context["facets"] = list_facets(filters, outcome)
    return render(request, "news/search.html", context)


def drop_empty_filters(request):
    """The URL without empty filters; "" if it has none."""
    parameters = request.GET.copy()
    empty = [name for name in Filters._fields if parameters.get(name) == ""]
    for name in empty:
        del parameters[name]
    return f"{request.path}?{parameters.urlencode()}" if empty else ""
