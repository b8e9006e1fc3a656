"""Text in spreadsheets that no program takes for a formula."""

# A cell that begins so may be taken for a formula by a program that opens CSV.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
ARRAY_FORMULA = "{"


def make_text_styles(book):
    """The formats of texts for write_text(): `quoted` is for those that look like a formula.

    As with an apostrophe before it: it stays text when the cell is edited or saved as CSV.
    """
    words = {"text_wrap": True, "valign": "top"}
    return {
        "words": book.add_format(words),
        "quoted": book.add_format({**words, "quote_prefix": True}),
    }


def write_text(sheet, row, column, text, styles):
    """Write the text as such into a cell of a workbook."""
    looks_like_formula = text.startswith((*FORMULA, ARRAY_FORMULA))
    style = styles["quoted" if looks_like_formula else "words"]
    sheet.write_string(row, column, text, style)
