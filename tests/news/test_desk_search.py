"""The search of the list of posts in the admin."""

import pytest

from news.admin import posts as admin
from tests import factories

pytestmark = pytest.mark.django_db


def search(client, text, **parameters):
    page = client.get("/admin/news/post/", {"q": text, **parameters})
    return [post.title for post in page.context["cl"].result_list]


@pytest.mark.parametrize("text", ["практикой", "завод практика", "ЗАВОДЕ", "саратов", "прак"])
def test_posts_are_found_by_words_in_any_form(staff_client, text):
    factories.draft(title="Практика на заводе", place="Саратов")
    factories.post(title="Выставка", place="Балаково")
    assert search(staff_client, text) == ["Практика на заводе"]


@pytest.mark.parametrize("text", ["!", "%", '"', "*", "ёж" * 100, "a OR b", "NEAR("])
def test_any_text_is_answered(staff_client, text):
    factories.post(title="Практика")
    assert search(staff_client, text) == []


def test_only_spaces_search_for_nothing(staff_client):
    factories.post(title="Практика")
    assert search(staff_client, "  ") == ["Практика"]


def test_filters_come_before_the_limit_of_what_is_found(staff_client, monkeypatch):
    monkeypatch.setattr(admin, "MOST_FOUND", 1)
    factories.draft(title="Практика первая")
    factories.post(title="Практика вторая")
    assert search(staff_client, "практика") == ["Практика вторая"]
    assert search(staff_client, "практика", state="draft") == ["Практика первая"]


def test_what_is_in_the_bin_is_not_found(staff_client):
    factories.draft(title="Практика").move_to_bin(None)
    assert search(staff_client, "практика") == []
