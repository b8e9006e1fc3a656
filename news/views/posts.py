"""The home page and the page of one post."""

from csp.decorators import csp_update
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from college_site.pages.absolute_urls import absolute
from news.conditional_pages import revalidated
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
    post = Post.objects.published().page(slug)
    if post is None:
        raise Http404("No such post")
    hosts = {video.source.host for video in post.page_videos}
    context = {
        "post": post,
        "around": Post.objects.around(post),
        "sharing": share_links(post, absolute(post.get_absolute_url())),
    }
    players = csp_update({"frame-src": sorted({f"https://{host}" for host in hosts})})
    return (players(render) if hosts else render)(request, "news/post_detail.html", context)
