"""Project conventions that can be checked automatically."""

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
PACKAGES = ("college_site", "news", "feedback", "deploy")
VAGUE = {"utils", "util", "helpers", "helper", "services", "service", "common", "misc", "tools"}
MAX_LINES = 350
MAX_LINE_LENGTH = 120
MAX_WORDS = 12
HIDDEN = {"migrations", "__pycache__", ".ruff_cache"}
QUOTED = re.compile(  # names in quotation marks, code, laws
    r"«[^»]*»|`[^`]*`|\d+-ФЗ|\(?(?:статья|статьи|часть|пункт) [\d.]+\)?|ГОСТ(?: Р)?(?: [\d.-]+)?",
    re.DOTALL,
)
CYRILLIC = re.compile(r"[А-Яа-яЁё]+")
TESTED_TOGETHER = {  # pages that share one test module
    "topic_feed_file": "feeds_of_a_topic_or_partner",
    "partner_feed_file": "feeds_of_a_topic_or_partner",
    "preview_photo_file": "post_preview",
    "preview_document_file": "post_preview",
}


def list_files(*suffixes, packages=PACKAGES):
    """The paths of files with one of these suffixes, without migrations."""
    return [
        path
        for package in packages
        for path in sorted((ROOT / package).rglob("*"))
        if path.suffix in suffixes and not HIDDEN & set(path.relative_to(ROOT).parts)
    ]


def read_text(path):
    return path.read_text(encoding="utf-8")


def relative_name(path):
    return path.relative_to(ROOT).as_posix()


MODULES = [path for path in list_files(".py") if read_text(path).strip()]
MODULES.append(ROOT / "manage.py")
TEMPLATES = list_files(".html", packages=["templates"])
TESTS = list_files(".py", packages=["tests"])


def find_problems(paths, check):
    """{file name: result of check(path)} for the paths with a truthy result."""
    results = {relative_name(path): check(path) for path in paths}
    return {name: result for name, result in results.items() if result}


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {module_name(path) for path in MODULES}


def list_imports(path):
    """Yield the full names of all imports of a module."""
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(read_text(path))):
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


# Imports ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("news", {"feedback"}),
        ("feedback", {"news"}),
        ("college_site", {"news", "feedback"}),
        ("deploy", {"news", "feedback"}),
    ],
)
def test_apps_do_not_import_each_other(package, forbidden):
    paths = list(list_files(".py", packages=[package]))
    assert paths
    for path in paths:
        tops = {name.partition(".")[0] for name in list_imports(path)}
        assert not tops & {*forbidden, "tests"}, relative_name(path)


