"""Dates for machines."""

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def iso_moment(moment):
    """An aware datetime to the second with the college's offset (ISO 8601)."""
    return timezone.localtime(moment).isoformat(timespec="seconds")
