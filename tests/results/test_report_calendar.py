"""The dates of a workshop's records as a calendar: each once, under an id that stays."""

from __future__ import annotations

from codesign.results.report_calendar import write
from tests.builders import OLGA, an_id, record
from tests.results.report_demo import ENGLISH, Gathering, the_workshop
from tests.results.test_calendar import read

DAY = "2026-11-22"


def days(gathering: Gathering, *, named: bool = True) -> list[dict[str, str]]:
    made = write(gathering.report(named=named), ENGLISH, DAY)
    return [dict(line.split(":", 1) for line in event) for event in read(made)]


def project(gathering: Gathering, *milestones: str) -> None:
    gathering.register.do(record("lights", "project", title="Lights"), OLGA)
    for at, text in enumerate(milestones):
        about = {"of": an_id("lights"), "field": "milestones", "order": f"a{at}"}
        gathering.register.do(record(f"line {at}", "line", text=text, **about), OLGA)


def test_actions_and_commitments_are_whole_days_from_the_first_to_the_last() -> None:
    action, promise = days(the_workshop())
    assert action == {
        "UID": f"{an_id('timetables')}@codesign",
        "DTSTAMP": "20261122T000000Z",
        "DTSTART;VALUE=DATE": "20261201",
        "DTEND;VALUE=DATE": "20270701",
        "TRANSP": "TRANSPARENT",
        "SUMMARY": "Print timetables at 40 stops",
        "DESCRIPTION": "Responsible: City Hall\\nMeasure: Stops with a timetable",
    }
    assert [promise["DTSTART;VALUE=DATE"], promise["DTEND;VALUE=DATE"]] == ["20270110", "20270111"]
    assert promise["DESCRIPTION"] == "Responsible: Levan K."


def test_an_id_stays_and_no_two_are_alike_when_a_day_is_moved() -> None:
    gathering = the_workshop()
    before = [one["UID"] for one in days(gathering)]
    fields = {"start": "2027-01", "next_step": "Ask a printer", "next_step_by": "2027-01-05"}
    op = {"type": "edit_record", "id": an_id("timetables"), "fields": fields}
    gathering.register.do(op, OLGA)
    after = {one["UID"]: one for one in days(gathering)}
    assert sorted(after) == sorted([*before, f"{an_id('timetables')}-first-step@codesign"])
    first = after[f"{an_id('timetables')}-first-step@codesign"]
    assert first["SUMMARY"] == "First step: Ask a printer"


def test_milestones_that_begin_with_a_date_are_in_it_and_others_are_not() -> None:
    gathering = Gathering()
    project(
        gathering, "2027-02: lights stand", "2027-03-09 – opening", "Some day", "2027-13: never"
    )
    found = [(one["SUMMARY"], one["DTSTART;VALUE=DATE"]) for one in days(gathering)]
    assert found == [("Lights: lights stand", "20270201"), ("Lights: opening", "20270309")]
    assert days(gathering)[0]["DTEND;VALUE=DATE"] == "20270301"


def test_what_was_dropped_is_in_no_calendar_and_without_names_nobody_is() -> None:
    gathering = the_workshop()
    assert "DESCRIPTION" not in days(gathering, named=False)[1]
    for name in ("timetables", "stands"):
        op = {"type": "edit_record", "id": an_id(name), "fields": {"status": "dropped"}}
        gathering.register.do(op, OLGA)
    assert write(gathering.report(), ENGLISH, DAY) == b""
