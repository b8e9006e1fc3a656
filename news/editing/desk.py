"""Posts that wait for the user, on the admin's start page."""

from django.urls import reverse

from college_site.accounts.staff_permissions import may_view
from college_site.admin_site.desk import Panel, Row
from college_site.templatetags.typography import event_dates
from news.editing.names import short_name, tell_moment
from news.models import Post
from news.models.publishing.access import may_change

MOST_ROWS = 10
State = Post.State


def list_desk_panels(request):
    """What was returned to the user or submitted, the user's drafts, and what is scheduled."""
    if not may_view(request.user, Post):
        return []
    visible = Post.objects.visible_to(request.user)
    own = Post.objects.filter(author=request.user)
    panels = [
        make_panel_of_state("Возвращено мне", own, State.RETURNED, "-returned_at"),
        make_panel_of_state("На проверке", visible, State.IN_REVIEW, "submitted_at"),
        make_panel_of_state("Мои черновики", own, State.DRAFT, "-updated_at"),
        make_panel_of_state("Запланировано", visible, State.SCHEDULED, "published_at"),
        make_panel_of_missing_reports(request.user),
    ]
    return [panel for panel in panels if panel.rows]


def make_panel_of_state(heading, posts, state, order):
    found = posts.in_state(state).select_related("author").order_by(order, "pk")
    return make_panel(heading, found, f"?state={state.value}", make_row)


def make_panel_of_missing_reports(user):
    """Past events without a report; a user who may not change the post is led to its page."""

    def make_row_of_event(post):
        address = change_address(post) if may_change(user, post) else post.get_absolute_url()
        return Row(post.title, address, event_dates(post))

    found = Post.objects.lacking_report()
    heading = "Событие прошло, репортажа нет"
    return make_panel(heading, found, "?report=missing", make_row_of_event)


def make_panel(heading, posts, query, make):
    """The Panel of the first posts, with the address of the list with `query` if there are more."""
    found = list(posts.defer("body")[: MOST_ROWS + 1])
    more = reverse("admin:news_post_changelist") + query if len(found) > MOST_ROWS else ""
    return Panel(heading, [make(post) for post in found[:MOST_ROWS]], more)


def make_row(post):
    words = ""
    if post.state == State.RETURNED:
        words = post.return_reason
    elif post.state == State.IN_REVIEW:
        who = short_name(post.author) if post.author else ""
        words = ": ".join(filter(None, [who, post.review_note]))
    elif post.state == State.SCHEDULED:
        words = f"выйдет {tell_moment(post.published_at)}"
    return Row(post.title, change_address(post), words)


def change_address(post):
    return reverse("admin:news_post_change", args=[post.pk])
