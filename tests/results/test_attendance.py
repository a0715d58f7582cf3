"""Attendance from coming and going: gaps, steps that came twice, and a table that no spreadsheet runs."""

from __future__ import annotations

import csv
import io

from codesign.results.attendance import (
    GAP_MS,
    MINUTE,
    Correction,
    attended,
    spans_of_steps,
    standing,
    write,
)

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


def said(person: str, **more: object) -> dict[str, Correction]:
    fields = {"there": True, "came": None, "went": None, "city": None, "by": "olga", "at": 0}
    return {person: Correction(id="one", person=person, **(fields | more))}  # type: ignore[arg-type]


def test_a_correction_replaces_coming_and_going_and_breaks_stay_breaks() -> None:
    stays = [("nino", 0, 10 * MINUTE), ("nino", 30 * MINUTE, HOUR)]
    later = said("nino", came=5 * MINUTE, went=2 * HOUR)
    assert standing(stays, later, {}, 3 * HOUR) == [
        ("nino", 5 * MINUTE, 10 * MINUTE),
        ("nino", 30 * MINUTE, 2 * HOUR),
    ]
    assert standing(stays, said("nino", there=False), {}, HOUR) == []
    assert standing(stays, said("nino", came=70 * MINUTE, went=80 * MINUTE), {}, HOUR) == [
        ("nino", 70 * MINUTE, 80 * MINUTE)
    ]


def test_who_is_still_there_stays_there_when_only_the_coming_is_corrected() -> None:
    assert standing([("nino", 0, None)], said("nino", came=10 * MINUTE), {}, HOUR) == [
        ("nino", 10 * MINUTE, None)
    ]


def test_who_has_no_device_was_there_from_the_list_on_until_the_last_one_went() -> None:
    stays = [("nino", 0, HOUR)]
    without = {"nana": 20 * MINUTE}
    assert standing(stays, {}, without, 9 * HOUR) == [
        ("nino", 0, HOUR),
        ("nana", 20 * MINUTE, HOUR),
    ]
    corrected = standing(stays, said("nana", went=40 * MINUTE), without, 9 * HOUR)
    assert corrected[1] == ("nana", 20 * MINUTE, 40 * MINUTE)


def test_somebody_who_was_never_measured_was_there_when_it_is_said() -> None:
    assert standing([], said("nana", came=0, went=HOUR), {}, HOUR) == [("nana", 0, HOUR)]
    assert standing([], said("nana"), {}, HOUR) == []
