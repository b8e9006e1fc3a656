"""Members of staff who work on posts."""

import pytest

from college_site.accounts.roles import AUTHOR, EDITOR
from tests import factories
from tests.feedback.suggestion_admin import enter


@pytest.fixture
def author():
    return factories.member(AUTHOR, last_name="Петрова", first_name="Анна")


@pytest.fixture
def editor():
    return factories.member(EDITOR)


@pytest.fixture
def sign_in(client):
    """A function that logs in a member of staff with these permissions."""

    def log_in(*rights):
        enter(client, *rights)
        return client

    return log_in
