"""Views for programs: feeds, sitemaps, calendars, preview images."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from college_site.http.conditional_get import changed_at
from college_site.http.security_headers import embeddable
from college_site.pages.context_processors import current_college
from college_site.pages.plain_text import printable
from college_site.pages.sitemaps import XML, addresses_response, index_response, page_count
from news.conditional_pages import conditional_page, newest_moment
from news.feeds import sitemaps
from news.feeds.calendars import build_calendar
from news.feeds.syndication import build_feed
from news.models import Partner, Post, Topic
from news.photos.social_image_drawing import draw_card
from news.photos.social_images import draw_post_card
from news.views.former_addresses import redirect_from_former

EVENTS = 100


@require_safe
@conditional_page
def feed_file(request, name):
    """The feed of all posts."""
    return feed_response(
        request, Post.objects.published(), name, f"Новости: {current_college(request)}"
    )


@require_safe
@conditional_page
def topic_feed_file(request, slug, name):
    topic = get_object_or_404(Topic.objects.with_posts(), slug=slug)
    return feed_response(
        request, topic.posts.published(), name, f"{topic}: {current_college(request)}"
    )


@require_safe
@conditional_page
def partner_feed_file(request, slug, name):
    partner = get_object_or_404(Partner.objects.with_posts(), slug=slug)
    return feed_response(
        request, partner.posts.published(), name, f"{partner}: {current_college(request)}"
    )


def feed_response(request, posts, name, title):
    feed = build_feed(request, posts, name, title)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


@require_safe
@conditional_page
def events_file(request):
    """Upcoming events, for subscription in a calendar."""
    events = Post.objects.published().upcoming().defer("body")[:EVENTS]
    return calendar_response(request, events, "events.ics")


@require_safe
@conditional_page
def event_file(request, slug):
    """The event of one post."""
    posts = Post.objects.published().filter(event_date__isnull=False)
    post = posts.defer("body").filter(slug=slug).first()
    if post is None:
        return redirect_from_former(request, slug)
    return calendar_response(request, [post], f"{post.slug}.ics")


def calendar_response(request, posts, name):
    response = HttpResponse(
        build_calendar(posts, f"События: {current_college(request)}"),
        content_type="text/calendar; charset=utf-8",
    )
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_safe
@embeddable
@conditional_page
def card_file(request, slug):
    """The generated preview image of a post without a photograph."""
    post = Post.objects.published().defer("body").filter(slug=slug).first()
    if post is None:
        return redirect_from_former(request, slug)
    card = draw_post_card(post, str(current_college(request)))
    return HttpResponse(card, content_type="image/png")


@require_safe
@embeddable
@conditional_page
def college_card_file(request):
    """The preview image of pages other than posts."""
    college = current_college(request)
    return HttpResponse(
        draw_card(str(college), "Новости и события", college.city or str(college)),
        content_type="image/png",
    )


@require_safe
@conditional_page(newest=[newest_moment, sitemaps.newest_expiry])
def sitemap_file(request):
    """The index of the sitemaps."""
    return index_response(changed_at(request))


@require_safe
@conditional_page
def sitemap_pages_file(request):
    return addresses_response(sitemaps.page_addresses())


@require_safe
@conditional_page
def sitemap_posts_file(request, number):
    """One page of the sitemap of posts."""
    if number > page_count(Post):
        raise Http404("No such page of posts")
    return addresses_response(sitemaps.post_addresses(number))


@require_safe
@conditional_page(newest=[newest_moment, sitemaps.newest_expiry])
def sitemap_news_file(request):
    """The posts of the last two days, for Google News."""
    context = {"posts": sitemaps.news_entries(), "name": printable(str(current_college(request)))}
    return render(request, "news/sitemap_news.xml", context, content_type=XML)
