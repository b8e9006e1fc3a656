"""Plain text: for XML, calendars and generated pictures, and as forms send it."""

import re

# Not allowed in XML 1.0 (section 2.2, Char): control characters, surrogates, U+FFFE, U+FFFF.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text):
    """Remove the characters that are not allowed in XML; pasted text may contain some."""
    return FORBIDDEN.sub("", text)


def normalize(text):
    """A text without differences that nobody sees: line breaks, spaces at the ends."""
    return text.replace("\r\n", "\n").strip()
