"""A post as a Word document has it: title, lead, body, and pictures with their captions."""

import re
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile

from django.utils.text import Truncator

from news.models.media.photos import not_a_file_name
from news.photos.placement import replace_placed

MOST_TITLE, MOST_LEAD, MOST_CAPTION, MOST_ALT = 250, 500, 250, 250
OPENING = 5  # blocks with text at the beginning, among which the title is looked for
CAPTION = re.compile(
    r"(?:рис(?:унок|\.)?|фото(?:графия)?|илл(?:юстрация|\.)?)\s*[№\d]", re.IGNORECASE
)
REMOVABLE = {"title", "subtitle", "heading", "paragraph", "caption"}
# What Word and telephones write into the alternative text by themselves.
AUTOMATIC = re.compile(
    r"изображение (?:выглядит как|, содержащее)|изображение,? содержащее|автоматически созданн"
    r"|содержимое, созданное|описание создано автоматически|сгенерирован"
    r"|(?:a |an )?(?:picture|image) (?:containing|of)|a close.?up of|description automatically"
    r"|ai-generated content",
    re.IGNORECASE,
)
PLAIN = re.compile(r"</?(?:strong|em)>|<br>")


@dataclass
class Article:
    title: str = ""
    lead: str = ""
    blocks: list = field(default_factory=list)
    captions: dict = field(default_factory=dict)  # number of a picture: text
    notes: list = field(default_factory=list)

    def body(self, keys):
        """The HTML of the body, not sanitised; `keys` are those of the Photos by number."""
        top = min((block.level for block in self.blocks if block.kind == "heading"), default=1)
        html = "".join(render_block(block, top) for block in self.blocks)
        return replace_placed(html, keys)


def render_block(block, top):
    if block.kind == "heading":
        name = "h2" if block.level == top else "h3"
    elif block.kind in ("paragraph", "title", "subtitle", "caption"):
        name = "p"
    else:
        return block.html
    return f"<{name}>{block.html}</{name}>"


def compose_article(document, accepted):
    """The Article of a WordDocument; `accepted` are the numbers of the pictures that it keeps."""
    article = Article(blocks=list(document.blocks))
    take_captions(article, accepted)
    take_title(article, document.name)
    take_lead(article)
    return article


# Captions -----------------------------------------------------------------------------------------


def take_captions(article, accepted):
    """The paragraph after a picture, or before it in Word's style for captions, is its caption."""
    left, last = [], None
    for block in article.blocks:
        if block.kind == "picture":
            last = block.picture
        elif is_caption(block) and last in accepted and last not in article.captions:
            article.captions[last] = block.text
            continue
        else:
            last = None
        left.append(block)
    article.blocks = left


def is_caption(block):
    is_told = block.kind == "caption" or (
        block.kind == "paragraph" and CAPTION.match(block.text) is not None
    )
    return is_told and len(block.text) <= MOST_CAPTION and "<a " not in block.html


# Title --------------------------------------------------------------------------------------------


def take_title(article, name):
    """The title by its style, else the first heading, the first short bold line, the first line."""
    titles = first_of_kind(article, "title")
    found = titles or find_heading(article) or find_bold_line(article) or find_first_line(article)
    text = " ".join(block.text for block in found)
    if not found:
        article.title = Truncator(name).chars(MOST_TITLE)
        article.notes.append("Заголовка в\u00a0документе нет: взято имя файла")
    elif len(text) <= MOST_TITLE and all(map(is_plain_line, found)):
        article.title = text
        remove_blocks(article, found)
    else:
        article.title = shorten_title(text)
        article.notes.append(
            "Заголовок взят из\u00a0начала текста, которое осталось и\u00a0на\u00a0месте: проверьте"
        )


def first_of_kind(article, kind):
    """The first block of a kind, and those of the kind that follow it at once."""
    from_first = dropwhile(lambda block: block.kind != kind, article.blocks)
    return list(takewhile(lambda block: block.kind == kind, from_first))


def is_plain_line(block):
    """Whether nothing is lost if a text stands for the block."""
    return block.kind in REMOVABLE and "<a " not in block.html


def remove_blocks(article, found):
    """Remove these blocks; others may be equal to them."""
    gone = {id(block) for block in found}
    article.blocks = [block for block in article.blocks if id(block) not in gone]


def opening_blocks(article):
    with_text = [block for block in article.blocks if block.text]
    opening = []
    for block in with_text[:OPENING]:
        if block.kind not in ("heading", "paragraph") or len(block.text) > MOST_TITLE:
            break
        opening.append(block)
    return opening or with_text[:1]


def find_heading(article):
    return [block for block in opening_blocks(article) if block.kind == "heading"][:1]


def find_bold_line(article):
    opening = opening_blocks(article)
    return [block for block in opening if block.is_bold or block.is_centred][:1]


def find_first_line(article):
    return [block for block in article.blocks if block.text][:1]


def shorten_title(text):
    """The first sentence of a text, or its first words."""
    sentence = re.match(r".+?[.!?…](?=\s)", text)
    if sentence and len(sentence[0]) <= MOST_TITLE:
        return sentence[0].rstrip(".")
    if len(text) <= MOST_TITLE:
        return text
    return text[: MOST_TITLE - 1].rpartition(" ")[0].rstrip(",;:— ") + "…"


# Lead ---------------------------------------------------------------------------------------------


def take_lead(article):
    """The subtitle, else the first paragraph if it is short and has nothing that a lead has not."""
    found = first_of_kind(article, "subtitle") or find_first_paragraph(article)
    text = " ".join(block.text for block in found)
    if not found:
        reason = "текст начинается не\u00a0с\u00a0абзаца"
    elif len(text) > MOST_LEAD:
        reason = f"первый абзац длиннее {MOST_LEAD} знаков, он остался в\u00a0тексте"
    elif any("<" in PLAIN.sub("", block.html) for block in found):
        reason = "в\u00a0первом абзаце ссылка или сноска, он остался в\u00a0тексте"
    else:
        article.lead = text
        remove_blocks(article, found)
        return
    article.notes.append(f"Лид не\u00a0заполнен: {reason}")


def find_first_paragraph(article):
    following = [block for block in article.blocks if block.kind != "picture"][:1]
    return [block for block in following if block.kind == "paragraph"]


# Alternative texts --------------------------------------------------------------------------------


def clean_alt(text):
    """A text that a person wrote, else ""; Word's own words and names of files are none."""
    text = " ".join(text.split())
    if AUTOMATIC.search(text) or not_a_file_name.regex.search(text):
        return ""
    return text
