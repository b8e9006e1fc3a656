"""The bars of the figures and the values beside them."""

from feedback.statistics.calculation import Row
from feedback.statistics.charts import build_charts


def bars(rows, title):
    """The longest length of a chart, and its bars' lengths and values."""
    chart = next(chart for chart in build_charts(rows) if chart.title == title)
    return chart.longest, [(bar.length, bar.value) for bar in chart.bars]


ROWS = [
    Row("окт 2026", received=8, answered=6, on_time=3, late=1, days=[4, 10, 12]),
    Row("ноя 2026", received=2),
]


def test_received_and_answered_share_a_scale_so_that_they_compare():
    assert bars(ROWS, "Поступило") == (8, [(8, "8"), (2, "2")])
    assert bars(ROWS, "Ответили") == (8, [(6, "6"), (0, "0")])


def test_what_was_in_time_is_measured_against_all_of_it():
    assert bars(ROWS, "Ответили вовремя") == (100, [(75, "75\u00a0%"), (0, "—")])


def test_the_slowest_median_is_the_longest_bar():
    assert bars(ROWS, "Дней до ответа, медиана") == (10, [(10, "10"), (0, "—")])


def test_a_chart_of_nothing_still_has_a_scale():
    assert bars([Row("ноя 2026")], "Поступило") == (1, [(0, "0")])


def test_a_median_below_a_day_is_a_value_not_a_dash():
    assert bars([Row("ноя 2026", days=[0])], "Дней до ответа, медиана") == (1, [(0, "0")])
