"""The buttons below a form of the admin: each says what it will do."""

from typing import NamedTuple


class Button(NamedTuple):
    """Its name in the form that is sent, its words, whether it is the one that meets the eye.

    Enter presses the first button of a form: that one should never publish.
    """

    name: str
    label: str
    is_main: bool = False