def test_imports_have_no_cycles():
    graph = {module_name(path): set(list_imports(path)) & NAMES for path in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def list_late_imports(path):
    """The line numbers of imports that are not at the top of the file."""
    tree = ast.parse(read_text(path))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    start = 1 if ast.get_docstring(tree) else 0
    top = tree.body[start : start + len(imports)]
    return [node.lineno for node in imports if node not in top]


def test_imports_are_at_the_top_of_the_file():
    # Those two come before what they set up: the apps and the settings.
    paths = [path for path in MODULES if path.name not in ("apps.py", "wsgi.py")]
    assert find_problems(paths, list_late_imports) == {}


def list_unpacked_tuples(path):
    """The line numbers of tuples that are unpacked where their elements could stand."""
    nodes = ast.walk(ast.parse(read_text(path)))
    starred = [node for node in nodes if isinstance(node, ast.Starred)]
    return [node.lineno for node in starred if isinstance(node.value, ast.Tuple)]


def test_no_tuple_is_unpacked_to_save_lines():
    assert find_problems(MODULES, list_unpacked_tuples) == {}


# Names, lengths, language -------------------------------------------------------------------------


def test_no_module_has_a_vague_name():
    assert find_problems([*MODULES, *TESTS], lambda path: VAGUE & set(path.stem.split("_"))) == {}


def list_long_test_names(path):
    """The names of tests with more than MAX_WORDS words after `test_`."""
    names = re.findall(r"^def test_(\w+)", read_text(path), re.MULTILINE)
    return [name for name in names if len(name.split("_")) > MAX_WORDS]


def test_no_test_name_has_more_than_twelve_words():
    assert find_problems(TESTS, list_long_test_names) == {}


def find_docstring_problem(path):
    """The invalid summary line of a module's docstring, or None."""
    text = read_text(path)
    first, _, rest = (ast.get_docstring(ast.parse(text)) or "").partition("\n")
    if text and (not first.endswith(".") or (rest and not rest.startswith("\n"))):
        return first or "no docstring"
    return None


def test_every_module_has_a_docstring_with_a_summary_line():
    assert find_problems([*MODULES, *TESTS], find_docstring_problem) == {}


def test_no_file_exceeds_the_maximum_length():
    paths = list_files(
        ".py", ".html", ".css", ".js", packages=[*PACKAGES, "templates", "static", "tests"]
    )
    lengths = {relative_name(path): len(read_text(path).splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


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
    if not page.endswith("_file") and "GET" in allowed_methods(view):
        assert (ROOT / "templates" / app / f"{page}.html").exists()


def allowed_methods(view):
    """The HTTP methods that the view's decorators allow."""
    while view:
        allowed = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if allowed:
            return allowed
        view = getattr(view, "__wrapped__", None)
    raise AssertionError("expected a view with require_safe or require_http_methods")


def list_cyrillic_words(text):
    """The Russian words of an English text, without quotations, code and names of laws."""
    return CYRILLIC.findall(QUOTED.sub("", text))


def list_documentation(path):
    """Yield the comments and docstrings of a Python file."""
    text = read_text(path)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, kinds):
            yield ast.get_docstring(node) or ""


def list_comments(path):
    """The comments of a style sheet or a script."""
    return re.findall(r"/\*.*?\*/|^\s*//.*?$", read_text(path), re.DOTALL | re.MULTILINE)


def test_python_comments_and_docstrings_are_in_english():
    paths = [*MODULES, *TESTS]
    assert (
        find_problems(paths, lambda path: list_cyrillic_words("\n".join(list_documentation(path))))
        == {}
    )


def test_comments_in_style_sheets_and_scripts_are_in_english():
    paths = list_files(".css", ".js", packages=["static"])
    assert (
        find_problems(paths, lambda path: list_cyrillic_words("\n".join(list_comments(path)))) == {}
    )


@pytest.mark.parametrize(
    "name",
    ["Makefile", ".env.example", "requirements.txt", "requirements-dev.txt", "pyproject.toml"],
)
def test_other_files_are_in_english(name):
    assert list_cyrillic_words(read_text(ROOT / name)) == []


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
    assert find_problems(TEMPLATES, lambda path: re.findall(forbidden, read_text(path))) == {}, why


def list_long_lines(path):
    """The numbers of the lines longer than MAX_LINE_LENGTH."""
    return [
        number
        for number, line in enumerate(read_text(path).splitlines(), 1)
        if len(line) > MAX_LINE_LENGTH
    ]


def test_no_template_line_exceeds_the_maximum_length():
    """Plain-text emails are exempt: each of their lines is a paragraph."""
    assert find_problems(list_files(".html", ".xml", packages=["templates"]), list_long_lines) == {}


def test_only_two_modules_mark_html_as_safe():
    assert list(find_problems(MODULES, lambda path: "mark_safe(" in read_text(path))) == [
        "college_site/pages/structured_data.py",
        "college_site/rich_text.py",
    ]


def test_only_one_module_asks_for_permissions():
    """Elsewhere has_perm() would let in former staff: it does not look at `is_staff`."""
    assert list(find_problems(MODULES, lambda path: "has_perm(" in read_text(path))) == [
        "college_site/accounts/staff_permissions.py"
    ]


def list_raw_colours(path):
    text = re.sub(r"/\*.*?\*/", "", read_text(path), flags=re.DOTALL)
    return re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(", text)


def test_raw_colours_are_defined_in_the_tokens_only():
    tokens = ("tokens.css", "accessible_version.css")
    paths = [path for path in list_files(".css", packages=["static"]) if path.name not in tokens]
    assert find_problems(paths, list_raw_colours) == {}


# Requirements -------------------------------------------------------------------------------------


def requirements(name):
    """The lines of a requirements file that contain a package."""
    lines = read_text(ROOT / name).splitlines()
    return [line for line in lines if line.strip() and not line.startswith(("#", "-r", " "))]


def pins(name):
    """{package: version} of a requirements file; extras are left out."""
    versions = {}
    for line in requirements(name):
        package, _, version = re.split(r"[\s;\\#]", line, maxsplit=1)[0].partition("==")
        versions[re.sub(r"\[.*\]", "", package).lower()] = version
    return versions


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_locked_versions_match_the_requirements(name):
    locked, required = pins(f"{name}.lock"), pins(f"{name}.txt")
    assert {package: locked.get(package) for package in required} == required


def test_development_installs_every_production_package():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_each_requirement_is_pinned_with_a_reason(name):
    lines = list(requirements(name))
    assert lines
    for line in lines:
        assert re.fullmatch(r"[\w\-\[\]]+==[\w.]+( ; [^#]+)? +# \S.+", line), line


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_each_locked_package_has_hashes(name):
    text = read_text(ROOT / name).replace("\\\n", " ")
    packages = [line for line in text.splitlines() if "==" in line and not line.startswith("#")]
    assert packages
    assert [line for line in packages if "--hash=sha256:" not in line] == []
