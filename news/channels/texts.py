"""The text of a post for each channel: plain, within its limit, with the link to the page."""

import re
from typing import NamedTuple

from lxml import html as parser

from news.models.editing.handouts import HandoutChannel

END_OF_SENTENCE = re.compile(r"[.!?…][»\")]*(?=\s+[«\"(—А-ЯЁA-Z0-9]|\s*$)", re.MULTILINE)
# «г.», «И.»: a full stop after them ends no sentence.
ABBREVIATED = re.compile(r"(^|[\s(«.])(\w|гг|ул|пр|им|стр|руб|тыс|млн|др|т\. ?[дпек])\.$")
BLOCKS = (
    "./text()[normalize-space()] | .//li | .//tr | .//figure[@data-video]"
    " | .//*[self::p or self::h2 or self::h3][not(ancestor::li or ancestor::tr)]"
)
WHOLE, MORE = "На сайте: ", "Читать полностью: "


class Channel(NamedTuple):
    """`limit` is in UTF-16 units; `side` is the longest side of its photographs in pixels."""

    limit: int
    side: int


# Ten photographs at most in one post of each. Sources of the limits of text:
# - VK: 15,895 is what authors of programs for it report; its documentation gives no number.
# - MAX: 4,000, «text» of a message, https://dev.max.ru/docs-api
# - Telegram: 4,096 and 1,024 «after entities parsing», https://core.telegram.org/bots/api
CHANNELS = {
    HandoutChannel.VK: Channel(15_895, 2560),
    HandoutChannel.MAX: Channel(4_000, 2560),
    HandoutChannel.TELEGRAM: Channel(4_096, 1280),
    HandoutChannel.TELEGRAM_PHOTO: Channel(1_024, 1280),
}


def compose(post, channel, url):
    """Title, lead and body of a post with its address, cut at the end of a sentence to fit."""
    paragraphs = [post.title, post.lead.strip(), *list_paragraphs(post.body)]
    text = "\n\n".join(filter(None, paragraphs))
    whole = f"{text}\n\n{WHOLE}{url}"
    if count_units(whole) <= channel.limit:
        return whole
    ending = f"\n\n{MORE}{url}"
    return cut(text, channel.limit - count_units(ending)) + ending


def count_units(text):
    """The length in UTF-16 units, as messengers count: never less than in characters."""
    return len(text.encode("utf-16-le")) // 2


def cut(text, limit):
    """The text up to the last sentence that ends within `limit` units, or up to a word."""
    start = text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", errors="ignore")
    ends = [match.end() for match in END_OF_SENTENCE.finditer(text)]  # looks beyond the limit
    ends = [end for end in ends if end <= len(start) and not ABBREVIATED.search(text[:end])]
    if ends and ends[-1] > len(start) // 3:
        return start[: ends[-1]]
    return re.sub(r"\W*\s\S*$", "", start) + "…"


# Plain text ---------------------------------------------------------------------------------------


def list_paragraphs(body):
    """The paragraphs of a stored body; a list is one paragraph, with a dash before each item."""
    if not body.strip():
        return []
    root = parser.fragment_fromstring(body.replace("<br>", "\n"), create_parent="div")
    for link in root.iter("a"):
        show_address(link)
    paragraphs, was_item = [], False
    for block in root.xpath(BLOCKS):
        text, is_item = read_block(block), getattr(block, "tag", "") == "li"
        if is_item and was_item:
            paragraphs[-1] += f"\n{text}"
        elif text:
            paragraphs.append(text)
        was_item = is_item
    return paragraphs


def show_address(link):
    """Put the address behind the words of a link that do not show it."""
    address = link.get("href", "")
    name = address.partition("://")[2].rstrip("/")
    if name and name not in link.text_content():
        link.tail = f" ({address}){link.tail or ''}"


def read_block(block):
    if isinstance(block, str):
        return tidy(block)
    if block.tag == "figure":
        return "\n".join(filter(None, [block.get("data-title"), block.get("data-video")]))
    if block.tag == "tr":
        return " — ".join(tidy(cell.text_content()) for cell in block)
    if block.tag == "li":
        depth = len(block.xpath("ancestor-or-self::li"))
        own = block.xpath(f".//text()[count(ancestor::li) = {depth}]")
        return f"— {tidy(' '.join(own))}"
    return tidy(block.text_content())


def tidy(text):
    """The text without white space at the ends of its lines."""
    return "\n".join(" ".join(line.split(" ")).strip() for line in text.strip().splitlines())
