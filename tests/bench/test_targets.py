"""What is said of the targets: held, missed by so much, or not measured."""

from __future__ import annotations

from dataclasses import replace

from bench import targets
from bench.figures import Figure
from tests.bench.test_table import OURS


def said(*rows: object, figures: tuple[Figure, ...] = ()) -> dict[tuple[str, str], str]:
    found = targets.held([row for row in rows if row], figures)  # type: ignore[misc]
    return {(line[1], line[2]): line[-1] for line in found}


def test_a_target_is_held_or_missed_by_so_much() -> None:
    row = replace(OURS, workload="e800", p99_ms=115.0, cpu_cores=0.58)
    told = said(row)
    assert told["e800", "p99"] == "missed by 15%"
    assert told["e800", "CPU"] == "held"
    assert told["ec600", "p99"] == "not measured"


def test_a_run_that_was_disturbed_and_one_in_which_nothing_arrived_say_so() -> None:
    assert said(replace(OURS, workload="e800", clean=0))["e800", "p99"] == (
        "held, by a disturbed run"
    )
    silent = said(replace(OURS, workload="e800", p99_ms=-1.0))
    assert silent["e800", "p99"] == "missed: nothing arrived"


def test_a_peer_has_no_targets() -> None:
    assert said(replace(OURS, server="peer", workload="e800"))["e800", "p99"] == "not measured"


def test_figures_with_a_line_stand_beside_them() -> None:
    figure = Figure("join10000", "codesign", "snapshot alone", 30.0, "ms", "T6", 20.0)
    zero = Figure("hostile", "codesign", "healthy ones cut off", 2, "people", "P7", 0)
    told = said(figures=(figure, zero))
    assert told["join10000", "snapshot alone"] == "missed by 50%"
    assert told["hostile", "healthy ones cut off"] == "missed"
