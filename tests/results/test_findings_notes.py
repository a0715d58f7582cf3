"""What boards of notes come to: each value that their methods list says something, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from codesign.core.ballots import Ballot, tally, voter_name
from codesign.core.items import FLOWING
from codesign.results.findings_notes import FINDINGS, note_findings
from codesign.results.note_facts import NoteFacts, has_notes
from codesign.web.method_boards import about_of, names_zones, zones_of
from tests.builders import ANNA, BOARD, BORIS, CITY, OLGA, a_workshop, added_to, an_id
from tests.results.test_findings import ENGLISH, METHODS

OF_NOTES = [
    id
    for id, method in METHODS.items()
    if has_notes({"layout": method.layout, "method": id}, method)
]
#: Told in the same sentence as another: the dots stand beside the ranks.
ELSEWHERE = {"dots_and_voters"}
MINUTE = 60_000
KEY = b"k" * 32
DORA = an_id("dora")


class Wall:
    """A board of a method that shows notes, as the product opens it."""

    def __init__(self, id: str) -> None:
        self.method = METHODS[id]
        self.workshop = a_workshop()
        city = {"type": "change_city", "person": ANNA, "city": CITY}
        self.workshop.do(city, ANNA)
        dora = {"person": DORA, "name": "Dora", "city": CITY, "lang": "en"}
        self.workshop.do({"type": "join_workshop", "role": "participant", **dora})
        zones = zones_of(self.method) if names_zones(self.method) else []
        regions = [
            {"id": an_id(f"zone {at}"), "title": title, "order": f"a{at}"}
            for at, title in enumerate(zones)
        ]
        about = {"method": id, "about": about_of(self.method), "question": "?"}
        self.board = added_to(self.workshop, regions, title=id, layout=self.method.layout, **about)

    def note(self, name: str, zone: int = 0, by: str = ANNA, **said: Any) -> None:
        made = {"type": "create_note", "id": an_id(name), "text": name}
        for key in ("lang", "card", "round", "cluster", "region"):
            if key in said:
                made[key] = said.pop(key)
        if (
            "cluster" not in made
            and "region" not in made
            and any(self.board.state.of_kind("region"))
        ):
            made["region"] = an_id(f"zone {zone}")
        flows = self.method.layout in FLOWING
        made |= {"order": "a0"} if flows else {"x": 0, "y": 0}
        self.board.do(made, by)
        if said:
            fields = {f"said/{key}": value for key, value in said.items()}
            self.board.do({"type": "edit_item", "id": an_id(name), "fields": fields}, by)

    def join(self, a: str, b: str) -> None:
        ends = {"from": an_id(a), "to": an_id(b)}
        self.board.do({"type": "create_connector", "id": an_id(f"{a}{b}"[:22]), **ends}, ANNA)

    def mark(self, name: str, by: str) -> None:
        react = {"type": "react", "id": an_id(name), "reaction": "heart", "on": True}
        self.board.do(react, by)

    def facts(self, leads: bool = True) -> NoteFacts:
        titles = {one.title.casefold(): one.id for one in self.method.places}
        now = self.board.now + 11 * MINUTE
        states = (self.board.state, self.workshop.state)
        return NoteFacts(self.method, *states, ENGLISH, now, BOARD, leads, titles)

    def found(self, leads: bool = True) -> dict[str, tuple[str, ...]]:
        return {one.title: one.words for one in note_findings(self.facts(leads))}


def _check_in(wall: Wall) -> None:
    wall.workshop.do({"type": "change_city", "person": BORIS, "city": CITY}, BORIS)
    wall.note("Curious")
    wall.note("Anna", card="participant_card", device="phone")


def _peers(wall: Wall) -> None:
    wall.note("The case", card="case", key_question="Why?", owner="Anna")
    wall.note("Ask the drivers", 3, BORIS)
    wall.mark("Ask the drivers", ANNA)
    wall.board.do({"type": "set_round", "round": 2}, OLGA)


def _questions(wall: Wall) -> None:
    wall.note("How", card="question", breadth=4, contains_a_solution=True)


def _sheets(wall: Wall) -> None:
    wall.board.do({"type": "set_round", "round": 1}, OLGA)
    sheet = next(wall.board.state.of_kind("region"))["id"]
    wall.note("At the shop", region=sheet, card="idea", round=1)


def _stages(wall: Wall) -> None:
    wall.note("Ask drivers", 0)
    wall.note("Report by phone", 0, BORIS)
    wall.note("One number for all", 3)
    for name in ("Ask drivers", "Report by phone"):
        merge = {"type": "merge_note", "id": an_id(name), "into": an_id("One number for all")}
        wall.board.do(merge, OLGA)


def _café(wall: Wall) -> None:
    wall.note("Night buses", 0, round=1)
    wall.note("Opening hours", 1, round=2)
    wall.join("Night buses", "Opening hours")


def _groups(wall: Wall) -> None:
    group = {"type": "create_cluster", "id": an_id("group"), "name": "Times", "x": 0, "y": 0}
    wall.board.do(group, ANNA)
    wall.note("No timetable", cluster=an_id("group"))
    wall.note("Late", 0, BORIS, cluster=an_id("group"))
    wall.note("Data in five formats")


def _swot(wall: Wall) -> None:
    wall.note("Staff who know", 0, card="note", weight=3)
    wall.note("Five formats", 1, card="note", weight=3)
    wall.note("A call opens", 2, card="note")
    wall.note("Apply with data", 4, card="note")
    for other in ("Staff who know", "A call opens"):
        wall.join("Apply with data", other)


def _vote(wall: Wall) -> None:
    wall.note("Bus times")
    wall.note("Bin sensors")
    options = [an_id("Bus times"), an_id("Bin sensors")]
    said = {"question": "Which first?", "board": BOARD, "options": options, "dots": 3, "cap": 2}
    wall.workshop.do({"type": "open_vote", "id": an_id("vote"), **said}, OLGA)
    wall.workshop.do({"type": "close_vote", "id": an_id("vote")}, OLGA)
    wall.workshop.do({"type": "change_city", "person": BORIS, "city": CITY}, BORIS)
    others = [an_id(f"guest {n}") for n in range(3)]
    for one in others:
        guest = {"person": one, "name": one.strip("_"), "role": "participant"}
        wall.workshop.do({"type": "join_workshop", **guest})
    voters = (voter_name(KEY, one) for one in (DORA, ANNA, BORIS, *others))
    given = [Ballot(voter, {options[0]: 2, options[1]: 1}) for voter in voters]
    wall.workshop.do(tally(wall.workshop.item("vote"), wall.workshop.state, given, KEY))


def _frames(wall: Wall) -> None:
    wall.note("By text message", 0, card="idea")


def _pins(wall: Wall) -> None:
    wall.note("The crossing", card="pin", type="problem")


def _feedback(wall: Wall) -> None:
    wall.note("Longer pause", 1)
    wall.note("Good day", 0, card="rating", useful=4, heard=5)
    wall.note("longer  pause", 2, card="answer", what_we_did="taken_up", reason="We can")


def _georgian(wall: Wall) -> None:
    wall.note("No timetable", lang="ka")


TELLING: dict[str, Callable[[Wall], None]] = {
    "affinity": _groups,
    "brainwriting": _sheets,
    "checkin": _check_in,
    "crazy8": _frames,
    "dot-vote": _vote,
    "feedback": _feedback,
    "hmw": _questions,
    "notes": _georgian,
    "one-two-four-all": _stages,
    "peer-consult": _peers,
    "place-map": _pins,
    "swot": _swot,
    "world-cafe": _café,
}


def test_every_method_that_shows_notes_is_among_these() -> None:
    assert set(OF_NOTES) == set(TELLING)
    named = {name for id in OF_NOTES for name in METHODS[id].computed}
    assert named - ELSEWHERE == set(FINDINGS)


@pytest.mark.parametrize("id", OF_NOTES)
def test_every_value_says_something_when_people_have_written(id: str) -> None:
    wall = Wall(id)
    names = [name for name in wall.method.computed if name not in ELSEWHERE]
    before = {name: [*FINDINGS[name](wall.facts())] for name in names}
    TELLING[id](wall)
    now = {name: [one for one in FINDINGS[name](wall.facts()) if one[1]] for name in names}
    assert [name for name in names if not now[name] or now[name] == before[name]] == []


def test_a_swot_says_which_strong_points_lie_unused() -> None:
    wall = Wall("swot")
    _swot(wall)
    assert wall.found() == {
        "What weighs most": (
            "Strengths: Staff who know (3)",
            "Weaknesses: Five formats (3)",
            "Opportunities: A call opens",
        ),
        "Tied together by a strategy": ("Staff who know + A call opens",),
        "Weighs much, and no strategy uses it: connect it with one": ("Five formats",),
    }


def test_whose_zones_were_renamed_are_known_by_where_they_stand() -> None:
    wall = Wall("swot")
    renamed = {"title": "What we are good at"}
    wall.board.do(
        {
            "type": "edit_text",
            "id": an_id("zone 0"),
            "field": "title",
            "splices": [[0, "Strengths", renamed["title"]]],
        },
        OLGA,
    )
    wall.note("Staff who know", 0)
    assert wall.found()["What weighs most"] == ("What we are good at: Staff who know",)


def test_who_is_silent_is_told_to_those_who_lead_and_never_where_notes_have_no_names() -> None:
    wall = Wall("checkin")
    wall.note("Curious")
    title = "Has written nothing yet: ask kindly. Only those who lead see this."
    assert wall.found()[title] == ("Boris", "Dora")
    assert title not in wall.found(leads=False)
    wall.board.state.items[an_id("Curious")].pop("by")  # as a nameless step leaves it
    assert title not in wall.found()


def test_nobody_is_called_silent_while_notes_are_private() -> None:
    wall = Wall("checkin")
    wall.note("Curious")
    wall.workshop.do({"type": "set_stage", "stage": "silent"}, OLGA)
    assert "Has written nothing yet" not in " ".join(wall.found())


@pytest.mark.parametrize("id", OF_NOTES)
def test_whatever_a_file_has_put_on_cards_is_no_error(id: str) -> None:
    wall = Wall(id)
    kinds = ("question", "rating", "answer", "pin", "participant_card", "case", "")
    fields = ("breadth", "heard", "useful", "weight", "type", "device", "what_we_did", "reason")
    zone = next((one["id"] for one in wall.board.state.of_kind("region")), "")
    for at, value in enumerate(("wide", 7, True, "")):
        for kind in kinds:
            about = {"id": an_id(f"{kind} {at}"), "kind": "note", "by": ANNA, "at": at}
            said = {f"said/{name}": value for name in (*fields, "owner")}
            where = {"region": zone, "order": "a0", "x": 0, "y": 0}
            wall.board.state.put({**about, **where, "text": "Same", "card": kind, **said})
    wall.found()


def test_of_many_only_the_first_are_named_and_the_rest_is_counted() -> None:
    wall = Wall("affinity")
    group = {"type": "create_cluster", "id": an_id("group"), "name": "Times", "x": 0, "y": 0}
    wall.board.do(group, ANNA)
    wall.note("In it", cluster=an_id("group"))
    for n in range(11):
        wall.note(f"Alone {n}")
    assert wall.found()["In no group. They may stay alone."][-1] == "and 3 more"


def test_an_answer_is_known_by_the_words_of_what_it_answers() -> None:
    wall = Wall("feedback")
    _feedback(wall)
    found = wall.found()
    assert found["Inputs with an answer and its reason"] == ("100 %",)
    assert found["What became of it"] == ("taken up: 1",)
    assert found["How useful it was"] == ("all: 4.0 of 5",)
