"""The menu, the path to the page and the text of the footer, read as bakerydemo does."""

from django import template
from wagtail.models import Page, Site
from wagtail_site.models import FooterText

register = template.Library()


@register.simple_tag(takes_context=True)
def site_root(context):
    return Site.find_for_request(context["request"]).root_page


@register.inclusion_tag("wagtail_site/menu.html", takes_context=True)
def menu(context, root, current):
    entries = root.get_children().live().in_menu()
    for entry in entries:
        entry.is_current = bool(current) and current.url_path.startswith(entry.url_path)
    return {"entries": entries, "request": context["request"]}


@register.inclusion_tag("wagtail_site/breadcrumbs.html", takes_context=True)
def breadcrumbs(context):
    page = context["page"]
    is_home = page.depth <= 2
    pages = () if is_home else Page.objects.ancestor_of(page, inclusive=True).filter(depth__gt=1)
    return {"pages": pages, "request": context["request"]}


@register.inclusion_tag("wagtail_site/footer_text.html")
def footer_text():
    return {"text": FooterText.objects.filter(live=True).first()}
