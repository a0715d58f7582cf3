"""The picture of growth: points where their figures say, and words for those who do not see it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from bench import growing, plot
from bench.figures import Figure
from bench.plot import Panel
from bench.rows import Row

ROW = Row("", "codesign", "e50", 50, 2.0, 5.0, 7.0, 0.15, 1.0, True, 1.3e6, rss_mb=85.0)
SVG = "{http://www.w3.org/2000/svg}"


def test_figures_are_short() -> None:
    said = [plot.short(value) for value in (0, 0.153, 6.73, 85, 201.4, 1_200, 100_000)]
    assert said == ["0", "0.15", "6.73", "85", "201", "1,200", "100k"]


def test_a_picture_has_a_point_for_each_figure_and_says_them_in_words() -> None:
    picture = plot.grid(
        [[Panel("people", "CPU", [(50, 0.1), (100, 0.2)]), Panel("notes", "p99", [])]]
    )
    root = ET.fromstring(picture)
    places = [(float(c.attrib["cx"]), float(c.attrib["cy"])) for c in root.iter(f"{SVG}circle")]
    assert places == [(125.0, 86.0), (234.0, 22.0)]
    assert root.findtext(f"{SVG}desc") == "CPU by people: 0.1 at 50, 0.2 at 100"
    assert "not measured" in picture


def test_columns_hold_our_own_rows_by_size() -> None:
    rows = [
        replace(ROW, workload="e200", cpu_cores=0.3),
        ROW,
        replace(ROW, server="peer"),
        replace(ROW, workload="notes2000", p99_ms=9.0),
    ]
    grid = growing.panels(rows, [Figure("history100", "codesign", "opening", 12.0, "ms")])
    assert grid[0][0].points == [(50, 0.15), (200, 0.3)]
    assert grid[1][2].points == [(2000, 9.0)]
    assert grid[0][3].points == [(100, 12.0)]


def test_a_long_history_may_cost_no_more() -> None:
    short = Figure("history100", "codesign", "opening", 12.0, "ms")
    long = replace(short, workload="history100000", value=20.0)
    assert growing.verdict([short]) == {}
    assert growing.verdict([short, long]) == {"first": 12.0, "last": 20.0, "met": True}
    assert growing.verdict([short, replace(long, value=200.0)])["met"] is False
