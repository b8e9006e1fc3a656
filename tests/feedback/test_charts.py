"""The bars of the charts and their values."""

from feedback.statistics.calculation import Row
from feedback.statistics.charts import build_charts


def bars(rows, title):
    """The maximum length of a chart, and the lengths and values of its bars."""
    chart = next(chart for chart in build_charts(rows) if chart.title == title)
    return chart.longest, [(bar.length, bar.value) for bar in chart.bars]


ROWS = [
    Row("окт 2026", received=8, answered=6, on_time=3, late=1, days=[4, 10, 12]),
    Row("ноя 2026", received=2),
]


def test_the_received_and_answered_charts_share_a_scale():
    assert bars(ROWS, "Поступило") == (8, [(8, "8"), (2, "2")])
    assert bars(ROWS, "Ответили") == (8, [(6, "6"), (0, "0")])


def test_answers_on_time_are_shown_on_a_percentage_scale():
    assert bars(ROWS, "Ответили вовремя") == (100, [(75, "75\u00a0%"), (0, "—")])


def test_the_longest_median_sets_the_scale():
    assert bars(ROWS, "Дней до ответа, медиана") == (10, [(10, "10"), (0, "—")])


def test_an_empty_chart_has_a_scale_of_one():
    assert bars([Row("ноя 2026")], "Поступило") == (1, [(0, "0")])


def test_a_median_of_zero_days_is_shown_as_zero():
    assert bars([Row("ноя 2026", days=[0])], "Дней до ответа, медиана") == (1, [(0, "0")])
