"""From a run of the generator to a row, and rows to a file and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench import rows
from bench.figures import Figure

RUN: dict[str, Any] = {
    "edit_ms": [3.0, 8.0, 9.5],
    "cursor_ms": [26.0, 45.0, 51.0],
    "ack_ms": [2.9, 7.0, 9.0],
    "edits_sent": 500,
    "cursors_sent": 2500,
    "folded": 0,
    "refused": 0,
    "edits_share": 1.0,
    "cursors_share": 0.99,
    "bytes_per_s": 2_600_000,
    "cpu": 0.29,
    "rss_mb": 85.0,
    "people": 50,
    "ready": 50,
    "lost": 0,
    "why": "",
}
ABOUT: dict[str, Any] = {
    "target": "T5",
    "server": "codesign",
    "workload": "ec50",
    "durable": True,
    "checks": "role",
}


def test_a_run_becomes_a_row() -> None:
    assert rows.make_row(RUN, **ABOUT) == rows.Row(
        target="T5",
        server="codesign",
        workload="ec50",
        people=50,
        p50_ms=3.0,
        p95_ms=8.0,
        p99_ms=9.5,
        cpu_cores=0.29,
        delivered=1.0,
        durable=True,
        bytes_per_s=2_600_000,
        checks="role",
        ack_p99_ms=9.0,
        cursors_p99_ms=51.0,
        cursors_delivered=0.99,
        rss_mb=85.0,
    )


def test_what_went_wrong_in_a_run_stands_beside_its_figures() -> None:
    bad = {**RUN, "ready": 48, "lost": 3, "why": "closed 4408", "refused": 1, "folded": 7}
    assert rows.make_row(bad, **ABOUT).notes == [
        "2 of 50 did not get in",
        "3 were cut off (closed 4408)",
        "1 edits were refused",
        "7 edits waited for the answer to the one before",
    ]


def test_of_several_runs_the_worst_is_quoted_and_silence_is_worse_than_slowness() -> None:
    fine = rows.make_row(RUN, **ABOUT)
    slow, silent = replace(fine, p99_ms=80.0), replace(fine, p99_ms=-1.0)
    assert rows.worst([fine, slow]) is slow
    assert rows.worst([slow, silent, fine]) is silent


def test_what_is_past_saving_need_not_be_measured_again() -> None:
    fine = rows.make_row(RUN, **ABOUT)
    assert not fine.is_past_saving
    assert replace(fine, p99_ms=-1.0).is_past_saving
    assert replace(fine, p99_ms=1_200.0).is_past_saving
    assert replace(fine, delivered=0.3).is_past_saving


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    row = rows.make_row({**RUN, "lost": 1}, **ABOUT)
    figure = Figure("idle", "codesign", "memory", 45.1, "KB", "P8", 128.0)
    rows.write({"cores": 2}, [row], [figure], file)
    assert rows.read(file) == ([row], [figure])
    assert json.loads(file.read_text())["machine"] == {"cores": 2}


def test_results_gathered_part_by_part_keep_what_was_not_measured_again(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    first = rows.make_row(RUN, **ABOUT)
    other = replace(first, workload="ec1200")
    again = replace(first, p99_ms=11.0)
    peer = replace(first, server="peer")
    rows.write({}, [other, first], [], file)
    rows.write({}, [again, peer], [], file, keep=True)
    assert rows.read(file)[0] == [again, peer, other]


def test_a_count_without_a_unit_is_read_as_it_was_written(tmp_path: Path) -> None:
    count = Figure("exports", "codesign", "refused", 0)
    rows.write({}, [], [count], tmp_path / "results.json")
    assert rows.read(tmp_path / "results.json") == ([], [count])


def test_a_figure_says_whether_its_line_is_met() -> None:
    figure = Figure("join10000", "codesign", "snapshot alone", 5.54, "ms", "T6", 20.0)
    assert str(figure) == "join10000, codesign: snapshot alone 5.54 ms (at most 20: met)"
    assert str(replace(figure, value=21.0)).endswith("(at most 20: MISSED)")
    assert replace(figure, most=None).is_met is None
