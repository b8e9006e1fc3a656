"""What messengers make of a link to a post: how much of its title and lead their cards show.

Lengths are in characters of lines as wide as those cards are on a desk; docs/decisions/editing.md
names the sources.
"""

import math
from typing import NamedTuple

from college_site.templatetags.typography import plural

LINE = 50
TITLE_LINES = 2
TELEGRAM_LINES = 5  # one of them is the name of the site


class LinkCard(NamedTuple):
    """The words of a card; `shown` is how many characters of the title it has.

    `is_assumed`: the messenger publishes no rule for where it cuts them.
    """

    messenger: str
    title: str
    description: str
    shown: int
    is_assumed: bool


def make_cards(post):
    """A LinkCard for each messenger."""
    title = cut(post.title, TITLE_LINES * LINE)
    lead = post.lead or post.title
    rest = TELEGRAM_LINES - 1 - math.ceil(len(title) / LINE)
    descriptions = {"VK": "", "MAX": cut(lead, 2 * LINE), "Telegram": cut(lead, rest * LINE)}
    shown = len(title.removesuffix("…")) if title != post.title else len(title)
    return [
        LinkCard(name, title, words, shown, is_assumed=name != "Telegram")
        for name, words in descriptions.items()
    ]


def cut(text, limit):
    """The text, or the words of it that fit with an ellipsis."""
    if len(text) <= limit:
        return text
    words, _, _ = text[:limit].rpartition(" ")
    return f"{(words or text[: limit - 1]).rstrip(' ,.;:—–-')}…"


def list_warnings(post, cards):
    """What its author may want to change before the link is sent."""
    warnings = []
    short = [card for card in cards if card.title != post.title]
    if short:
        names = ", ".join(card.messenger for card in short)
        shown = plural(short[0].shown, "знак,знака,знаков")
        warnings.append(f"Заголовок длинный: {names} покажут {shown} из {len(post.title)}.")
    if not post.lead:
        warnings.append("Лида нет: вместо описания повторится заголовок.")
    if post.cover is None:
        warnings.append("Обложки нет: картинку карточки нарисовал сайт, на ней заголовок.")
    return warnings
