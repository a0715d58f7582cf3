"""Comments: said of a note beside it, told to whoever is named, gone with what they are about."""

from __future__ import annotations

from typing import Any

from codesign.core.changes import DropItem, PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING, Accepted
from codesign.core.effects import Effect
from codesign.core.forgetting import TAKEN
from codesign.core.inbox import Inbox
from codesign.core.whole import check_item
from tests.builders import (
    ANNA,
    BOARD,
    BORIS,
    OLGA,
    START,
    WORKSHOP,
    Play,
    a_board,
    a_workshop,
    an_id,
    an_inbox,
    edit,
    note,
    refused,
)

NOTE, COMMENT = an_id("note"), an_id("comment")


def board() -> Play:
    play = a_board()
    play.do(note("note", "Buses are late"), ANNA)
    return play


def comment(text: str = "Since when?", **more: Any) -> dict[str, Any]:
    return {"type": "add_comment", "id": COMMENT, "about": NOTE, "text": text, **more}


def test_a_comment_stands_beside_its_note_and_tells_whoever_is_named_but_its_author() -> None:
    said = board().do(comment(mentions=[ANNA, BORIS, BORIS]), BORIS)
    item = {"id": COMMENT, "kind": "comment", "about": NOTE, "text": "Since when?", "at": START}
    item |= {f"mention/{ANNA}": True, f"mention/{BORIS}": True, "by": BORIS}
    message = {"type": "deliver_message", "by": BORIS, "at": START, "words": "Since when?"}
    message |= {"board": BOARD, "about": NOTE}
    assert said == Accepted((PutItem(item),), (Effect(Inbox(WORKSHOP, ANNA).stream, message),))
    assert check_item(item) == item


def test_nobody_is_named_who_is_not_in_the_workshop() -> None:
    stranger = comment(mentions=[an_id("stranger")])
    assert board().ask(stranger, BORIS) == refused("unknown", field="mentions")


def test_a_comment_says_something_of_something() -> None:
    assert board().ask(comment(" \n "), BORIS) == refused("bad_op", field="text", reason="needed")
    lost = comment(about=an_id("nowhere"))
    assert board().ask(lost, BORIS) == refused("unknown", field="about")


def test_a_comment_goes_with_its_note_and_its_author_may_change_it_and_nobody_else() -> None:
    play = board()
    play.do(comment(), BORIS)
    play.do(edit("comment", (0, "Since", "Until")), BORIS)
    assert play.state.items[COMMENT]["text"] == "Until when?"
    assert play.ask(edit("comment", (0, "Until", "Since")), ANNA) == refused(
        "forbidden", action="edit_text"
    )
    gone = play.do({"type": "delete_item", "id": NOTE}, ANNA)
    assert gone.changes == (DropItem(COMMENT), DropItem(NOTE))


def test_people_comment_while_they_vote_and_not_on_a_locked_board() -> None:
    assert isinstance(board().ask(comment(), BORIS, stage="vote"), Accepted)
    assert board().ask(comment(), BORIS, stage="locked") == refused("stage", action="react")


def test_words_that_are_taken_out_are_taken_out_of_comments_too() -> None:
    play = board()
    play.do(comment(), BORIS)
    play.do(comment() | {"id": an_id("other")}, ANNA)
    done = play.do({"type": "take_words", "person": BORIS})
    assert done.changes == (PatchItem(COMMENT, {}, {"text": ((0, "Since when?", TAKEN),)}),)


def test_an_inbox_hears_of_two_who_name_somebody_in_one_moment_and_of_each_once() -> None:
    inbox = an_inbox(a_workshop())
    said = {"type": "deliver_message", "at": START, "words": "Look", "board": BOARD, "about": NOTE}
    first = inbox.do({**said, "by": BORIS})
    fields = {f"message/{START}": "Look", f"message_by/{START}": BORIS}
    assert first == Accepted((PatchStream({**fields, f"message_on/{START}": f"{BOARD}/{NOTE}"}),))
    inbox.do({**said, "by": OLGA})
    assert inbox.state.fields[f"message_by/{START + 1}"] == OLGA
    assert inbox.ask({**said, "by": BORIS}) == inbox.ask({**said, "by": OLGA}) == NOTHING
