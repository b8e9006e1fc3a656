"""The bundles of style sheets."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from college_site.pages.stylesheets import (
    IMPORT,
    TABLES_OF_CONTENTS,
    BundledStaticFilesStorage,
    bundle,
)

CSS = Path(__file__).resolve().parents[2] / "static" / "css"


def read(name):
    return Path(finders.find(name)).read_text(encoding="utf-8")


def list_imports(table):
    return [match["name"] for match in IMPORT.finditer(read(table))]


def bundle_all():
    """The text of all bundles, one after the other."""
    return "\n".join(bundle(read, table) for table in TABLES_OF_CONTENTS)


def sheets():
    """The names of our style sheets in the tables of contents, without the admin's."""
    names = {path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")}
    tables = {table.removeprefix("css/") for table in TABLES_OF_CONTENTS}
    return {name for name in names - tables if not name.startswith("admin/")}


def test_every_style_sheet_is_imported_by_exactly_one_table():
    names = [name for table in TABLES_OF_CONTENTS for name in list_imports(table)]
    assert sorted(names) == sorted(sheets())


def test_the_bundles_contain_every_rule():
    css = bundle_all()
    rule = re.compile(r"^(\S[^{}@/*]+) \{", re.MULTILINE)
    selectors = [each for name in sheets() for each in rule.findall(read(f"css/{name}"))]
    assert selectors
    for selector in selectors:
        assert selector in css


def test_the_bundles_import_nothing():
    assert "@import" not in bundle_all()


def test_the_first_sheet_alone_declares_the_layers():
    declares = [table for table in TABLES_OF_CONTENTS if "@layer" in read(table)]
    assert declares == [TABLES_OF_CONTENTS[0]]


@pytest.mark.parametrize("table", TABLES_OF_CONTENTS)
def test_the_layers_are_imported_in_the_declared_order(table):
    declared = re.search(r"@layer ([\w, ]+);", read(TABLES_OF_CONTENTS[0]))[1].split(", ")
    used = [match["layer"] for match in IMPORT.finditer(read(table))]
    assert sorted(used, key=declared.index) == used


def test_each_sheet_stays_in_its_layer():
    files = {"a/site.css": '@import "b.css" layer(base);', "a/b.css": "p { color: red }\n"}
    assert bundle(files.get, "a/site.css") == "@layer base {\np { color: red }\n}"


def test_comments_are_left_out():
    files = {"a/site.css": '/* one\ntwo */\n@import "b.css" layer(x);', "a/b.css": "/* no */ p {}"}
    assert bundle(files.get, "a/site.css") == "@layer x {\np {}\n}"


@pytest.mark.parametrize("table", TABLES_OF_CONTENTS)
def test_braces_are_balanced(table):
    css = bundle(read, table)
    assert css.count("{") == css.count("}")


def test_every_url_in_the_bundles_is_an_existing_file():
    addresses = re.findall(r"url\([\"']?([^\"')]+)[\"']?\)", bundle_all())
    assert addresses
    for address in addresses:
        assert (CSS / address).resolve().is_file(), address


def test_the_collected_style_sheets_are_the_bundles(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    source = FileSystemStorage(location=CSS.parent)
    names = [f"css/{name}" for name in sheets()] + [*TABLES_OF_CONTENTS]
    fonts = [f"fonts/{path.name}" for path in (CSS.parent / "fonts").glob("*.woff2")]
    storage = BundledStaticFilesStorage(location=tmp_path)
    for name in [*names, *fonts]:
        with source.open(name) as file:
            storage.save(name, ContentFile(file.read()))
    done = list(storage.post_process({name: (source, name) for name in [*names, *fonts]}))
    assert not [error for _, _, error in done if isinstance(error, Exception)]
    collected = [
        (tmp_path / storage.stored_name(table)).read_text() for table in TABLES_OF_CONTENTS
    ]
    assert not [css for css in collected if "@import" in css or "@layer" not in css]
    assert re.search(r"golos-text-cyrillic\.[0-9a-f]{12}\.woff2", collected[0])


def test_a_focus_ring_is_removed_only_where_has_draws_another():
    """A browser without :has() would show no focus at all."""
    css = bundle_all()
    guarded = re.search(r"@supports selector\(:has\(a\)\) \{(?:[^{}]*\{[^{}]*\})*\s*\}", css)[0]
    removed = re.compile(r":focus-visible \{\s*outline: (?:0|none)")
    assert removed.search(guarded)
    assert not removed.search(css.replace(guarded, ""))
