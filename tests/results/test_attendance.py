"""Attendance from coming and going: gaps, steps that came twice, and a table that no spreadsheet runs."""

from __future__ import annotations

import csv
import io

from codesign.results.attendance import GAP_MS, MINUTE, attended, spans_of_steps, write

HOUR = 60 * MINUTE


def test_minutes_are_counted_in_all_and_in_each_step() -> None:
    begun = [(0, "welcome"), (10 * MINUTE, "write"), (40 * MINUTE, "vote")]
    stays = [("nino", 5 * MINUTE, 45 * MINUTE), ("luka", 50 * MINUTE, None)]
    nino, luka = attended(stays, begun, HOUR)
    assert (nino.person, nino.minutes, nino.is_here) == ("nino", 40, False)
    assert nino.steps == {"welcome": 5 * MINUTE, "write": 30 * MINUTE, "vote": 5 * MINUTE}
    assert (luka.came, luka.went, luka.minutes, luka.is_here) == (50 * MINUTE, HOUR, 10, True)
    assert luka.steps == {"vote": 10 * MINUTE}


def test_a_network_or_a_server_that_comes_back_makes_nobody_absent() -> None:
    stays = [("nino", 0, MINUTE), ("nino", MINUTE + GAP_MS, HOUR), ("luka", 0, MINUTE)]
    (luka, nino) = sorted(attended(stays, [], HOUR), key=lambda one: one.person)
    assert (nino.came, nino.went, nino.minutes) == (0, HOUR, 60)
    assert luka.minutes == 1
    (away,) = attended([("nino", 0, MINUTE), ("nino", 2 * MINUTE + GAP_MS, HOUR)], [], HOUR)
    assert away.minutes == 57


def test_two_stays_that_overlap_count_once() -> None:
    (one,) = attended([("nino", 0, 30 * MINUTE), ("nino", 10 * MINUTE, None)], [], HOUR)
    assert (one.minutes, one.is_here) == (60, True)


def test_a_step_that_people_come_back_to_is_one_step() -> None:
    begun = [(0, "write"), (10, "vote"), (20, "write"), (30, None)]
    assert spans_of_steps(begun, 99) == {"write": [(0, 10), (20, 30)], "vote": [(10, 20)]}
    assert spans_of_steps([], 99) == {}


def test_cells_are_text_with_semicolons_and_a_mark() -> None:
    made = write(["Name", "Minutes"], [['=HYPERLINK("x")', "12"], ["ნინო; კ.", "3"]])
    assert made.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["Name", "Minutes"], ['\'=HYPERLINK("x")', "12"], ["ნინო; კ.", "3"]]
