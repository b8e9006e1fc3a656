"""What the news show on the start page of the admin."""

from college_site.accounts.staff_permissions import is_permitted, may_view
from news.models import Post

MOST_SHOWN = 6


def missing_reports(request):
    """The panel of past announcements without a report; None if there is nothing to show."""
    if not may_view(request.user, Post):
        return None
    posts = list(Post.objects.lacking_report().defer("lead", "body")[:MOST_SHOWN])
    if not posts:
        return None
    names = ("news.add_post", "news.change_post")
    return {
        "template": "admin/news/missing_reports.html",
        "posts": posts,
        "may_write": all(is_permitted(request.user, name) for name in names),
    }
