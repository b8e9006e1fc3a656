"""Template tag for the structured data of breadcrumbs."""

from django import template

from college_site.pages import structured_data

register = template.Library()


@register.simple_tag(takes_context=True)
def crumbs_data(context):
    """The breadcrumbs of shared/_crumbs.html and, as the last one, the page by its `page_title`."""
    pairs = (
        ("section_title", "section_url"),
        ("grandparent_title", "grandparent_url"),
        ("parent_title", "parent_url"),
    )
    steps = [(context[title], context[url]) for title, url in pairs if context.get(url)]
    here = (context["page_title"], context["request"].path)
    return structured_data.markup(structured_data.breadcrumbs(*steps, here))
