"""Template filter for ISO 8601 datetimes."""

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def iso_moment(moment):
    """An aware datetime in ISO 8601 to the second, with the offset of the site's time zone."""
    return timezone.localtime(moment).isoformat(timespec="seconds")
