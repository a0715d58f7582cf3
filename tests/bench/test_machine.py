"""What makes a run worthless is said, and a clean one is left alone."""

from __future__ import annotations

from bench import machine
from bench.machine import Cores

CLEAN = {"stall_ms": 12.0, "own_cpu": 0.4, "others_cpu": 0.02, "stolen": 0.01}


def test_a_clean_run_has_nothing_against_it() -> None:
    assert machine.disturbances(CLEAN) == []


def test_each_disturbance_is_named() -> None:
    run = {"stall_ms": 103.0, "own_cpu": 0.97, "others_cpu": 1.21, "stolen": 0.2}
    assert machine.disturbances(run) == [
        "the generator stood still for 103 ms",
        "the generator used 0.97 of its core",
        "other programs used 1.21 of a core",
        "20% of the time was taken by the host of this machine",
    ]


def test_one_core_gives_figures_and_no_ratios() -> None:
    assert machine.why_no_ratio(Cores(0, None)) == (
        "There is one core here for the server and the load: figures are given, ratios are not."
    )
    assert machine.pinned(None) == []
