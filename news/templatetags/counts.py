"""Template filter for the number of posts, which a BoundedCount may cut off."""

from django import template

from college_site.templatetags.typography import NBSP, plural
from news.pagination import MAX_COUNTED

register = template.Library()


@register.filter
def post_count(number):
    """«5 публикаций», or «больше 500 публикаций» if counting stopped at MAX_COUNTED + 1."""
    if number > MAX_COUNTED:
        return f"больше{NBSP}{MAX_COUNTED}{NBSP}публикаций"
    return plural(number, "публикация,публикации,публикаций")
