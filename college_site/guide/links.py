"""The «?» beside a panel of the admin, for texts that Python gives to Django's templates."""

from django.template.loader import render_to_string
from django.utils.functional import lazy
from django.utils.safestring import SafeString


def render_help_link(name, chapter, anchor):
    context = {"name": name, "chapter": chapter, "anchor": anchor}
    return render_to_string("admin/_help.html", context)


help_link = lazy(render_help_link, SafeString)  # addresses are unknown while modules are imported
