"""Previews of a post in the admin: its page in several shapes, secret links to it."""

from urllib.parse import urlsplit

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from college_site.admin_site.model_admin import POST
from college_site.http.responses import make_private
from college_site.pages.absolute_urls import absolute_reverse
from college_site.pages.context_processors import current_college
from news.admin.panels import show_panel
from news.admin.secondary_views import admin_view, find_post
from news.channels.link_cards import list_warnings, make_cards
from news.editing.names import short_name, tell_moment
from news.editing.previews import load_preview
from news.models import PreviewLink
from news.photos.social_images import draw_post_card
from news.views.previews import render_preview

CARDS = "cards"
SHAPES = {
    "desk": "Компьютер",
    "phone": "Телефон",
    "accessible": "Версия для слабовидящих",
    CARDS: "Ссылка в VK, MAX, Telegram",
}


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""
    views = (show_preview, show_framed_page, show_drawn_card)
    preview, page, card = (admin_view(model_admin, view) for view in views)
    create, revoke = (admin_view(model_admin, view, POST) for view in (create_link, revoke_link))
    return [
        path("<int:number>/preview/", preview, name="news_post_preview"),
        path("<int:number>/preview/page/", page, name="news_post_preview_page"),
        path("<int:number>/preview/card.png", card, name="news_post_preview_card"),
        path("<int:number>/preview-links/", create, name="news_post_preview_links"),
        path("preview-links/<int:number>/revoke/", revoke, name="news_preview_link_revoke"),
    ]


@csp_update({"frame-src": ["'self'"]})
def show_preview(model_admin, request, number):
    """A bar with a choice of shapes above a frame with the page."""
    post = find_post(model_admin, request, number)
    shape = request.GET.get("shape", "")
    context = {
        "post": post,
        "shapes": SHAPES,
        "shape": shape if shape in SHAPES else "desk",
        "stored_at": tell_moment(post.updated_at),
    }
    if shape == CARDS:
        context |= describe_link_cards(post)
    return render(request, "admin/news/post/preview.html", context)


def describe_link_cards(post):
    """What messengers will show of a link to the post, drafts included."""
    cards = make_cards(post)
    drawn = reverse("admin:news_post_preview_card", args=[post.pk])
    return {
        "cards": cards,
        "warnings": list_warnings(post, cards),
        "image": post.cover.card_url if post.cover else drawn,
        "domain": urlsplit(settings.SITE_URL).hostname,
    }


def show_drawn_card(model_admin, request, number):
    """The picture of a link to a post without a cover, published or not."""
    post = load_preview(find_post(model_admin, request, number))
    card = draw_post_card(post, str(current_college(request)))
    return make_private(HttpResponse(card, content_type="image/png"))


def show_framed_page(model_admin, request, number):
    """The page of the stored post, for the frame of `show_preview`."""
    post = load_preview(find_post(model_admin, request, number))
    show = xframe_options_sameorigin(render_preview)
    show = csp_replace({"frame-ancestors": ["'self'"]})(show)
    return show(request, post, is_framed=True)


# Secret links -------------------------------------------------------------------------------------


def create_link(model_admin, request, number):
    """Issue a link and show it this once."""
    post = find_post(model_admin, request, number, to_change=True)
    if post.is_published:
        raise Http404("Everybody may read the post")
    token = PreviewLink.issue(post, request.user)
    return show_links(model_admin, request, post, token)


def revoke_link(model_admin, request, number):
    post_key = get_object_or_404(PreviewLink.objects.values_list("post", flat=True), pk=number)
    post = find_post(model_admin, request, post_key, to_change=True)
    for link in post.preview_links.active().filter(pk=number):
        link.revoke()
    return show_links(model_admin, request, post)


def show_links(model_admin, request, post, token=""):
    return show_panel(model_admin, request, post, "preview_links", describe_links(post, token))


def describe_links(post, token=""):
    """What the panel tells of the active links, and the address of the new one, if there is one."""
    links = post.preview_links.active().select_related("created_by")
    rows = [
        {
            "number": link.pk,
            "who": short_name(link.created_by) if link.created_by else "",
            "created": tell_moment(link.created_at),
            "expires": tell_moment(link.expires_at),
            "opened": tell_moment(link.last_opened_at) if link.last_opened_at else "",
        }
        for link in links
    ]
    address = absolute_reverse("news:post_preview", token) if token else ""
    return {"address": address, "links": rows}
