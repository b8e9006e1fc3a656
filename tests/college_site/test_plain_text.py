"""Plain text for XML, calendars and pictures."""

from college_site.pages.plain_text import printable


def test_characters_xml_forbids_are_removed():
    assert printable("а\x00б\x0bв\ufffe\ud800г") == "абвг"


def test_line_breaks_and_other_characters_are_preserved():
    assert printable("«Ёж»\n\t— 😀") == "«Ёж»\n\t— 😀"
