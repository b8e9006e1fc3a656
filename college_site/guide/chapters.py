"""The chapters of the guide for staff; apps register theirs in registry.guide_chapters."""

import re
from typing import NamedTuple

from django.template.loader import render_to_string

from college_site.registry import registry
from college_site.rich_text import render_rich_text

SECTION = re.compile(r'<h2 id="([\w-]+)">\s*(.+?)\s*</h2>', re.DOTALL)


class Chapter(NamedTuple):
    """`slug` is also the name of its template in templates/admin/guide/."""

    slug: str
    title: str
    summary: str

    @property
    def template(self):
        return f"admin/guide/{self.slug}.html"

    def render(self):
        return render_rich_text(render_to_string(self.template))

    def list_sections(self):
        """Pairs of the id and the words of each heading."""
        return SECTION.findall(render_to_string(self.template))


OWN = [
    Chapter(
        "keeper",
        "Хранителю",
        "Учётные записи, роли, второй шаг входа, сведения о колледже, состояние сайта.",
    )
]


def list_chapters():
    return [*registry.guide_chapters, *OWN]
