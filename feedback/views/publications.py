"""«Вы предложили — мы сделали»: public answers."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from college_site.http.client_address import client_network
from college_site.http.responses import see_other
from college_site.http.same_origin import require_same_origin
from college_site.pages.pagination import BoundedPaginator, requested_page
from college_site.pages.sitemaps import addresses_response, page_count
from feedback.conditional_pages import conditional_page
from feedback.models import Publication
from feedback.moderation.abuse import consume_vote_quota
from feedback.public_answers import votes
from feedback.public_answers.feeds import feed_response
from feedback.public_answers.search import PublicationSearch
from feedback.public_answers.sitemaps import answer_addresses
from feedback.public_answers.votes import new_voter, read_voter, remember_voter

PAGE_PUBLICATIONS = 20


class SearchPaginator(BoundedPaginator):
    max_pages = 50  # a thousand answers


@require_safe
@conditional_page
def publication_list(request):
    """All public answers, or those that match the search and its filters."""
    search = PublicationSearch(request.GET)
    paginator = SearchPaginator if search.is_filtered else BoundedPaginator
    page = requested_page(request, paginator(search.results().values("pk"), PAGE_PUBLICATIONS))
    page.object_list = Publication.objects.published().filter(pk__in=page.object_list)
    context = {"page": page, "search": search}
    return render(request, "feedback/publication_list.html", context)


@csrf_exempt  # a token on this public page would give every visitor a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def publication_detail(request, number):
    """One public answer; its button posts to the same URL, so that it always has a page."""
    return (add_vote if request.method == "POST" else show_publication)(request, number)


@conditional_page(cookies=[votes.COOKIE])
def show_publication(request, number):
    """The answer, and whether this browser has voted for it."""
    publication = get_published_or_404(number)
    voter = read_voter(request)
    is_supported = voter is not None and publication.has_vote_from(voter.hash_for(publication))
    context = {"publication": publication, "is_supported": is_supported}
    return render(request, "feedback/publication_detail.html", context)


@never_cache
def add_vote(request, number):
    """Count the vote of this browser and redirect to the answer.

    A browser without the cookie gets it with a page that asks to confirm: the public page cannot
    set it, since it is the same for everybody.
    """
    require_same_origin(request)
    publication = get_published_or_404(number)
    voter = read_voter(request)
    if voter is None:
        response = render_vote_page(request, publication, is_unconfirmed=True)
        remember_voter(response, new_voter())
        return response
    browser_hash = voter.hash_for(publication)
    if not publication.has_vote_from(browser_hash):
        if minutes := consume_vote_quota(client_network(request), voter.age):
            response = render_vote_page(request, publication, status=429, minutes=minutes)
            response.headers["Retry-After"] = str(60 * minutes)
            return response
        publication.add_vote(browser_hash)
    response = see_other(publication)
    remember_voter(response, voter)
    return response


def render_vote_page(request, publication, status=200, **context):
    """The answer with what else a vote needs: a confirmation or some `minutes`."""
    context["publication"] = publication
    return render(request, "feedback/publication_detail.html", context, status=status)


@require_safe
@conditional_page
def publication_feed_file(request):
    """The newest public answers as Atom."""
    return feed_response(request, Publication.objects.published())


@require_safe
@conditional_page
def sitemap_answers_file(request, number):
    """One page of the sitemap of public answers."""
    if number > page_count(Publication):
        raise Http404("No such page of answers")
    return addresses_response(answer_addresses(number))


def get_published_or_404(number):
    return get_object_or_404(Publication.objects.published().with_number(number))
