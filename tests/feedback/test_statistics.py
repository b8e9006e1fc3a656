"""Statistics of suggestions and answers."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from feedback.models import Suggestion
from feedback.statistics.calculation import calculate_statistics
from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db
URL = "/feedback/figures/"
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def received(days_ago, answered_after=None, **fields):
    """A suggestion received `days_ago` and answered `answered_after` days later."""
    suggestion = factories.suggestion(received_at=NOW - datetime.timedelta(days=days_ago), **fields)
    if answered_after is not None:
        suggestion.give_answer("Сделали.", factories.staff())
        moment = suggestion.received_at + datetime.timedelta(days=answered_after)
        suggestion.answered_at = moment
        suggestion.save()
    return suggestion


def test_received_and_answered_suggestions_are_counted():
    received(40, answered_after=3)
    received(20)
    total = calculate_statistics().total
    assert (total.received, total.answered) == (2, 1)


def test_the_median_is_of_the_days_until_the_answer():
    for days in (2, 3, 20):
        received(40, answered_after=days)
    assert calculate_statistics().total.median_days == 3


def test_the_share_on_time_counts_answered_and_due_suggestions():
    received(100, answered_after=10)
    received(100, answered_after=25)
    received(100, answered_after=60)  # late
    received(100)  # never answered: late as well
    received(5)  # not due yet
    assert calculate_statistics().total.on_time_percent == 50


def test_a_missing_answer_counts_as_late_only_after_its_deadline(client):
    received(5, answered_after=2)
    received(30)  # due today
    assert calculate_statistics().total.on_time_percent == 100
    words = "на&nbsp;которые уже ответили или срок ответа на&nbsp;которые прошёл"
    assert words in flat(client.get(URL).content.decode())
    with time_machine.travel(NOW + datetime.timedelta(days=1), tick=False):
        assert calculate_statistics().total.on_time_percent == 50


def test_what_waits_for_its_author_becomes_late_no_more():
    today = timezone.localdate()
    for days in (6, 2):  # one was late before it waited
        waiting = Suggestion.objects.filter(pk=received(40).pk)
        since, due_on = (today - datetime.timedelta(days=number) for number in (5, days))
        waiting.update(status="waiting", paused_on=since, due_on=due_on, limit_on=due_on)
    total = calculate_statistics().total
    assert (total.received, total.late) == (2, 1)


def test_there_is_no_share_on_time_before_anything_is_due():
    received(5)
    total = calculate_statistics().total
    assert (total.on_time_percent, total.median_days) == (None, None)


def test_todays_events_are_counted_from_tomorrow():
    received(0)
    received(10, answered_after=10)
    total = calculate_statistics().total
    assert (total.received, total.answered) == (1, 0)
    with time_machine.travel(NOW + datetime.timedelta(days=1), tick=False):
        total = calculate_statistics().total
        assert (total.received, total.answered) == (2, 1)


@pytest.mark.parametrize("status", ["quarantine", "withdrawn"])
def test_quarantined_and_withdrawn_suggestions_are_not_counted(status):
    received(10, status=status)
    assert calculate_statistics().total.received == 0


def test_the_months_start_with_the_first_suggestion_of_twelve_months():
    received(2)
    received(70)
    received(400)
    months = calculate_statistics().months
    assert [month.label for month in months] == ["сен 2026", "окт 2026", "ноя 2026"]
    assert [month.received for month in months] == [1, 0, 1]


def test_all_twelve_months_are_counted():
    received(354)
    assert [month.label for month in calculate_statistics().months][::11] == [
        "дек 2025",
        "ноя 2026",
    ]


def test_months_follow_the_local_time_zone():
    factories.suggestion(received_at=datetime.datetime(2026, 10, 31, 21, tzinfo=datetime.UTC))
    assert calculate_statistics().months[-1].received == 1  # in Saratov: 01:00 on 1 November


def test_topics_are_sorted_as_in_the_form():
    later = factories.suggestion_topic(title="А", order=2)
    first = factories.suggestion_topic(title="Б", order=1)
    factories.suggestion_topic(title="Пустая", order=3)
    received(3, topic=later)
    received(3, topic=first)
    assert [row.label for row in calculate_statistics().topics] == ["Б", "А"]


def test_each_line_of_a_chart_says_how_many_were_answered(client, read_page):
    received(2)
    received(40, answered_after=3)
    received(40)
    page = read_page(client.get(URL)).root
    charts = [each for each in page.all("ul") if each.get("class") == "chart"]
    lines = [flat(line.text()) for line in charts[0].all("li")]
    assert lines == ["окт 2026 1 из 2", "ноя 2026 0 из 1"]
    lengths = [[bar["width"] for bar in line.all("rect")] for line in charts[0].all("li")]
    assert lengths == [["2", "1"], ["1", "0"]]
    assert len(charts) == 2


def test_a_month_without_suggestions_has_a_dash(client, read_page):
    received(2)
    received(70)
    page = read_page(client.get(URL)).root
    chart = next(each for each in page.all("ul") if each.get("class") == "chart")
    assert [flat(line.text()) for line in chart.all("li")][1] == "окт 2026 —"


def test_the_tables_are_folded_and_show_what_the_charts_lack(client, read_page):
    received(40, answered_after=3)
    page = read_page(client.get(URL)).root
    folded = [table for each in page.all("details") for table in each.all("table")]
    assert len(folded) == len(list(page.all("table"))) == 2
    words = flat(folded[0].text())
    assert words.startswith("Месяц Вовремя Медиана, дней окт 2026 100 % 3")
    assert not [each for each in page.all("details") if "open" in each.attributes]


def test_the_page_without_suggestions_says_so(client):
    page = client.get(URL).content.decode()
    assert "предложений не&nbsp;было" in page
    assert "<svg" not in page


def test_the_page_takes_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    for days in range(1, 40):
        received(days)
    with django_assert_max_num_queries(6):
        client.get(URL)


def test_the_cached_page_expires_every_day(client):
    factories.college()
    received(3)
    etag = client.get(URL).headers["ETag"]
    assert client.get(URL, HTTP_IF_NONE_MATCH=etag).status_code == 304
    with time_machine.travel(NOW + datetime.timedelta(days=1), tick=False):
        assert client.get(URL, HTTP_IF_NONE_MATCH=etag).status_code == 200
    assert timezone.localdate() == datetime.date(2026, 11, 23)


def test_a_table_names_its_rows_and_a_bar_is_not_read_out(client, read_page):
    received(40, answered_after=3)
    page = read_page(client.get(URL)).root
    for row in (row for table in page.all("tbody") for row in table.all("tr")):
        assert next(row.all("th"))["scope"] == "row"
    assert {drawing.get("aria-hidden") for drawing in page.all("svg")} == {"true"}


@pytest.mark.parametrize(("days_late", "on_time"), [(-1, 1), (0, 1), (1, 0)])
def test_an_answer_on_its_due_day_is_on_time(days_late, on_time):
    suggestion = received(60)
    suggestion.give_answer("Сделали.", factories.staff())
    day = suggestion.due_on + datetime.timedelta(days=days_late)
    suggestion.answered_at = datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
    suggestion.save()
    total = calculate_statistics().total
    assert (total.on_time, total.late) == (on_time, 1 - on_time)


def test_days_on_which_the_author_was_asked_do_not_count():
    suggestion = received(40)
    for days, act in ((2, "ask"), (12, "reply"), (15, "give_answer")):
        moment = suggestion.received_at + datetime.timedelta(days=days)
        suggestion.now = lambda moment=moment: moment
        by = uuid4() if act == "reply" else factories.staff()
        getattr(suggestion, act)("Слова.", by)
    assert (suggestion.paused_days, suggestion.answer_days) == (10, 5)
    assert calculate_statistics().total.median_days == 5


def test_nine_of_ten_answers_came_within_the_named_days():
    for days in range(1, 11):
        received(60, answered_after=days)
    total = calculate_statistics().total
    assert (total.days_of_most, total.median_days) == (9, 6)


def test_a_reopened_suggestion_is_open_again():
    received(40, answered_after=3).reopen("Не сделали.", uuid4())
    total = calculate_statistics().total
    assert (total.received, total.answered, total.median_days) == (1, 0, None)


def test_statistics_end_before_the_last_midnight():
    midnight = datetime.datetime(2026, 11, 22, 20, tzinfo=datetime.UTC)  # in Saratov
    factories.suggestion(received_at=midnight)
    assert calculate_statistics().total.received == 0
    factories.suggestion(received_at=midnight - datetime.timedelta(seconds=1))
    assert calculate_statistics().total.received == 1


def test_the_bars_of_a_chart_share_the_scale_of_the_longest(client, read_page):
    for days in (2, 3, 40):
        received(days)
    page = read_page(client.get(URL)).root
    chart = next(each for each in page.all("ul") if each.get("class") == "chart")
    assert [bar["viewbox"] for bar in chart.all("svg")] == ["0 0 2 1", "0 0 2 1"]


def test_a_median_of_zero_days_is_shown_as_zero(client, read_page):
    received(40, answered_after=0)
    page = read_page(client.get(URL)).root
    cells = [cell.text() for cell in next(page.all("table")).all("td")]
    assert cells[:2] == ["100 %", "0"]
