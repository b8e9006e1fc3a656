"""The list of public answers and its search."""

import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.models import Publication, Suggestion
from feedback.models.workflow.states import PUBLIC
from feedback.views.publications import SearchPaginator
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/answers/"


def titles(client, query=""):
    return [publication.title for publication in client.get(URL + query).context["page"]]


def test_the_newest_answer_is_listed_first(client):
    now = timezone.now()
    factories.publication(title="Раньше", published_at=now - datetime.timedelta(days=2))
    factories.publication(title="Позже", published_at=now - datetime.timedelta(days=1))
    assert titles(client) == ["Позже", "Раньше"]


@pytest.mark.parametrize("days", [None, 1])
def test_drafts_and_scheduled_publications_are_not_listed(client, days):
    moment = days and timezone.now() + datetime.timedelta(days=days)
    publication = factories.publication(published_at=moment)
    assert titles(client) == []
    assert client.get(publication.get_absolute_url()).status_code == 404


def test_the_empty_page_links_the_form(client):
    assert "Напишите первое предложение" in client.get(URL).content.decode()


@pytest.mark.parametrize("query", ["лавочка", "лавочки двор", "ЛАВОЧКУ"])
def test_a_publication_is_found_by_any_form_of_a_word(client, query):
    factories.publication(title="Лавочки во дворе")
    factories.publication(title="Расписание", text="Раньше вывешивать замены.")
    assert titles(client, f"?q={query}") == ["Лавочки во дворе"]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Медиа-центр", "медиацентр"),
        ("Медиацентр", "медиа—центр"),
        ("Медиацентр", "медиа центр"),
        ("Сто\u00adло\u200bвая", "столовая"),
        ("Столовая", "стoлoвaя"),
        ("Йогурт", "\u0438\u0306огурт"),
    ],
)
def test_a_publication_is_found_however_it_is_typed(client, title, query):
    factories.publication(title=title)
    factories.publication(title="Расписание", text="Раньше вывешивать замены.")
    assert titles(client, f"?q={query}") == [title]


def test_every_word_of_the_query_must_match(client):
    factories.publication(title="Лавочки во дворе")
    assert titles(client, "?q=лавочки столовая") == []


def test_answers_are_searched(client):
    factories.publication(title="Лавочки", answer="Поставили новые скамейки.")
    assert titles(client, "?q=скамейка") == ["Лавочки"]


def test_the_list_can_be_filtered_by_topic_and_state(client):
    topic = factories.suggestion_topic()
    factories.publication(title="Наше", suggestion=factories.answered(topic=topic))
    factories.publication(title="Чужое")
    assert titles(client, f"?topic={topic.pk}") == ["Наше"]
    assert titles(client, f"?topic={topic.pk}&state=declined") == []
    assert titles(client, f"?topic={topic.pk}&state=answered") == ["Наше"]


@pytest.mark.parametrize("state", PUBLIC)
def test_the_list_can_be_filtered_by_every_public_state(client, state):
    suggestion = factories.suggestion(may_publish=True, status=state, answer="Да.")
    assert Suggestion.objects.publishable().get() == suggestion
    factories.publication(title="Наше", suggestion=suggestion)
    others = [other for other in PUBLIC if other != state]
    assert titles(client, f"?state={state}") == ["Наше"]
    assert [titles(client, f"?state={other}") for other in others] == [[]] * 4


@pytest.mark.parametrize("query", ["?topic=x", "?topic=" + "9" * 4400, "?state=quarantine"])
def test_an_invalid_filter_is_ignored(client, query):
    factories.publication(title="Лавочки")
    assert titles(client, query) == ["Лавочки"]


def test_a_search_without_results_says_so_and_is_not_indexed(client):
    factories.publication()
    page = client.get(f"{URL}?q=столовая").content.decode()
    assert "пока не&nbsp;предлагали" in page
    assert 'content="noindex"' in page


def test_only_the_redacted_text_is_shown(client):
    suggestion = factories.answered(text="Меня зовут так-то, поставьте лавочки.", may_publish=True)
    publication = factories.publication(suggestion=suggestion, text="Поставьте лавочки.")
    for url in (URL, publication.get_absolute_url(), f"{URL}atom.xml"):
        assert "Меня зовут" not in client.get(url).content.decode()


