"""Numbers of posts in words; a BoundedCount stops, and so do they."""

from django import template

from college_site.templatetags.typography import NBSP, plural
from news.pagination import MAX_COUNTED

register = template.Library()


@register.filter
def post_count(number):
    """«5 публикаций», or «больше 500 публикаций» where the count stopped."""
    if number > MAX_COUNTED:
        return f"больше{NBSP}{MAX_COUNTED}{NBSP}публикаций"
    return plural(number, "публикация,публикации,публикаций")
