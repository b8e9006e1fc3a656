"""Lists of posts: the archive, topics, partners, events."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.archive import archive
from news.feeds import FORMATS
from news.freshness import revalidated
from news.models import Participation, Partner, Post, Topic
from news.paging import BoundedPaginator, posts_page, requested_page

PAGE_EVENTS = 24
PAGE_PARTNERS = 24


@require_safe
@revalidated
def post_list(request, year=None, month=None):
    """All posts, or those of an academic year or of one of its months."""
    month = month and year.month(month)
    kind = requested_kind(request)
    period = month or year
    posts = Post.objects.published(*(period.bounds if period else ())).of_kind(kind)
    years, months = archive(year, month, kind)
    context = {"year": year, "month": month, "period": period, "years": years, "months": months}
    return render_list(request, "news/post_list.html", posts_page(request, posts), **context)


@require_safe
@revalidated
def topic_list(request):
    return render(request, "news/topic_list.html", {"topics": Topic.objects.with_posts()})


@require_safe
@revalidated
def topic_detail(request, slug):
    """The posts of one topic."""
    topic = get_object_or_404(Topic, slug=slug)
    posts = Post.objects.published().filter(topic=topic).of_kind(requested_kind(request))
    page = posts_page(request, posts)
    return render_list(request, "news/topic_detail.html", page, topic=topic)


@require_safe
@revalidated
def partner_list(request):
    paginator = BoundedPaginator(Partner.objects.with_posts(), PAGE_PARTNERS)
    page = requested_page(request, paginator)
    return render(request, "news/partner_list.html", {"page": page})


@require_safe
@revalidated
def partner_detail(request, slug):
    """A partner and every event that it took part in."""
    partner = get_object_or_404(Partner, slug=slug)
    kind = requested_kind(request)
    keys = Participation.objects.published().filter(partner=partner).of_kind(kind)
    page = posts_page(request, Post.objects.published(), keys.values("post"))
    return render_list(request, "news/partner_detail.html", page, partner=partner)


@require_safe
@revalidated
def event_list(request):
    """Announced events, the nearest first; one leaves the list after its last day."""
    paginator = BoundedPaginator(Post.objects.published().upcoming(), PAGE_EVENTS)
    return render(request, "news/event_list.html", {"page": requested_page(request, paginator)})


def render_list(request, template, page, **context):
    """A page of posts with the choice of kinds."""
    kind = requested_kind(request)
    feed_types = [(name, feed.content_type.partition(";")[0]) for name, feed in FORMATS.items()]
    context |= {"page": page, "kind": kind, "feed_types": feed_types}
    return render(request, template, context)


def requested_kind(request):
    """The Post.Kind of ?kind=…; None for all of them, and for what is no kind."""
    kind = request.GET.get("kind", "")
    return Post.Kind(kind) if kind in Post.Kind else None
