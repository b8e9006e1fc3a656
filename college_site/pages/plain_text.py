"""Text for formats that know no markup: XML, calendars, pictures."""

import re

# What XML 1.0 forbids (section 2.2, Char): control characters, lone surrogates, U+FFFE, U+FFFF.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text):
    """The text without characters that XML forbids; a pasted document may hold some."""
    return FORBIDDEN.sub("", text)
