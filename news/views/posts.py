"""The home page and the page of one post."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.front_page import front_page
from news.models import Post

HOME_EVENTS = 3


@require_safe
def home(request):
    context = {
        "front": front_page(Post.objects.published().for_cards()),
        "events": Post.objects.published().upcoming()[:HOME_EVENTS],
    }
    return render(request, "news/home.html", context)


@require_safe
def post_detail(request, slug):
    posts = Post.objects.published()
    post = get_object_or_404(posts.for_page(), slug=slug)
    context = {"post": post, "beside": Post.objects.beside(post)}
    return render(request, "news/post_detail.html", context)
