"""What is said of measured rows: cells, ratios, and where there is none."""

from __future__ import annotations

from dataclasses import replace

from bench import table
from bench.rows import Row

OURS = Row("T1", "codesign", "e200", 200, 10.0, 20.0, 25.0, 0.4, 1.0, True, 14.8e6, "role", 25.5)
PEER = replace(OURS, server="peer", p99_ms=50.0, cpu_cores=0.8, durable=False, checks="")


def test_a_row_says_what_was_measured_and_a_dash_what_was_not() -> None:
    head, rule, line = table.table([OURS]).splitlines()
    assert line.split() == [
        *("e200", "codesign", "10", "20", "25", "26", "0.40", "100.0%", "-", "-", "14.8", "-"),
        *("yes", "role", "1/1"),
    ]
    assert len(rule) == len(head)


def test_a_peer_that_holds_the_same_work_gets_a_ratio() -> None:
    assert table.ratios([OURS, PEER], "codesign") == [
        "e200: peer uses 2.00 x the CPU of codesign; its p99 is 2.00 x",
        "E, one board, most people of the sizes tested at p99 <= 100 ms: codesign 200, peer 200",
    ]


def test_a_peer_that_breaks_down_gets_no_ratio_but_the_fact() -> None:
    late = replace(PEER, p99_ms=900.0)
    lost = replace(PEER, delivered=0.5)
    silent = replace(PEER, p99_ms=-1.0)
    for broken in (late, lost, silent):
        assert table.ratios([OURS, broken], "codesign") == [
            "e200: peer does not hold this load",
            "E, one board, most people of the sizes tested at p99 <= 100 ms: codesign 200, peer none",
        ]


def test_a_disturbed_run_gives_no_ratio() -> None:
    assert table.ratios([OURS, replace(PEER, clean=0)], "codesign") == [
        "e200: no ratio with peer, for want of a clean run"
    ]


def test_alone_there_is_nothing_to_compare() -> None:
    assert table.ratios([OURS], "codesign") == []
