"""Posts that wait for the user, on the admin's start page."""

from functools import reduce
from operator import attrgetter, or_

from django.db.models import Q
from django.urls import reverse

from college_site.accounts.staff_permissions import is_permitted, may_view
from college_site.admin_site.desk import Panel, Row
from college_site.templatetags.typography import event_dates
from news.editing.names import short_name, tell_moment
from news.models import Post
from news.models.publishing.access import may_change
from news.models.reads import most_read

MOST_ROWS = 10
READ_DAYS = 30
GUIDE = ("publishing", "desk")
State = Post.State


def list_desk_panels(request):
    """What was returned to the user or submitted, the user's drafts, and what is scheduled."""
    if not may_view(request.user, Post):
        return []
    panels = [
        *make_panels_of_states(request.user),
        make_panel_of_missing_reports(request.user),
        make_panel_of_reads(),
    ]
    panels = [panel for panel in panels if panel.rows]
    return panels or list_beginnings(request.user)


def list_beginnings(user):
    """What somebody can do who may write and has never done so, for whom nothing waits either."""
    may_add = is_permitted(user, "news.add_post")
    if not may_add or Post.objects.filter(author=user).exists():
        return []
    words = "Файл .docx с текстом и снимками станет черновиком."
    rows = [
        Row("Новая публикация", reverse("admin:news_post_add")),
        Row("Новая публикация из Word", reverse("admin:news_post_import"), words),
    ]
    return [Panel("С чего начать", rows, guide=("report", "word"))]


def make_panels_of_states(user):
    """The panels of what is not published, whose posts come from one query."""
    visible, own = Post.objects.visible_to(user), Post.objects.outside_bin().filter(author=user)
    groups = [
        ("Возвращено мне", own, State.RETURNED, "-returned_at"),
        ("На проверке", visible, State.IN_REVIEW, "submitted_at"),
        ("Мои черновики", own, State.DRAFT, "-updated_at"),
        ("Запланировано", visible, State.SCHEDULED, "published_at"),
    ]
    firsts = [
        Q(pk__in=posts.in_state(state).order_by(order, "pk").values("pk")[: MOST_ROWS + 1])
        for _, posts, state, order in groups
    ]
    rows = Post.objects.filter(reduce(or_, firsts)).defer("body").select_related("author")
    found = list(rows.order_by("pk"))
    for heading, _, state, order in groups:
        posts = [post for post in found if post.state == state]
        posts.sort(key=attrgetter(order.lstrip("-")), reverse=order.startswith("-"))
        yield make_panel(heading, posts, f"?state={state.value}", make_row)


def make_panel_of_missing_reports(user):
    """Past events without a report; a user who may not change the post is led to its page."""

    def make_row_of_event(post):
        address = change_address(post) if may_change(user, post) else post.get_absolute_url()
        return Row(post.title, address, event_dates(post))

    found = Post.objects.lacking_report().defer("body")[: MOST_ROWS + 1]
    heading = "Событие прошло, репортажа нет"
    panel = make_panel(heading, found, "?report=missing", make_row_of_event)
    return panel._replace(guide=("events", "report"))


def make_panel_of_reads():
    """A chart of the posts that visitors read most."""
    found = most_read(Post.objects.published(), READ_DAYS, MOST_ROWS)
    rows = [
        Row(title, reverse("news:post_detail", args=[slug]), count=total)
        for title, slug, total in found
    ]
    longest = max((row.count for row in rows), default=0)
    return Panel(f"Читали за {READ_DAYS} дней", rows, longest=longest)


def make_panel(heading, posts, query, make):
    """The Panel of the first posts, with the address of the list with `query` if there are more."""
    found = list(posts)
    more = reverse("admin:news_post_changelist") + query if len(found) > MOST_ROWS else ""
    return Panel(heading, [make(post) for post in found[:MOST_ROWS]], more, guide=GUIDE)


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
