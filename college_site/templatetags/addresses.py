"""Absolute addresses, for whatever leaves the site: search engines, messengers, feeds."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def absolute(context, path):
    """The address of a path on this site."""
    return context["request"].build_absolute_uri(path)


@register.simple_tag(takes_context=True)
def absolute_url(context, name, *args):
    """The address of a page by its URL name."""
    return absolute(context, reverse(name, args=args))


@register.simple_tag(takes_context=True)
def canonical_url(context):
    """The one address of the page shown: without a query but for the number of a list's page."""
    number = getattr(context.get("page"), "number", 1)
    return absolute(context, context["request"].path) + (f"?page={number}" if number > 1 else "")
