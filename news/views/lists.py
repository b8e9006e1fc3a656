"""Lists of posts: the archive, topics, partners, events."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from college_site.pages.absolute_urls import fixed_path
from news.archive import list_archive_entries, list_year_entries
from news.conditional_pages import conditional_page
from news.feeds.syndication import FORMATS
from news.models import Partner, Post, Topic
from news.pagination import BoundedPaginator, posts_page, requested_page

PAGE_EVENTS = 24
PAGE_PARTNERS = 24
TITLES = {
    None: "Новости",
    Post.Kind.REPORT: "Репортажи",
    Post.Kind.ANNOUNCEMENT: "Анонсы",
    Post.Kind.NOTICE: "Объявления",
}


@require_safe
@conditional_page
def post_list(request, year=None, month=None):
    """All posts, or those of an academic year or one of its months."""
    month = month and year.month(month)
    kind = requested_kind(request)
    period = month or year
    posts = Post.objects.of_kind(kind).published_in(period)
    years, months = list_archive_entries(year, month, kind)
    title = f"{TITLES[kind]} за {period.label}" if period else TITLES[kind]
    context = {"year": year, "month": month, "period": period, "years": years, "months": months}
    context |= {"title": title, "whole_url": fixed_path("news:post_list")}
    return render_list(request, "news/post_list.html", posts_page(request, posts), **context)


@require_safe
@conditional_page
def topic_list(request):
    return render(request, "news/topic_list.html", {"topics": Topic.objects.with_posts()})


@require_safe
@conditional_page
def topic_detail(request, slug, year=None):
    """The posts of a topic, all or those of an academic year."""
    topic = get_object_or_404(Topic.objects.with_posts(), slug=slug)
    posts = topic.posts.of_kind(requested_kind(request))
    page = posts_page(request, posts.published_in(year))
    context = {"topic": topic, **subject_context(topic, posts, year)}
    return render_list(request, "news/topic_detail.html", page, **context)


@require_safe
@conditional_page
def partner_list(request):
    paginator = BoundedPaginator(Partner.objects.with_posts(), PAGE_PARTNERS)
    page = requested_page(request, paginator)
    return render(request, "news/partner_list.html", {"page": page})


@require_safe
@conditional_page
def partner_detail(request, slug, year=None):
    """A partner and its posts, all or those of an academic year."""
    partner = get_object_or_404(Partner.objects.with_posts(), slug=slug)
    rows = partner.participations.of_kind(requested_kind(request))
    page = posts_page(request, Post.objects.published(), rows.published_in(year).values("post"))
    context = {"partner": partner, **subject_context(partner, rows, year)}
    return render_list(request, "news/partner_detail.html", page, **context)


@require_safe
@conditional_page
def event_list(request):
    """Announced events that are not over, the earliest first."""
    events = Post.objects.published().upcoming().for_lines()
    paginator = BoundedPaginator(events, PAGE_EVENTS)
    return render(request, "news/event_list.html", {"page": requested_page(request, paginator)})


def render_list(request, template, page, **context):
    """Render a page of posts with the filter by kind and the links to feeds."""
    kind = requested_kind(request)
    feed_types = [(name, feed.content_type.partition(";")[0]) for name, feed in FORMATS.items()]
    context |= {"page": page, "kind": kind, "feed_types": feed_types}
    return render(request, template, context)


def subject_context(subject, rows, year):
    """The template context that pages of topics and partners share."""
    return {
        "title": f"{subject}, {year.label}" if year else str(subject),
        "whole_url": subject.get_absolute_url(),
        "year": year,
        "period": year,
        "years": list_year_entries(subject, rows, year),
    }


def requested_kind(request):
    """The Post.Kind of ?kind=…, or None if it is absent or unknown."""
    kind = request.GET.get("kind", "")
    return Post.Kind(kind) if kind in Post.Kind else None
