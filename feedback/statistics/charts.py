"""What the charts of the figures show: a bar and its value in words for each month or topic."""

from dataclasses import dataclass

from college_site.templatetags.typography import NBSP

NOTHING = "—"


@dataclass
class Bar:
    """One bar: how long it is, and the value that stands beside it."""

    label: str
    length: int
    value: str


@dataclass
class Chart:
    """Bars of one measure on one scale, which begins at nought."""

    title: str
    longest: int
    bars: list


def build_charts(rows):
    """Four charts of the same rows, so that they can be compared line by line."""
    received = max((row.received for row in rows), default=0)
    slowest = max((row.median_days or 0 for row in rows), default=0)
    return [
        build_chart("Поступило", rows, received, lambda row: row.received),
        build_chart("Ответили", rows, received, lambda row: row.answered),
        build_chart("Ответили вовремя", rows, 100, lambda row: row.on_time_percent, f"{NBSP}%"),
        build_chart("Дней до ответа, медиана", rows, slowest, lambda row: row.median_days),
    ]


def build_chart(title, rows, longest, measure, unit=""):
    """A chart of what `measure` gives for each row; None draws no bar and is said by a dash."""
    bars = []
    for row in rows:
        found = measure(row)
        value = NOTHING if found is None else f"{found}{unit}"
        bars.append(Bar(row.label, found or 0, value))
    return Chart(title, longest or 1, bars)
