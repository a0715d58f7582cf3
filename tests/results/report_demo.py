"""A whole workshop to report on: the demo's board, a table of its own, a vote by city, personas, actors and actions."""

from __future__ import annotations

from typing import Any

from codesign.i18n import Catalogues
from codesign.results.report import Report, Sources
from codesign.results.report_booklet import Booklet, Plan
from codesign.results.report_chapters import make_booklet
from codesign.results.report_names import cities_of, hide, hide_responsible
from codesign.results.report_reading import read_report
from tests.builders import BOARD, OLGA, Play, a_register, an_id, record
from tests.results.demo import grouped

ENGLISH = Catalogues().words("en")
KUTAISI = an_id("kutaisi")
#: By option: votes of Kutaisi, and of everybody else together.
VOTES = {"group": (4, 5), "note 2": (3, 1), "note 14": (0, 4), "note 15": (0, 0)}


class Gathering:
    """The streams, each to be played on."""

    def __init__(self) -> None:
        self.board = grouped()
        assert self.board.workshop is not None
        self.workshop = self.board.workshop
        self.register = a_register(self.workshop)
        self.boards: dict[str, Play] = {BOARD: self.board}

    def sources(self, *, named: bool = True) -> Sources:
        boards = {id: play.state for id, play in self.boards.items()}
        workshop, register = self.workshop.state, self.register.state
        cities = cities_of(workshop, named=named)
        if named:
            return Sources(workshop, boards, register, cities=cities)
        plain, hidden = hide(workshop, boards)
        plainer = hide_responsible(register)
        return Sources(plain, hidden, plainer, names=False, cities=cities)

    def report(self, *, named: bool = True) -> Report:
        return read_report(self.sources(named=named), ENGLISH)

    def booklet(self, plan: Plan | None = None, *, named: bool = True) -> Booklet:
        return make_booklet(self.report(named=named), plan or Plan(), ENGLISH, "2026-11-22")


def the_workshop() -> Gathering:
    found = Gathering()
    a_vote(found)
    for op in (
        record("hall", name="City Hall"),
        record("nino", "persona", name="Nino, the night nurse", **SHEET),
        record("bus", "line", text="A bus home after 22:00", **line("needs", "a0")),
        record("light", "line", text="Light at the stop", **line("needs", "a1")),
        record("timetables", "action", **ACTION),
        record("stands", "commitment", what="Lend stands", who="Levan K.", by_when="2027-01-10"),
    ):
        found.register.do(op, OLGA)
    return found


SHEET: dict[str, Any] = {
    "age_band": "30_44",
    "place_type": "suburb",
    "digital_skill": 7,
    "scenario": "Works nights at the hospital.",
    "quote": "დღეს ისევ ტაქსი.",
}
ACTION: dict[str, Any] = {
    "title": "Print timetables at 40 stops",
    "lead": an_id("hall"),
    "start": "2026-12",
    "end": "2027-06",
    "funding_status": "none",
    "indicator": "Stops with a timetable",
    "status": "on_track",
}


def line(field: str, order: str) -> dict[str, str]:
    return {"of": an_id("nino"), "field": field, "order": order}


def a_vote(found: Gathering) -> None:
    vote = {"type": "open_vote", "id": an_id("vote"), "question": "What first?", "board": BOARD}
    options = [an_id(name) for name in VOTES]
    found.workshop.do({**vote, "options": options, "dots": 3, "cap": 2}, OLGA)
    found.workshop.do({"type": "close_vote", "id": an_id("vote")}, OLGA)
    here = {an_id(name): some for name, (some, _) in VOTES.items()}
    rest = {an_id(name): others for name, (_, others) in VOTES.items()}
    totals = {option: here[option] + rest[option] for option in options}
    groups = [
        {"city": KUTAISI, "ballots": 4, "totals": here},
        {"city": None, "ballots": 5, "totals": rest},
    ]
    tally = {"type": "tally_vote", "vote": an_id("vote"), "given": 0, "voters": 14, "ballots": 9}
    supporters = {option: min(9, total) for option, total in totals.items()}
    found.workshop.do({**tally, "totals": totals, "supporters": supporters, "groups": groups}, None)
