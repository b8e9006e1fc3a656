"""The site behind a page store."""

import pytest
from django.core.signals import request_started
from django.db import close_old_connections

from tests import factories
from tests.stored_pages import Server


@pytest.fixture
def server():
    """Without what Django does to connections around a request: here they hold a transaction."""
    factories.college()
    request_started.disconnect(close_old_connections)
    yield Server()
    request_started.connect(close_old_connections)
