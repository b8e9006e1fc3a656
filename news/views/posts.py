"""The home page and the page of one post."""

from csp.decorators import csp_update
from django.shortcuts import render
from django.views.decorators.http import require_safe

from college_site.http import conditional_get
from college_site.pages.absolute_urls import absolute_url
from college_site.registry import registry
from news.conditional_pages import conditional_page
from news.front_page import arrange_front_page
from news.models import Post
from news.models.related_posts import related_posts
from news.sharing import share_links
from news.views.former_addresses import redirect_from_former
from news.year_scale import year_scale

HOME_EVENTS = 3


@require_safe
@conditional_get.conditional_page(newest=registry.home_moments)
def home(request):
    """Nearest events, the newest posts besides them and what other apps show at the invitation."""
    events = list(Post.objects.published().upcoming().for_lines()[:HOME_EVENTS])
    others = Post.objects.published().exclude(pk__in=[event.pk for event in events])
    panels = [(template, panel()) for template, panel in registry.home_panels]
    context = {
        "panels": [(template, panel) for template, panel in panels if panel],
        "events": events,
        "front": arrange_front_page(others.for_cards()),
        "scale": year_scale(),
    }
    return render(request, "news/home.html", context)


@require_safe
@conditional_page
def post_detail(request, slug):
    post = Post.objects.published().for_page().filter(slug=slug).first()
    return render_post(request, post) if post else redirect_from_former(request, slug)


def render_post(request, post, template="news/post_detail.html", **context):
    """The page of a post from `for_page()`, which may be a preview."""
    hosts = {source.host for source in post.video_sources}
    context |= {
        "post": post,
        "related": related_posts(post),
        "sharing": share_links(post, absolute_url(post.get_absolute_url())),
    }
    players = csp_update({"frame-src": sorted({f"https://{host}" for host in hosts})})
    return (players(render) if hosts else render)(request, template, context)
