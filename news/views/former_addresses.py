"""Redirects from an address that a post had before to the one it has now."""

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from news.models import Post


def redirect_from_former(request, slug):
    """The same page under the present address; Http404 unless visitors may see the post.

    Only asked after no post was found under the address. The query is passed on.
    """
    post = get_object_or_404(Post.objects.published().only("slug"), former_addresses__slug=slug)
    address = reverse(request.resolver_match.view_name, args=[post.slug])
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