def test_a_long_list_takes_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    for _ in range(25):
        factories.publication()
    with django_assert_max_num_queries(6):
        assert len(titles(client)) == 20
    assert len(titles(client, "?page=2")) == 5


def test_a_changed_list_is_not_answered_304(client):
    factories.college()
    publication = factories.publication()
    etag = client.get(URL).headers["ETag"]
    assert client.get(URL, HTTP_IF_NONE_MATCH=etag).status_code == 304
    publication.unpublish(factories.staff(), "Проверим ещё раз.")
    assert client.get(URL, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_a_withdrawn_suggestion_is_not_found(client):
    suggestion = factories.suggestion(may_publish=True)
    publication = factories.publication(suggestion=suggestion)
    suggestion.withdraw(uuid4())
    assert client.get(publication.get_absolute_url()).status_code == 404


def test_only_the_first_eight_words_of_a_query_count(client):
    factories.publication(title="Лавочки во дворе")
    assert titles(client, f"?q={'двор ' * 8}столовая") == ["Лавочки во дворе"]
    assert titles(client, f"?q={'двор ' * 7}столовая") == []


@pytest.mark.parametrize("most_rare", [0, 5000])
def test_frequent_and_rare_words_find_the_same_answers(client, monkeypatch, most_rare):
    monkeypatch.setattr("feedback.models.search_words.FREQUENT", most_rare)
    for title in ("Лавочки во дворе", "Лавочки у столовой", "Двор"):
        factories.publication(title=title, text="Просим.")
    assert titles(client, "?q=лавочка") == ["Лавочки у столовой", "Лавочки во дворе"]
    assert titles(client, "?q=лавочка двор") == ["Лавочки во дворе"]


def test_answers_of_a_frequent_word_are_read_in_list_order(monkeypatch):
    monkeypatch.setattr("feedback.models.search_words.FREQUENT", 0)
    factories.publication(title="Лавочки")
    found = str(Publication.objects.published().with_words(["лавочка"]).query)
    assert "EXISTS(" in found
    assert "IN (SELECT" not in found


@pytest.mark.parametrize("most_rare", [0, 5000])
def test_frequent_and_rare_states_find_the_same_answers(client, monkeypatch, most_rare):
    monkeypatch.setattr("feedback.models.publications.FREQUENT", most_rare)
    topic = factories.suggestion_topic()
    for title, status in (("Раньше", "declined"), ("Другое", "answered"), ("Позже", "declined")):
        about = {"may_publish": True, "status": status, "answer": "Да.", "topic": topic}
        factories.publication(title=title, suggestion=factories.suggestion(**about))
    assert titles(client, "?state=declined") == ["Позже", "Раньше"]
    assert titles(client, f"?state=declined&topic={topic.pk}") == ["Позже", "Раньше"]


def test_answers_of_a_rare_state_are_looked_up(monkeypatch):
    factories.publication(suggestion=factories.answered(may_publish=True))
    rare = str(Publication.objects.published().of_suggestions(status="answered").query)
    monkeypatch.setattr("feedback.models.publications.FREQUENT", 0)
    frequent = str(Publication.objects.published().of_suggestions(status="answered").query)
    assert ["IN (SELECT" in sql for sql in (rare, frequent)] == [True, False]


def test_a_search_counts_no_further_than_its_pages_and_says_so(client, monkeypatch, read_page):
    monkeypatch.setattr(SearchPaginator, "max_pages", 1)
    for _ in range(20):
        factories.publication(title="Лавочки")
    note = "20 предложений."
    assert note in words_of(client, read_page)
    factories.publication(title="Лавочки")
    with CaptureQueriesContext(connection) as queries:
        assert "Больше 20 предложений, показаны новые." in words_of(client, read_page)
    assert any("COUNT(" in query["sql"] and "LIMIT 21" in query["sql"] for query in queries)
    assert len(titles(client, "?q=лавочка&page=2")) == 20


def words_of(client, read_page):
    words = read_page(client.get(f"{URL}?q=лавочка")).root.text()
    return " ".join(words.replace("\u00a0", " ").split())
