"""The bundle of all style sheets."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from college_site.pages.stylesheets import IMPORT, BundledStaticFilesStorage, bundle

CSS = Path(__file__).resolve().parents[2] / "static" / "css"


def read(name):
    return Path(finders.find(name)).read_text(encoding="utf-8")


def sheets():
    """{name in the table of contents: text} of our style sheets, without the admin's."""
    names = {path.relative_to(CSS).as_posix() for path in CSS.rglob("*.css")}
    return {name for name in names if name != "site.css" and not name.startswith("admin/")}


def test_every_style_sheet_is_imported():
    assert {match["name"] for match in IMPORT.finditer(read("css/site.css"))} == sheets()


def test_no_style_sheet_is_imported_twice():
    names = [match["name"] for match in IMPORT.finditer(read("css/site.css"))]
    assert len(names) == len(set(names))


def test_the_bundle_contains_every_rule():
    css = bundle(read)
    rule = re.compile(r"^(\S[^{}@/*]+) \{", re.MULTILINE)
    selectors = [each for name in sheets() for each in rule.findall(read(f"css/{name}"))]
    assert selectors
    for selector in selectors:
        assert selector in css


def test_the_bundle_imports_nothing():
    assert "@import" not in bundle(read)


def test_the_layers_are_imported_in_the_declared_order():
    css = read("css/site.css")
    declared = re.search(r"@layer ([\w, ]+);", css)[1].split(", ")
    used = [match["layer"] for match in IMPORT.finditer(css)]
    assert sorted(used, key=declared.index) == used
    assert set(used) == set(declared)


def test_each_sheet_stays_in_its_layer():
    files = {"a/site.css": '@import "b.css" layer(base);', "a/b.css": "p { color: red }\n"}
    assert bundle(files.get, "a/site.css") == "@layer base {\np { color: red }\n}"


def test_comments_are_left_out():
    files = {"a/site.css": '/* one\ntwo */\n@import "b.css" layer(x);', "a/b.css": "/* no */ p {}"}
    assert bundle(files.get, "a/site.css") == "@layer x {\np {}\n}"


def test_braces_are_balanced():
    css = bundle(read)
    assert css.count("{") == css.count("}")


def test_every_url_in_the_bundle_is_an_existing_file():
    addresses = re.findall(r"url\([\"']?([^\"')]+)[\"']?\)", bundle(read))
    assert addresses
    for address in addresses:
        assert (CSS / address).resolve().is_file(), address


def test_the_collected_style_sheet_is_the_bundle(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    source = FileSystemStorage(location=CSS.parent)
    names = [f"css/{name}" for name in sheets()] + ["css/site.css"]
    fonts = [f"fonts/{path.name}" for path in (CSS.parent / "fonts").glob("*.woff2")]
    storage = BundledStaticFilesStorage(location=tmp_path)
    for name in [*names, *fonts]:
        with source.open(name) as file:
            storage.save(name, ContentFile(file.read()))
    done = list(storage.post_process({name: (source, name) for name in [*names, *fonts]}))
    assert not [error for _, _, error in done if isinstance(error, Exception)]
    collected = (tmp_path / storage.stored_name("css/site.css")).read_text(encoding="utf-8")
    assert "@import" not in collected
    assert re.search(r"golos-text-cyrillic\.[0-9a-f]{12}\.woff2", collected)


def test_a_focus_ring_is_removed_only_where_has_draws_another():
    """A browser without :has() would show no focus at all."""
    css = bundle(read)
    guarded = re.search(r"@supports selector\(:has\(a\)\) \{(?:[^{}]*\{[^{}]*\})*\s*\}", css)[0]
    removed = re.compile(r":focus-visible \{\s*outline: (?:0|none)")
    assert removed.search(guarded)
    assert not removed.search(css.replace(guarded, ""))
