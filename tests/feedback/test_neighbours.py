"""Which suggestion opens after an answer, and by «Следующее» and «Предыдущее»."""

import datetime

import pytest
from django.utils import timezone

from feedback.admin.desk.page_paths import NO_MORE
from feedback.models import Suggestion
from tests import factories
from tests.feedback.suggestion_admin import LIST, RIGHTS, act, enter, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client):
    return enter(client, *RIGHTS)


ANSWER = {"words": "Слова.", "decision": "accepted"}


def received(days_ago, **fields):
    moment = timezone.now() - datetime.timedelta(days=days_ago)
    return factories.suggestion(received_at=moment, **fields)


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("name", ["answered", "declined"])
def test_after_an_answer_the_one_due_first_opens(client, name):
    received(3)
    first, current = received(9), received(20)
    received(30, status="waiting")
    response = act(client, current, name, "Слова.")
    assert response.url == page_of(first)
    page = client.get(response.url).content.decode()
    assert f"№ {current.number}: " in page
    assert "Отменить действие" in page


@pytest.mark.usefixtures("worker")
def test_after_the_last_one_the_list_opens(client):
    assert act(client, received(1), "answered", "Слова.").url == LIST


@pytest.mark.usefixtures("worker")
def test_the_next_one_comes_from_the_filter_of_the_list(client):
    topic = factories.suggestion_topic()
    current, other, wanted = received(5, topic=topic), received(9), received(3, topic=topic)
    filters = f"?_changelist_filters=topic__id__exact%3D{topic.pk}"
    address = f"{LIST}{current.pk}/act/answered/{filters}"
    assert client.post(address, ANSWER).url == f"{page_of(wanted)}{filters}"
    address = f"{LIST}{wanted.pk}/act/answered/{filters}"
    assert client.post(address, ANSWER).url == f"{LIST}?topic__id__exact={topic.pk}"
    assert other.status == "received"


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("filters", ["text__contains%3Dа", "topic__id__exact%3Dx"])
def test_filters_that_make_no_sense_lead_to_any_other_one(client, filters):
    current, other = received(5), received(3)
    address = f"{LIST}{current.pk}/act/answered/?_changelist_filters={filters}"
    assert client.post(address, ANSWER).url.startswith(page_of(other))


@pytest.mark.usefixtures("worker")
def test_hidden_ones_are_never_next(client):
    received(9, is_restricted=True)
    assert act(client, received(1), "answered", "Слова.").url == LIST


@pytest.mark.usefixtures("worker")
def test_next_and_previous_follow_what_is_due(client):
    late, middle, early = received(1), received(5), received(9)
    assert client.get(f"{LIST}{middle.pk}/next/").url == page_of(late)
    assert client.get(f"{LIST}{middle.pk}/previous/").url == page_of(early)


def walk(client, first, direction):
    """The keys of the suggestions that a button opens, one after the other."""
    keys = [first.pk]
    while page := client.get(f"{LIST}{keys[-1]}/{direction}/").url.removeprefix(LIST):
        keys.append(int(page.split("/")[0]))
    return keys


def list_ties():
    """Two of each kind that the list orders by nothing but the moment of receipt and the key."""
    moment = timezone.now() - datetime.timedelta(days=3)
    due_on = timezone.localdate()
    rows = [
        factories.suggestion(received_at=received_at, is_restricted=is_restricted)
        for is_restricted in (False, True)
        for received_at in (moment, moment, moment - datetime.timedelta(hours=1))
    ]
    Suggestion.objects.update(due_on=due_on, limit_on=due_on)
    return rows


def test_next_and_previous_walk_through_ties_as_the_list_shows_them(client):
    enter(client, *RIGHTS, "view_restricted")
    list_ties()
    shown = list(client.get(LIST).context["cl"].result_list)
    assert walk(client, shown[0], "next") == [row.pk for row in shown]
    assert walk(client, shown[-1], "previous") == [row.pk for row in reversed(shown)]


def test_after_an_answer_the_first_of_the_list_opens_among_ties(client):
    enter(client, *RIGHTS, "view_restricted")
    ties = list_ties()
    for _ in ties[:-1]:
        shown = list(client.get(LIST).context["cl"].result_list)
        running = [row for row in shown if row.status == "received"]
        assert act(client, running[0], "answered", "Слова.").url == page_of(running[1])


@pytest.mark.usefixtures("worker")
def test_from_a_closed_one_only_the_previous_leads_on(client):
    running, late, closed = received(5), received(1), factories.answered()
    assert client.get(f"{LIST}{closed.pk}/previous/").url == page_of(late)
    assert client.get(f"{LIST}{closed.pk}/next/").url == LIST
    assert running.due_on < late.due_on


@pytest.mark.usefixtures("worker")
def test_at_the_end_the_list_says_so(client):
    response = client.get(f"{LIST}{received(1).pk}/next/", follow=True)
    assert [str(message) for message in response.context["messages"]] == [NO_MORE]
