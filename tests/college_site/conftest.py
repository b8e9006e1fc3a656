"""The site behind a page store."""

import pytest
import time_machine
from django.core.signals import request_started
from django.db import close_old_connections

from tests import factories
from tests.stored_pages import NOON, Server


@pytest.fixture
def server():
    """Without what Django does to connections around a request: here they hold a transaction."""
    factories.college()
    request_started.disconnect(close_old_connections)
    yield Server()
    request_started.connect(close_old_connections)


@pytest.fixture
def clock():
    """A traveller in time, at NOON."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
