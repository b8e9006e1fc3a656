"""Template tags for absolute URLs and for the links that every page has."""

from urllib.parse import urlencode

from django import template

from college_site.pages import absolute_urls

register = template.Library()

absolute_url = register.simple_tag(absolute_urls.absolute_url)
fixed_path = register.simple_tag(absolute_urls.fixed_path)
absolute_reverse = register.simple_tag(absolute_urls.absolute_reverse)


@register.simple_tag(takes_context=True)
def canonical_url(context):
    """The canonical URL of the current page; of the query only `kind` and `page` are preserved."""
    number = getattr(context.get("page"), "number", 1)
    parameters = {"kind": context.get("kind"), "page": number if number > 1 else None}
    query = urlencode({name: value for name, value in parameters.items() if value})
    return absolute_urls.absolute_url(context["request"].path) + (f"?{query}" if query else "")
