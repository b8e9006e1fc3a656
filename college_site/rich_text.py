"""Rich text: one list of extensions configures the editor and the sanitising of stored HTML."""

import re

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import mark_safe
from django_prose_editor.config import allowlist_from_extensions
from django_prose_editor.fields import ProseEditorField

from college_site.html_styles import convert_styles
from college_site.templatetags.typography import typeset
from college_site.video_addresses import parse_video_address

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
    "PlacedPhoto": True,
    "PlacedVideo": True,
    "TextMarks": True,
}


LONGEST_TITLE = 150  # of a video in the text, like Video.title


def keep_attribute(tag, name, value):
    """The value of an allowed attribute; of a video its canonical address, None for any other."""
    if name == "data-title":
        return " ".join(re.sub("[<>]", " ", value).split())[:LONGEST_TITLE] or None
    if name != "data-video":
        return value
    try:
        return parse_video_address(value).watch_url
    except ValidationError:
        return None


ALLOWED = allowlist_from_extensions(EXTENSIONS) | {"attribute_filter": keep_attribute}
CLEANER = nh3.Cleaner(**ALLOWED)
EMPTY = re.compile(r"<(\w+)></\1>")  # the paragraph that the editor begins with
DOMAIN = re.compile(r"www\.|[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}([/?#:]|$)")
DEAD_LINK = re.compile(r"<a(?![^>]*\shref=)[^>]*>(.*?)</a>", re.DOTALL)
HREF = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
# The editor gives «www.example.ru» http:// where nobody typed a scheme.
GUESSED_SCHEME = re.compile(r'(<a\b[^>]*?\shref=")http://([^"]+)("[^>]*>)(?=\2</a>)')
# A name in a right-to-left script reads in its own direction.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
BLOCK = re.compile(r"<(p|h2|h3|li|td|th|blockquote)(?=[ >])")


def sanitize(html):
    """The HTML with the editor's elements only; links without a target are removed."""
    html = CLEANER.clean(convert_styles(html) if "<" in html else html)
    html = "" if EMPTY.fullmatch(html) else html
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
    '<div class="rich-text__table" role="region" aria-label="Таблица{}" tabindex="0"><table>'
)


def render_rich_text(html):
    """Stored (therefore sanitised) HTML with typography and scroll containers for tables."""
    if RIGHT_TO_LEFT.search(html):
        html = BLOCK.sub(r'<\1 dir="auto"', html)
    html = BETWEEN_TAGS.sub(lambda text: typeset(text[0]), html)
    return mark_safe(contain_tables(html))


def contain_tables(html):
    """Tables in regions that scroll, whose names differ: «Таблица», «Таблица 2»."""
    before, *tables = html.replace("</table>", "</table></div>").split("<table>")
    for number, table in enumerate(tables, start=1):
        before += TABLE_START.format(f" {number}" if number > 1 else "") + table
    return before


def make_urls_absolute(html, base):
    """Stored HTML whose links and sources are resolved against the URL `base`, as browsers do."""
    return nh3.Cleaner(**ALLOWED, url_relative=("rewrite_with_base", base)).clean(html)


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
