"""Absolute addresses in templates."""

from urllib.parse import urlencode

from django import template

from college_site.pages import absolute_urls

register = template.Library()

absolute_url = register.simple_tag(absolute_urls.absolute_url)
absolute_reverse = register.simple_tag(absolute_urls.absolute_reverse)


@register.simple_tag(takes_context=True)
def canonical_url(context):
    """The one address of the page shown: of a query it keeps the kind and the page of a list."""
    number = getattr(context.get("page"), "number", 1)
    parameters = {"kind": context.get("kind"), "page": number if number > 1 else None}
    query = urlencode({name: value for name, value in parameters.items() if value})
    return absolute_urls.absolute_url(context["request"].path) + (f"?{query}" if query else "")
