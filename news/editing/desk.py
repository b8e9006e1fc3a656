"""Posts that wait for the user, on the admin's start page."""

from django.urls import reverse

from college_site.accounts.staff_permissions import may_view
from college_site.admin_site.desk import Panel, Row
from college_site.templatetags.typography import event_dates
from news.editing.names import short_name, tell_moment
from news.models import Post
from news.models.access import may_change

MOST_ROWS = 10
State = Post.State


def list_desk_panels(request):
    """What was returned to the user or submitted, the user's drafts, and what is scheduled."""
    if not may_view(request.user, Post):
        return []
    visible = Post.objects.visible_to(request.user)
    own = Post.objects.filter(author=request.user)
    panels = [
        make_panel("Возвращено мне", own, State.RETURNED, "-returned_at"),
        make_panel("На проверке", visible, State.IN_REVIEW, "submitted_at"),
        make_panel("Мои черновики", own, State.DRAFT, "-updated_at"),
        make_panel("Запланировано", visible, State.SCHEDULED, "published_at"),
        make_panel_of_missing_reports(request),
    ]
    return [panel for panel in panels if panel.rows]


def make_panel(heading, posts, state, order):
    found = posts.in_state(state).select_related("author").defer("body").order_by(order, "pk")
    found = list(found[: MOST_ROWS + 1])
    list_address = f"{reverse('admin:news_post_changelist')}?state={state.value}"
    more = list_address if len(found) > MOST_ROWS else ""
    return Panel(heading, [make_row(post) for post in found[:MOST_ROWS]], more)


def make_panel_of_missing_reports(request):
    """Past events without a report; who may not change the announcement is led to its page."""
    found = list(Post.objects.lacking_report().defer("body")[: MOST_ROWS + 1])
    rows = [
        Row(
            post.title,
            reverse("admin:news_post_change", args=[post.pk])
            if may_change(request.user, post)
            else post.get_absolute_url(),
            event_dates(post),
        )
        for post in found[:MOST_ROWS]
    ]
    address = f"{reverse('admin:news_post_changelist')}?report=missing"
    return Panel("Событие прошло, репортажа нет", rows, address if len(found) > MOST_ROWS else "")


def make_row(post):
    words = ""
    if post.state == State.RETURNED:
        words = post.return_reason
    elif post.state == State.IN_REVIEW:
        who = short_name(post.author) if post.author else ""
        words = ": ".join(filter(None, [who, post.review_note]))
    elif post.state == State.SCHEDULED:
        words = f"выйдет {tell_moment(post.published_at)}"
    return Row(post.title, reverse("admin:news_post_change", args=[post.pk]), words)
