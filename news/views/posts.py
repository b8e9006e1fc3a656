"""The home page, the list of posts and the page of one post."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.freshness import revalidated
from news.front_page import front_page
from news.models import Post

HOME_EVENTS = 3
PAGE_POSTS = 12


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
def post_list(request):
    """All posts by pages; an impossible page number leads to the nearest page that exists."""
    page = Paginator(Post.objects.published().for_cards(), PAGE_POSTS).get_page(
        request.GET.get("page", "1")[:9]
    )
    return render(request, "news/post_list.html", {"page": page})


@require_safe
@revalidated
def post_detail(request, slug):
    posts = Post.objects.published()
    post = get_object_or_404(posts.for_page(), slug=slug)
    previous, following = posts.neighbours(post)
    context = {"post": post, "previous": previous, "following": following}
    return render(request, "news/post_detail.html", context)
