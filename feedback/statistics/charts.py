"""The charts of the statistics: a bar and its value as text for each month or topic."""

from dataclasses import dataclass

from college_site.templatetags.typography import NBSP

NO_VALUE = "—"


@dataclass
class Bar:
    """One bar: its length, and the value next to it."""

    label: str
    length: int
    value: str


@dataclass
class Chart:
    """Bars of one measure on one scale, which starts at zero."""

    title: str
    longest: int
    bars: list


def build_charts(rows):
    """Four charts with the same rows, so that lines can be compared."""
    received = max((row.received for row in rows), default=0)
    slowest = max((row.median_days or 0 for row in rows), default=0)
    return [
        build_chart("Поступило", rows, received, lambda row: row.received),
        build_chart("Ответили", rows, received, lambda row: row.answered),
        build_chart("Ответили вовремя", rows, 100, lambda row: row.on_time_percent, f"{NBSP}%"),
        build_chart("Дней до ответа, медиана", rows, slowest, lambda row: row.median_days),
    ]


def build_chart(title, rows, longest, measure, unit=""):
    """A chart of measure(row) for each row; None has no bar and a dash as its value."""
    bars = []
    for row in rows:
        number = measure(row)
        value = NO_VALUE if number is None else f"{number}{unit}"
        bars.append(Bar(row.label, number or 0, value))
    return Chart(title, longest or 1, bars)
