"""P15.8 by hand: words that come too late for a lane go on on the board, or are given back."""

from __future__ import annotations

from typing import Any

from codesign.core.changes import PutItem
from codesign.sync.lanes import Lanes
from codesign.sync.queue import Record

BOARD, WORKSHOP = f"board:{'b' * 22}", f"workshop:{'w' * 22}"
ANA, TOKEN, NOTE = "a" * 22, "t" * 22, "n" * 22
PERSON = {"id": ANA, "kind": "person", "name": "Ana", "role": "participant"}
HIDDEN = {"id": NOTE, "kind": "note", "text": "No bench", "x": 0, "y": 0}


def lane(key: str = ANA, silence: int = 1) -> str:
    return f"lane:{'b' * 22}:{silence}:{key}"


class Heard:
    """A page in a silence; its lane holds one note."""

    def __init__(self, hidden: str = "named") -> None:
        self.sync = Lanes(
            me=ANA,
            client="C",
            now=lambda: 0,
            board=BOARD,
            workshop=WORKSHOP,
            token=lambda silence: TOKEN,
            make_id=lambda: "nameless",
        )
        self.said: list[dict[str, Any]] = []
        self.back: list[str] = []
        self.lane = lane(TOKEN if hidden == "anonymous" else ANA)
        self.sync.send = self.said.append
        self.sync.on("refused", lambda event: self.back.append(event["text"]))
        welcome = {"type": "welcome", "epoch": "one", "now": 0, "person": ANA, "last": {}}
        self.sync.receive(welcome)
        self.load(BOARD, {"layout": "free"})
        self.load(WORKSHOP, {"stage": "silent", "silence": 1, "hidden": hidden}, PERSON)
        self.load(self.lane, {}, HIDDEN)

    def load(self, stream: str, fields: dict[str, Any], *items: dict[str, Any]) -> None:
        state = {"fields": fields, "items": list(items)}
        self.sync.load(stream, {"epoch": "one", "seq": 0, "state": state})

    def happens(self, stream: str, *changes: dict[str, Any]) -> None:
        seq = self.sync.view(stream).seq + 1
        entry = {"seq": seq, "at": 0, "changes": list(changes)}
        told = {"stream": stream, "from": seq, "to": seq, "entries": [entry]}
        self.sync.receive({"type": "changes", **told})

    def stage(self, stage: str, **fields: Any) -> None:
        self.happens(WORKSHOP, {"stream": {"fields": {"stage": stage, **fields}}})

    def closed(self) -> None:
        self.happens(self.lane, {"stream": {"fields": {"closed": True}}})

    def revealed(self, *items: dict[str, Any]) -> None:
        puts = [{"put": item} for item in items]
        self.happens(BOARD, {"stream": {"fields": {"revealed": 1}}}, *puts)

    def refused(self) -> None:
        """The last op that was asked came too late."""
        asked = [message for message in self.said if message["type"] == "op"][-1]
        told = {key: asked[key] for key in ("client", "n", "stream")}
        self.sync.receive({"type": "refused", **told, "code": "stage", "data": {}})

    def type(self, text: str) -> None:
        self.sync.edit_text(BOARD, NOTE, "text", text)

    @property
    def asked(self) -> list[tuple[str, Any]]:
        return [
            (said["stream"], said["op"]["splices"]) for said in self.said if said["type"] == "op"
        ]


def test_an_edit_that_was_too_late_goes_on_when_its_note_is_on_the_board() -> None:
    page = Heard()
    page.type("No bench at all")
    page.stage("open", hidden=None)
    page.refused()
    page.closed()
    page.revealed(HIDDEN)
    assert page.asked == [(page.lane, [[8, "", " at all"]]), (BOARD, [[8, "", " at all"]])]
    assert page.back == []


def test_so_it_does_when_the_refusal_comes_last() -> None:
    page = Heard()
    page.type("No bench at all")
    page.stage("open", hidden=None)
    page.revealed(HIDDEN)
    page.refused()
    page.closed()
    assert page.asked[1:] == [(BOARD, [[8, "", " at all"]])]


def test_and_when_the_next_silence_has_begun_before_the_last_is_on_the_board() -> None:
    page = Heard()
    page.type("No bench at all")
    page.stage("open", hidden=None)
    page.refused()
    page.stage("silent", hidden="named", silence=2)
    page.load(lane(silence=2), {})
    page.closed()
    page.revealed(HIDDEN)
    assert page.asked[1:] == [(BOARD, [[8, "", " at all"]])]


def test_words_in_a_note_that_was_taken_away_before_it_was_seen_are_given_back() -> None:
    page = Heard()
    page.type("No bench at all")
    page.stage("open", hidden=None)
    page.refused()
    page.closed()
    page.revealed()
    page.refused()
    assert page.back == [" at all"]
    assert page.sync.unsent == 0


def test_words_of_a_lane_without_a_name_that_is_gone_are_given_back_whole() -> None:
    page = Heard("anonymous")
    page.type("No bench at all")
    page.stage("open", hidden=None)
    page.refused()
    page.closed()
    page.revealed({**HIDDEN, "id": "f" * 22})
    told = {"type": "unfollowed", "stream": page.lane, "code": "unknown"}
    page.sync.receive(told)
    assert page.back == ["No bench at all"]
    assert page.asked == [(page.lane, [[8, "", " at all"]])]
    assert page.sync.unsent == 0


def test_words_of_another_tab_come_back_as_they_were_last_where_its_lane_is_gone() -> None:
    """A tab is closed in a silence without names, with a note and an edit of it unanswered; the reveal is over before
    another tab has its queue."""
    page = Heard("anonymous")
    page.sync.unfollow(page.lane)
    made = {**HIDDEN, "id": "m" * 22}
    edit = {"type": "edit_text", "id": made["id"], "field": "text", "splices": [[8, "", " at all"]]}
    create = {"type": "create_note", "id": made["id"], "text": "No bench", "x": 0, "y": 0}
    name = {"stream": page.lane, "client": "nameless"}
    left = [
        Record("op", 1, op=create, changes=(PutItem(made),), **name),
        Record("op", 2, op=edit, spot=(made["id"], "text"), text="No bench", **name),
    ]
    page.sync.adopt([("gone", left)])
    page.sync.receive({"type": "unfollowed", "stream": page.lane, "code": "unknown"})
    assert page.back == ["No bench at all"]
    assert page.sync.unsent == 0
