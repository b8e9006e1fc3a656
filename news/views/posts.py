"""The home page and the page of one post."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.freshness import revalidated
from news.front_page import front_page
from news.models import Post
from news.sharing import share_links

HOME_EVENTS = 3


@require_safe
@revalidated
def home(request):
    context = {
        "front": front_page(Post.objects.published().for_cards()),
        "events": Post.objects.published().upcoming()[:HOME_EVENTS],
    }
    return render(request, "news/home.html", context)


@require_safe
@revalidated
def post_detail(request, slug):
    post = get_object_or_404(Post.objects.published().for_page(), slug=slug)
    context = {
        "post": post,
        "around": Post.objects.around(post),
        "sharing": share_links(post, request.build_absolute_uri(post.get_absolute_url())),
    }
    return render(request, "news/post_detail.html", context)
