"""The house rules that a machine can check."""

import ast
import inspect
import io
import re
import tokenize
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from feedback.urls import urlpatterns as feedback_urls
from news.urls import urlpatterns as news_urls

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("college_site", "news", "feedback", "deploy")
VAGUE = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "tools"}
LONGEST = 350
LONGEST_LINE = 120
MOST_WORDS = 12
HIDDEN = {"migrations", "__pycache__", ".ruff_cache"}
QUOTED = re.compile(  # names in quotation marks, code, laws
    r"«[^»]*»|`[^`]*`|\d+-ФЗ|\(?(?:статья|статьи|часть|пункт) [\d.]+\)?|ГОСТ(?: Р)?(?: [\d.-]+)?",
    re.DOTALL,
)
CYRILLIC = re.compile(r"[А-Яа-яЁё]+")
TESTED_TOGETHER = {  # pages of which the same is true: one test module for all of them
    "topic_feed_file": "feeds_of_a_topic_or_partner",
    "partner_feed_file": "feeds_of_a_topic_or_partner",
}


def files(*suffixes, rooms=ROOMS):
    """The files of our own with one of these suffixes, migrations left out."""
    return [
        path
        for room in rooms
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in suffixes and not HIDDEN & set(path.relative_to(ROOT).parts)
    ]


def read(path):
    return path.read_text(encoding="utf-8")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


MODULES = [path for path in files(".py") if read(path).strip()]
MODULES.append(ROOT / "manage.py")
TEMPLATES = files(".html", rooms=["templates"])
TESTS = files(".py", rooms=["tests"])


def offending(paths, problem):
    """The files that `problem` finds something in, by name, with what it finds."""
    found = {name_of(path): problem(path) for path in paths}
    return {name: what for name, what in found.items() if what}


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {module_name(path) for path in MODULES}


def imported(path):
    """The names of our modules that a module imports."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(read(path))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            found = [f"{source}.{alias.name}" for alias in node.names]
            found = [name if name in NAMES else source for name in found]
        else:
            continue
        yield from found


# Who may know whom --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("room", "strangers"),
    [
        ("news", {"feedback"}),
        ("feedback", {"news"}),
        ("college_site", {"news", "feedback"}),
        ("deploy", {"news", "feedback"}),
    ],
)
def test_apps_do_not_import_each_other(room, strangers):
    paths = list(files(".py", rooms=[room]))
    assert paths
    for path in paths:
        tops = {name.partition(".")[0] for name in imported(path)}
        assert not tops & {*strangers, "tests"}, name_of(path)


def test_imports_have_no_cycles():
    graph = {module_name(path): set(imported(path)) & NAMES for path in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def late_imports(path):
    """The lines of imports that do not stand at the top of the file."""
    tree = ast.parse(read(path))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    start = 1 if ast.get_docstring(tree) else 0
    top = tree.body[start : start + len(imports)]
    return [node.lineno for node in imports if node not in top]


def test_imports_are_at_the_top_of_the_file():
    paths = [path for path in MODULES if path.name != "apps.py"]
    assert offending(paths, late_imports) == {}


# Names, sizes, words ------------------------------------------------------------------------------


def test_no_module_has_a_vague_name():
    assert offending([*MODULES, *TESTS], lambda path: VAGUE & set(path.stem.split("_"))) == {}


def long_test_names(path):
    """The names of tests that have more than twelve words after `test`."""
    names = re.findall(r"^def test_(\w+)", read(path), re.MULTILINE)
    return [name for name in names if len(name.split("_")) > MOST_WORDS]


def test_no_test_name_has_more_than_twelve_words():
    assert offending(TESTS, long_test_names) == {}


def first_lines(path):
    """What is wrong with the docstring that opens a module."""
    text = read(path)
    first, _, rest = (ast.get_docstring(ast.parse(text)) or "").partition("\n")
    if text and (not first.endswith(".") or (rest and not rest.startswith("\n"))):
        return first or "no docstring"
    return None


def test_every_module_has_a_docstring_with_a_summary_line():
    assert offending([*MODULES, *TESTS], first_lines) == {}


def test_no_file_exceeds_the_maximum_length():
    paths = files(".py", ".html", ".css", ".js", rooms=[*ROOMS, "templates", "static", "tests"])
    lengths = {name_of(path): len(read(path).splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize(
    ("app", "page"),
    [
        *(("news", url.name) for url in news_urls),
        *(("feedback", url.name) for url in feedback_urls),
    ],
)
def test_a_page_has_the_same_name_in_every_layer(app, page):
    view = next(url.callback for url in [*news_urls, *feedback_urls] if url.name == page)
    assert view.__name__ == page
    assert (ROOT / "tests" / app / f"test_{TESTED_TOGETHER.get(page, page)}.py").exists()
    if not page.endswith("_file") and "GET" in methods(view):
        assert (ROOT / "templates" / app / f"{page}.html").exists()


def methods(view):
    """The methods that the view's decorators let through."""
    while view:
        allowed = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if allowed:
            return allowed
        view = getattr(view, "__wrapped__", None)
    raise AssertionError("decorate the view with the methods that it answers")


