"""The admin's start page lists what awaits whom."""

import pytest

from tests import factories
from tests.news.test_autosaves import log_in

pytestmark = pytest.mark.django_db


def panels(user):
    """{heading: titles} on the start page."""
    found = log_in(user).get("/admin/").context["panels"]
    return {panel.heading: [row.title for row in panel.rows] for panel in found}


def test_the_start_page_tells_an_author_of_own_posts_only(author):
    for make in (factories.draft, factories.submitted, factories.returned):
        make(author=author, title=f"Моё {make.__name__}")
        make(author=factories.staff(), title="Чужое")
    assert panels(author) == {
        "Возвращено мне": ["Моё returned"],
        "На проверке": ["Моё submitted"],
        "Мои черновики": ["Моё draft"],
    }


def test_the_start_page_tells_an_editor_what_waits(author, editor):
    factories.submitted("Срочно", author=author, title="Ждёт")
    factories.returned(author=author)
    assert panels(editor) == {"На проверке": ["Ждёт"]}
    assert "Петрова\u00a0А.: Срочно" in log_in(editor).get("/admin/").content.decode()


def test_a_panel_shows_ten_rows_and_links_the_rest(editor, read_page):
    for _ in range(11):
        factories.submitted()
    [panel] = log_in(editor).get("/admin/").context["panels"]
    assert len(panel.rows) == 10
    rest = log_in(editor).get(panel.more).context["cl"].result_list
    assert len(rest) == 11


def test_the_start_page_takes_at_most_twelve_queries(author, editor, django_assert_max_num_queries):
    for make in (factories.draft, factories.submitted, factories.returned):
        for user in (author, editor):
            make(author=user)
    for user in (author, editor):
        client = log_in(user)
        with django_assert_max_num_queries(12):
            client.get("/admin/")


def test_an_author_without_any_post_is_led_to_the_first_draft(author):
    [panel] = log_in(author).get("/admin/").context["panels"]
    assert panel.heading == "С чего начать"
    for row in panel.rows:
        assert log_in(author).get(row.address).status_code == 200
    factories.draft(author=author)
    [panel] = log_in(author).get("/admin/").context["panels"]
    assert panel.heading == "Мои черновики"
