"""Rich text: what the editor offers, and the same list as the rule for what is ever stored."""

import re

from django.utils.safestring import mark_safe
from django_prose_editor.fields import ProseEditorField, create_sanitizer

from college_site.html_styles import convert_styles
from college_site.templatetags.typography import typeset

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {
        "enableTarget": False,
        "protocols": ["http", "https", "mailto", "tel"],
        "defaultProtocol": "https",
    },
    "HardBreak": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "PastedText": True,
}

clean = create_sanitizer(EXTENSIONS)
DOMAIN = re.compile(r"www\.|[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}([/?#:]|$)")
DEAD_LINK = re.compile(r"<a(?![^>]*\shref=)[^>]*>(.*?)</a>", re.DOTALL)
HREF = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
# The editor gives «www.example.ru» http:// where nobody typed a scheme.
GUESSED_SCHEME = re.compile(r'(<a\b[^>]*?\shref=")http://([^"]+)("[^>]*>)(?=\2</a>)')
# A name in a right-to-left script reads in its own direction.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
BLOCK = re.compile(r"<(p|h2|h3|li|td|th|blockquote)(?=[ >])")


def sanitized(html):
    """The HTML with what the editor offers and nothing else; links lead somewhere or go."""
    html = clean(convert_styles(html)) if "<" in html else clean(html)
    html = HREF.sub(lambda match: f"{match[1]}{correct_address(match[2])}{match[3]}", html)
    html = GUESSED_SCHEME.sub(r"\1https://\2\3", html)
    return DEAD_LINK.sub(r"\1", html.replace(' href=""', ""))


def correct_address(address):
    """An address without a scheme with https; "" for a place in the document it was copied from."""
    if DOMAIN.match(address) and not address.startswith("/"):
        return f"https://{address}"
    return "" if address.startswith("#") else address


BETWEEN_TAGS = re.compile(r"(?<=>)[^<]+")
TABLE_START = (
    '<div class="rich-text__table" role="region" aria-label="Таблица" tabindex="0"><table>'
)


def render_rich_text(html):
    """Stored, and therefore sanitised, HTML for a page; wide tables scroll within themselves."""
    if RIGHT_TO_LEFT.search(html):
        html = BLOCK.sub(r'<\1 dir="auto"', html)
    html = BETWEEN_TAGS.sub(lambda text: typeset(text[0]), html)
    html = html.replace("<table>", TABLE_START).replace("</table>", "</table></div>")
    return mark_safe(html)


class RichTextField(ProseEditorField):
    """HTML that is sanitised whatever way it takes into the database."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs.setdefault("sanitize", True)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        """The instance that was saved shows what was stored."""
        html = sanitized(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, html)
        return html

    def get_prep_value(self, value):
        """Every way in ends here: save(), update(), bulk_create(), bulk_update()."""
        value = super().get_prep_value(value)
        return sanitized(value) if isinstance(value, str) else value
