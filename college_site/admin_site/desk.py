"""Panels of the admin's start page: short lists of what waits for the user."""

from typing import NamedTuple


class Row(NamedTuple):
    """A link to what waits, and what somebody wrote about it."""

    title: str
    address: str
    words: str = ""


class Panel(NamedTuple):
    """A heading and its Rows; `more` is the address of the whole list if there are further rows."""

    heading: str
    rows: list[Row]
    more: str = ""
