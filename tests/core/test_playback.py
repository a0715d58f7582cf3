"""What was on a board is told again: all of it to those who lead, to others only what is there now."""

from __future__ import annotations

from codesign.core import copies, playback
from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING
from codesign.core.stream import Item, State
from tests.builders import ANNA, OLGA, a_board, an_id, edit, refused
from tests.builders import note as note_op

NOTE, GONE, ZONE = an_id("note"), an_id("gone"), an_id("zone")


def note(id: str, text: str, **more: object) -> Item:
    return {"id": id, "kind": "note", "text": text, "by": an_id("anna"), "region": ZONE, **more}


HISTORY: list[list[Change]] = [
    [
        PatchStream({"layout": "zones", "workshop": an_id("w"), "question": "Old?"}),
        PutItem({"id": ZONE, "kind": "region", "title": "Then", "order": "a1"}),
    ],
    [PutItem(note(NOTE, "my number is 555", order="a1"))],
    [PutItem(note(GONE, "rude", order="a2")), PatchStream({"message/5": "secret word"})],
    [PatchItem(NOTE, {"reaction/heart/x": True, "order": "a3"})],
    [PatchItem(NOTE, {"reaction/heart/x": None}, {"text": ((0, "my number is 555", "call us"),)})],
    [DropItem(GONE), PatchStream({"question": "New?"})],
]


def now() -> State:
    state = State()
    playback.go_on(state, HISTORY)
    return state


def told(*, leads: bool) -> list[list[Change]]:
    return [playback.told(changes, now(), leads=leads) for changes in HISTORY]


def test_those_who_lead_see_again_what_everybody_saw_and_no_messages() -> None:
    assert told(leads=True) == [
        *HISTORY[:2],
        [HISTORY[2][0]],
        *HISTORY[3:],
    ]


def test_others_see_how_what_is_there_came_there_and_nothing_that_is_gone() -> None:
    first, second, third, fourth, fifth, sixth = told(leads=False)
    assert first[0] == PatchStream({"layout": "zones", "workshop": an_id("w"), "question": "New?"})
    assert second == [PutItem(note(NOTE, "call us", order="a1"))]
    assert (third, fifth, sixth) == ([], [], [])
    assert fourth == [PatchItem(NOTE, {"order": "a3"})]
    assert not any(words in repr(told(leads=False)) for words in ("555", "rude", "secret", "Old?"))


def test_what_others_see_ends_where_the_board_is() -> None:
    state = State()
    playback.go_on(state, told(leads=False))
    assert state.items == now().items
    assert state.fields["question"] == "New?"


def test_a_board_is_restored_in_one_entry_and_only_by_the_product() -> None:
    board = a_board()
    board.do(note_op("first", "Buses"), ANNA)
    then = list(board.state.all())
    words = {"question": str(board.state.fields["question"])}
    board.do(edit("first", (0, "Buses", "Trams")), ANNA)
    board.do(note_op("second", "Roads"), ANNA)
    op = {"type": "restore_board", "fields": words, "items": then}
    assert board.ask(op, OLGA) == refused("forbidden")
    head = board.head
    board.do(op)
    assert board.head == head + 1
    assert list(board.state.all()) == then
    assert board.ask(op) == NOTHING


def test_a_copy_points_at_its_own_items_and_keeps_who_wrote_and_reacted() -> None:
    items = [
        {"id": ZONE, "kind": "region", "title": "Then", "order": "a1"},
        note(NOTE, "Buses", order="a1", **{"reaction/heart/x": True}),
    ]
    items.append({"id": an_id("said"), "kind": "comment", "about": NOTE, "text": "?", "at": 1})
    zone, copy, comment = copies.whole_copy(items, an_id("other"))
    assert zone["id"] != ZONE
    assert comment["about"] == copy["id"]
    assert copy == {**items[1], "id": copy["id"], "region": zone["id"]}
