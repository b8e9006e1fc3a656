"""What every test stands on: its own media folder, a database for threads, the public pages."""

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
    page_of,
    rendered_pages,
    site_in_full_use,
)

choose_profile()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file as in production: threads cannot share one in memory."""
    database = project.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(project.DATA_DIR / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def collected_folder():
    """WhiteNoise warns when the folder of collected static files is missing."""
    Path(project.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """An empty folder for the files of one test; default_storage follows the setting."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def client():
    """A browser: it says that its forms are sent from pages of this site."""
    return browser()


@pytest.fixture
def careful():
    """A browser whose CSRF tokens are checked, as on the real site."""
    return browser(enforce_csrf_checks=True)


@pytest.fixture
def staff_client(client, db):
    """A client that is logged in as a superuser."""
    client.force_login(factories.staff(), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def strict_client(client):
    """A client that gets the error page instead of the exception."""
    client.raise_request_exception = False
    return client


@pytest.fixture
def read_page():
    """Reads a response strictly: gives its Markup."""
    return lambda response: Markup(response.content.decode())


# The public pages ---------------------------------------------------------------------------------


@pytest.fixture
def site(db):
    """A site in full use: its post, partner, consent, suggestion and publication."""
    return site_in_full_use()


@pytest.fixture(scope="session")
def render_pages(django_db_setup, django_db_blocker, tmp_path_factory):
    """rendered_pages(), with a folder for the files of the site."""

    def render_all(render):
        folder = tmp_path_factory.mktemp("public_pages")
        with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder):
            return rendered_pages(render)

    return render_all


@pytest.fixture(params=PUBLIC_PAGES)
def page_name(request):
    """The name of a public page; the test runs once for each of them."""
    return request.param


@pytest.fixture(scope="session")
def pages(render_pages):
    """The response of each public page, with the queries that it took and its Markup."""

    def render(client, fetch):
        with CaptureQueriesContext(connection) as queries:
            response = fetch()
        markup = Markup(response.content.decode())
        return SimpleNamespace(response=response, queries=queries.captured_queries, markup=markup)

    return render_pages(render)


@pytest.fixture
def public_page(pages, page_name):
    """One public page: `response`, `queries`, `markup`. It is shared: only read it."""
    return page_of(pages, page_name)


@pytest.fixture
def markup(public_page):
    """The Markup of one public page."""
    return public_page.markup


@pytest.fixture(scope="session")
def pages_as_browsers_ask(render_pages):
    """The response of each public page to a browser, which accepts compressed text."""

    def render(client, fetch):
        client.defaults["HTTP_ACCEPT_ENCODING"] = BROWSER_ENCODINGS
        return fetch()

    return render_pages(render)


@pytest.fixture
def response_to_browser(pages_as_browsers_ask, page_name):
    return page_of(pages_as_browsers_ask, page_name)
