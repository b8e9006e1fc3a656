"""Shared fixtures: media folder, database settings, clients, rendered public pages."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.clients import browser
from tests.generated_input import choose_profile
from tests.markup import Markup
from tests.public_pages import (
    BROWSER_ENCODINGS,
    PUBLIC_PAGES,
    create_full_site,
    get_rendered,
    render_all_pages,
)

choose_profile()


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL leave out what asks no database: it runs on SQLite."""
    if connection.vendor == "postgresql":
        aside = [item for item in items if not asks_database(item)]
        config.hook.pytest_deselected(items=aside)
        items[:] = [item for item in items if asks_database(item)]


def asks_database(item):
    """Whether the test uses the database, itself or, as the long trials do, in other processes."""
    is_marked = any(map(item.get_closest_marker, ("django_db", "slow")))
    return is_marked or "django_db_setup" in item.fixturenames


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Use a file for SQLite as in production: threads cannot share an in-memory database."""
    database = project.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(project.DATA_DIR / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def static_root():
    """Create STATIC_ROOT: WhiteNoise warns if it is missing."""
    Path(project.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """An empty MEDIA_ROOT for each test; default_storage follows the setting."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def client():
    """A browser, which states that forms are sent from pages of this site."""
    return browser()


@pytest.fixture
def csrf_client():
    """A browser with CSRF checks."""
    return browser(enforce_csrf_checks=True)


@pytest.fixture
def staff_client(client, db):
    """A client logged in as a superuser."""
    client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def strict_client(client):
    """A client that returns the error page instead of raising the exception."""
    client.raise_request_exception = False
    return client


@pytest.fixture
def read_page():
    """A function that parses a response strictly; returns its Markup."""
    return lambda response: Markup(response.content.decode())


# Public pages -------------------------------------------------------------------------------------


@pytest.fixture
def site(db):
    """A site with all kinds of content, see create_full_site()."""
    return create_full_site()


@pytest.fixture(scope="session")
def render_pages(django_db_setup, django_db_blocker, tmp_path_factory):
    """render_all_pages() with a media folder for the session."""

    def render_all(render):
        folder = tmp_path_factory.mktemp("public_pages")
        with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder):
            return render_all_pages(render)

    return render_all


@pytest.fixture(params=PUBLIC_PAGES)
def page_name(request):
    """The name of a public page; the test runs once for each."""
    return request.param


@pytest.fixture(scope="session")
def pages(render_pages):
    """{name: response, queries and Markup} of each public page."""

    def render(client, fetch):
        with CaptureQueriesContext(connection) as queries:
            response = fetch()
        markup = Markup(response.content.decode())
        return SimpleNamespace(response=response, queries=queries.captured_queries, markup=markup)

    return render_pages(render)


@pytest.fixture
def public_page(pages, page_name):
    """One public page: `response`, `queries`, `markup`. It is shared, do not modify it."""
    return get_rendered(pages, page_name)


@pytest.fixture
def markup(public_page):
    """The Markup of one public page."""
    return public_page.markup


@pytest.fixture(scope="session")
def browser_pages(render_pages):
    """{name: response} of each public page to a browser that accepts compression."""

    def render(client, fetch):
        client.defaults["HTTP_ACCEPT_ENCODING"] = BROWSER_ENCODINGS
        return fetch()

    return render_pages(render)


@pytest.fixture
def browser_response(browser_pages, page_name):
    return get_rendered(browser_pages, page_name)
