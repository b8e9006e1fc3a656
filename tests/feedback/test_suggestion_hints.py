"""The hints that a script requests while the user types."""

import pytest

from feedback.models import RateLimitCounter, Suggestion
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/new/hints/"


def hints(client, text):
    return client.post(URL, {"text": text}).content.decode()


def test_an_everyday_text_gets_no_hints(client):
    assert hints(client, "Поставьте лавочки во дворе.").strip() == ""


def test_a_text_that_mentions_harm_gets_help_lines(client):
    assert 'href="tel:88002000122"' in hints(client, "Меня травят в группе.")


def test_personal_data_are_marked_and_questioned(client):
    shown = hints(client, "Спросите Анну Петровну, 8 927 123-45-67.")
    assert "Оставить это в&nbsp;тексте?" in shown
    assert "<mark>8 927 123-45-67</mark>" in shown


def test_similar_answers_are_offered(client):
    publication = factories.publication(title="Лавочки во дворе")
    shown = hints(client, "Поставьте во двор лавочку.")
    assert f'href="{publication.get_absolute_url()}"' in shown


def test_quoted_text_is_escaped(client):
    assert "<script>" not in hints(client, "<script>a@example.ru</script>")


def test_hints_store_nothing(client):
    hints(client, "Меня травят в группе, звоните 8 927 123-45-67.")
    assert not Suggestion.objects.exists()
    assert not RateLimitCounter.objects.exists()


@pytest.mark.parametrize("text", ["", "\x00", "А" * 100_000, "@" * 5000, "8" * 5000, "Аа " * 2000])
def test_any_text_is_answered(client, text):
    assert client.post(URL, {"text": text}).status_code == 200


def test_hints_are_available_by_post_only(client):
    assert client.get(URL).status_code == 405


def test_the_check_page_shows_hints_without_javascript(client):
    entries = {
        "submission_key": "0b4cbbd6-6d5c-4f3e-9d5b-2a3e62a1f0c1",
        "topic": factories.suggestion_topic().pk,
        "role": "student",
        "text": "Меня травят в группе, об этом знает Анна Петровна.",
    }
    page = client.post("/feedback/new/", entries).content.decode()
    assert "телефон доверия" in page
    assert "<mark>Анна Петровна</mark>" in page


def test_hints_are_given_for_the_beginning_of_a_long_text(client, monkeypatch):
    monkeypatch.setattr(Suggestion, "TEXT_LENGTH", 20)
    asked = {"text": "Поставьте лавочки. " * 2 + "Меня травят в группе."}
    assert "8-800-2000-122" not in client.post("/feedback/new/hints/", asked).content.decode()
    monkeypatch.setattr(Suggestion, "TEXT_LENGTH", 200)
    assert "8-800-2000-122" in client.post("/feedback/new/hints/", asked).content.decode()
