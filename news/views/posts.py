"""The home page, the list of posts and the page of one post."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.front_page import front_page
from news.models import Post
from news.sharing import share_links

HOME_EVENTS = 3
PAGE_POSTS = 12


@require_safe
def home(request):
    context = {
        "front": front_page(Post.objects.published().for_cards()),
        "events": Post.objects.published().upcoming()[:HOME_EVENTS],
    }
    return render(request, "news/home.html", context)


@require_safe
def post_list(request):
    """All posts by pages; an impossible page number leads to the nearest page that exists."""
    pages = Paginator(Post.objects.published().for_cards(), PAGE_POSTS)
    page = pages.get_page(page_number(request.GET.get("page", "")))
    return render(request, "news/post_list.html", {"page": page})


def page_number(text):
    """The number in `text`, cut to nine digits; 1 where there is none."""
    return max(1, int(text[:9])) if text.isascii() and text.isdigit() else 1


@require_safe
def post_detail(request, slug):
    posts = Post.objects.published()
    post = get_object_or_404(posts.for_page(), slug=slug)
    context = {
        "post": post,
        "around": posts.around(post),
        "sharing": share_links(post, request.build_absolute_uri(post.get_absolute_url())),
    }
    return render(request, "news/post_detail.html", context)