def cyrillic(text):
    """The Russian words of an English comment, quotations, code and names of laws left out."""
    return CYRILLIC.findall(QUOTED.sub("", text))


def documentation(path):
    """Comments and docstrings of a Python file."""
    text = read(path)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, kinds):
            yield ast.get_docstring(node) or ""


def comments(path):
    """The comments of a style sheet or a script."""
    return re.findall(r"/\*.*?\*/|^\s*//.*?$", read(path), re.DOTALL | re.MULTILINE)


def test_python_comments_and_docstrings_are_in_english():
    paths = [*MODULES, *TESTS]
    assert offending(paths, lambda path: cyrillic("\n".join(documentation(path)))) == {}


def test_comments_in_style_sheets_and_scripts_are_in_english():
    paths = files(".css", ".js", rooms=["static"])
    assert offending(paths, lambda path: cyrillic("\n".join(comments(path)))) == {}


@pytest.mark.parametrize(
    "name",
    ["Makefile", ".env.example", "requirements.txt", "requirements-dev.txt", "pyproject.toml"],
)
def test_other_files_are_in_english(name):
    assert cyrillic(read(ROOT / name)) == []


# Templates and styles -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("forbidden", "why"),
    [
        (r"\|\s*safe(seq)?\b|autoescape\s+off", "everything is escaped"),
        (r"\sstyle\s*=|<style", "no inline style"),
        (r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=|javascript:", "no inline script"),
        (r"(src|href)=[\"'](https?:)?//", "nothing of another host"),
    ],
)
def test_templates_contain_no_unsafe_markup(forbidden, why):
    assert offending(TEMPLATES, lambda path: re.findall(forbidden, read(path))) == {}, why


def too_long(path):
    """The numbers of the lines over 120 characters."""
    return [
        number for number, line in enumerate(read(path).splitlines(), 1) if len(line) > LONGEST_LINE
    ]


def test_no_template_line_exceeds_the_maximum_length():
    """The lines of a letter's plain text are its paragraphs."""
    assert offending(files(".html", ".xml", rooms=["templates"]), too_long) == {}


def test_only_two_modules_mark_html_as_safe():
    assert list(offending(MODULES, lambda path: "mark_safe(" in read(path))) == [
        "college_site/pages/structured_data.py",
        "college_site/rich_text.py",
    ]


def test_only_one_module_asks_for_permissions():
    """Elsewhere has_perm() would let in former staff: it does not look at `is_staff`."""
    assert list(offending(MODULES, lambda path: "has_perm(" in read(path))) == [
        "college_site/accounts/staff_permissions.py"
    ]


def raw_colours(path):
    text = re.sub(r"/\*.*?\*/", "", read(path), flags=re.DOTALL)
    return re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(", text)


def test_raw_colours_are_defined_in_the_tokens_only():
    tokens = ("tokens.css", "accessible_version.css")
    paths = [path for path in files(".css", rooms=["static"]) if path.name not in tokens]
    assert offending(paths, raw_colours) == {}


# Requirements -------------------------------------------------------------------------------------


def requirements(name):
    """The lines of a requirements file that name a package."""
    lines = read(ROOT / name).splitlines()
    return [line for line in lines if line.strip() and not line.startswith(("#", "-r", " "))]


def pins(name):
    """Package and version by a requirements file; extras are left out."""
    found = {}
    for line in requirements(name):
        package, _, version = re.split(r"[\s;\\#]", line, maxsplit=1)[0].partition("==")
        found[re.sub(r"\[.*\]", "", package).lower()] = version
    return found


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_locked_versions_match_the_requirements(name):
    locked, wanted = pins(f"{name}.lock"), pins(f"{name}.txt")
    assert {package: locked.get(package) for package in wanted} == wanted


def test_development_installs_every_production_package():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_each_requirement_is_pinned_with_a_reason(name):
    lines = list(requirements(name))
    assert lines
    for line in lines:
        assert re.fullmatch(r"[\w\-\[\]]+==[\w.]+ +# \S.+", line), line


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_each_locked_package_has_hashes(name):
    text = read(ROOT / name).replace("\\\n", " ")
    packages = [line for line in text.splitlines() if "==" in line and not line.startswith("#")]
    assert packages
    assert [line for line in packages if "--hash=sha256:" not in line] == []
