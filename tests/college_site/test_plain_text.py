"""Text for formats that know no markup."""

from college_site.pages.plain_text import printable


def test_characters_that_xml_forbids_are_left_out():
    assert printable("а\x00б\x0bв\ufffe\ud800г") == "абвг"


def test_line_breaks_and_everything_else_stay():
    assert printable("«Ёж»\n\t— 😀") == "«Ёж»\n\t— 😀"
