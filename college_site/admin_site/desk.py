"""Panels of the admin's start page: short lists of what waits for the user."""

from typing import NamedTuple


class Row(NamedTuple):
    """A link to what waits, and what somebody wrote about it; its number in a chart."""

    title: str
    address: str
    words: str = ""
    count: int = 0


class Panel(NamedTuple):
    """A heading and its Rows.

    `more` is the address of the whole list if there are further rows. A panel with `longest`, the
    largest number of its rows, is a chart. `guide` is the chapter of the guide that tells of them,
    and the id of its section.
    """

    heading: str
    rows: list[Row]
    more: str = ""
    longest: int = 0
    guide: tuple[str, str] | None = None
