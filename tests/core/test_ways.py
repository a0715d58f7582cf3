"""The way of a result: back to what people wrote and forward to what became of it, over what the reader may see."""

from __future__ import annotations

from codesign.core.stream import State
from codesign.core.ways import Stop, Ways


def told(stops: list[Stop]) -> list[str | None]:
    return [None if one.item is None else str(one.item["id"]) for one in stops]


def put(state: State, id: str, kind: str = "note", **more: object) -> None:
    state.put({"id": id, "kind": kind, "text": id, **more})


def a_programme() -> tuple[dict[str, State], State]:
    """A note in a group on one board, carried to another, made an idea there, and the idea an action."""
    first, second, register = State(), State(), State()
    put(first, "note", cluster="group")
    put(first, "group", "cluster")
    put(second, "copy", **{"origin/board": "first", "origin/item": "group"})
    idea = {"origin/board": "second", "origin/item": "copy", "for/persona": True}
    put(register, "idea", "idea", **idea)
    put(register, "persona", "persona")
    put(register, "action", "action", **{"origin/board": "third", "origin/item": "idea"})
    return {"first": first, "second": second}, register


def test_an_action_is_followed_back_to_the_notes_and_the_people_it_is_for() -> None:
    ways = Ways(*a_programme())
    here = ways.at("", "action")
    assert here
    assert told(ways.back(here)) == ["idea", "copy", "persona", "group", "note"]


def test_a_note_is_followed_to_what_became_of_it() -> None:
    ways = Ways(*a_programme())
    here = ways.at("first", "note")
    assert here
    assert told(ways.forward(here)) == ["group", "copy", "idea", "action"]


def test_what_somebody_may_not_read_is_no_more_than_a_gap() -> None:
    boards, register = a_programme()
    ways = Ways({"second": boards["second"]}, register)
    here = ways.at("", "action")
    assert here
    assert told(ways.back(here)) == ["idea", "copy", "persona", None]
    assert ways.at("first", "note") is None


def test_origins_in_a_circle_end() -> None:
    state = State()
    put(state, "a", **{"origin/board": "b", "origin/item": "b"})
    put(state, "b", **{"origin/board": "b", "origin/item": "a"})
    ways = Ways({"b": state}, State())
    here = ways.at("b", "a")
    assert here
    assert told(ways.back(here)) == told(ways.forward(here)) == ["b"]
