"""The typefaces contain the characters that pages and drawn pictures show."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS_CSS = ROOT / "static" / "css" / "fonts.css"
DRAWING_FONT = ROOT / "college_site" / "fonts" / "golos-text-bold.ttf"
# What staff type: reports, prices, temperatures, sizes, formulas, foreign names, quotations.
TYPICAL = (
    "№ ₽ € ° ± × ÷ ² ³ ¼ ½ ¾ ‰ ≤ ≥ ≈ √ − – — - … • · § © ® ™ « » „ “ ” ‘ ’ é ü ö ç ← → ↑ ↓ ₂ Ґґ а́"
)
NOT_IN_GOLOS = "′ ″ ≠ ∞ ⁿ Ω μ π Δ Ⅳ ✓"  # the visitor's own fonts have them
PICTOGRAMS = {"▶", "✕"}  # on buttons, from the visitor's own fonts
INVISIBLE = {"\N{WORD JOINER}", "\N{SOFT HYPHEN}"}


@cache
def characters(path):
    return frozenset(map(chr, TTFont(path).getBestCmap()))


def declared_faces():
    """{path of a font: characters for which the style sheet uses it}."""
    face = re.compile(r'url\("([^"]+)"\)[^}]*unicode-range:([^;]+);')
    found = face.findall(FONTS_CSS.read_text(encoding="utf-8"))
    return {(FONTS_CSS.parent / url).resolve(): expand(ranges) for url, ranges in found}


def expand(ranges):
    """The characters of a `unicode-range`."""
    spans = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges)
    numbers = [(int(first, 16), int(last or first, 16)) for first, last in spans]
    return {chr(code) for first, last in numbers for code in range(first, last + 1)}


def web_characters():
    return set().union(*declared_faces().values())


def python_texts(path):
    """Strings of a module in which people read Russian, without docstrings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and re.search("[а-яё]{3}", node.value, re.IGNORECASE):
            yield node.value


def fixed_texts():
    """{file: its text} of everything with words that the site itself shows or draws."""
    paths = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    paths += (ROOT / "static" / "js").rglob("*.js")
    for app in ("news", "feedback"):
        paths += [*(ROOT / app / "demo").glob("*.t*")]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    for package in ("college_site", "news", "feedback"):
        for path in (ROOT / package).rglob("*.py"):
            texts[path] = "".join(python_texts(path))
    return texts


def test_each_range_is_exactly_what_its_font_contains():
    faces = declared_faces()
    assert len(faces) == 2
    for path, declared in faces.items():
        assert declared == characters(path), path.name


def test_no_character_is_declared_for_two_fonts():
    first, second = declared_faces().values()
    assert first & second == set()


def test_all_fixed_texts_can_be_set_in_the_typeface():
    available = web_characters() | INVISIBLE | PICTOGRAMS | {"\n"}
    texts = fixed_texts()
    lacking = {path.relative_to(ROOT): set(text) - available for path, text in texts.items()}
    assert len(texts) > 200
    assert {path: chars for path, chars in lacking.items() if chars} == {}


@pytest.mark.parametrize(
    "available", [web_characters(), characters(DRAWING_FONT)], ids=["pages", "pictures"]
)
def test_typical_content_can_be_set_in_the_typeface(available):
    alphabet = "".join(map(chr, range(ord("А"), ord("я") + 1))) + "Ёё"
    assert set(TYPICAL + alphabet) - available == set()


def test_pictures_are_drawn_with_the_characters_of_the_pages():
    assert characters(DRAWING_FONT) == web_characters()


def test_characters_that_the_typeface_lacks_are_left_to_other_fonts():
    assert web_characters() & set(NOT_IN_GOLOS.replace(" ", "")) == set()
