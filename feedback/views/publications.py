"""«Вы предложили — мы сделали»: public answers."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from college_site.http.same_origin import require_same_origin
from college_site.pages.pagination import BoundedPaginator, requested_page
from college_site.pages.sitemaps import addresses_response, page_count
from feedback.code_throttling import network_key
from feedback.conditional_pages import conditional_page
from feedback.models import Publication
from feedback.moderation.abuse import allow_vote
from feedback.public_answers.feeds import answers_feed
from feedback.public_answers.search import PublicationSearch
from feedback.public_answers.sitemaps import answer_addresses
from feedback.public_answers.votes import (
    browser_hash,
    new_voter_token,
    read_voter_token,
    remember_voter,
)

PAGE_PUBLICATIONS = 20


@require_safe
@conditional_page
def publication_list(request):
    """All public answers, or those that the search and its filters find."""
    search = PublicationSearch(request.GET)
    page = requested_page(request, BoundedPaginator(search.found().values("pk"), PAGE_PUBLICATIONS))
    page.object_list = Publication.objects.published().filter(pk__in=page.object_list)
    context = {"page": page, "search": search}
    return render(request, "feedback/publication_list.html", context)


@csrf_exempt  # the button stands on a page for everybody, and a token would give each a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def publication_detail(request, number):
    """One public answer; its button sends to the same address, so that every answer has a page."""
    return (supported if request.method == "POST" else read)(request, number)


@conditional_page
def read(request, number):
    """The answer and whether this browser supports it."""
    publication = published_or_404(number)
    token = read_voter_token(request)
    is_supported = bool(token) and publication.is_supported_by(browser_hash(token))
    context = {"publication": publication, "is_supported": is_supported}
    return render(request, "feedback/publication_detail.html", context)


def supported(request, number):
    """Count this browser once; the page that follows thanks for it."""
    require_same_origin(request)
    publication = published_or_404(number)
    token = read_voter_token(request) or new_voter_token()
    if not allow_vote(network_key(request)):
        context = {"publication": publication, "is_refused": True}
        return render(request, "feedback/publication_detail.html", context, status=429)
    publication.add_support(browser_hash(token))
    response = redirect(publication)
    response.status_code = 303
    remember_voter(response, token)
    return response


@require_safe
@conditional_page
def publication_feed_file(request):
    """The newest public answers as Atom."""
    return answers_feed(request, Publication.objects.published())


@require_safe
@conditional_page
def sitemap_answers_file(request, number):
    """One page of public answers, for search engines."""
    if number > page_count(Publication):
        raise Http404("No such page of answers")
    return addresses_response(request, answer_addresses(number))


def published_or_404(number):
    return get_object_or_404(Publication.objects.published().numbered(number))
