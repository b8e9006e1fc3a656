"""Rich text: one list of extensions configures the editor and the sanitising of stored HTML."""

import re

import nh3
from django.utils.safestring import mark_safe
from django_prose_editor.config import allowlist_from_extensions
from django_prose_editor.fields import ProseEditorField, create_sanitizer

from college_site.templatetags.typography import typeset

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "HardBreak": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
}

sanitize = create_sanitizer(EXTENSIONS)

BETWEEN_TAGS = re.compile(r"(?<=>)[^<]+")
TABLE_START = (
    '<div class="rich-text__table" role="region" aria-label="Таблица" tabindex="0"><table>'
)


def render_rich_text(html):
    """Stored (therefore sanitised) HTML with typography and scroll containers for tables."""
    html = BETWEEN_TAGS.sub(lambda text: typeset(text[0]), html)
    html = html.replace("<table>", TABLE_START).replace("</table>", "</table></div>")
    return mark_safe(html)


def make_urls_absolute(html, base):
    """Stored HTML whose links and sources are resolved against the URL `base`, as browsers do."""
    rules = allowlist_from_extensions(EXTENSIONS)
    return nh3.Cleaner(**rules, url_relative=("rewrite_with_base", base)).clean(html)


class RichTextField(ProseEditorField):
    """HTML that is sanitised before every write to the database."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", True)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        """Sanitise the value of the instance as well."""
        html = sanitize(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, html)
        return html

    def get_prep_value(self, value):
        """Sanitise; save(), update(), bulk_create() and bulk_update() all call this method."""
        value = super().get_prep_value(value)
        return sanitize(value) if isinstance(value, str) else value
