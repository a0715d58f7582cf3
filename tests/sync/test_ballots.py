"""Ballots of a page without a browser, by hand: the rules of tests/browser/ballots.test.js."""

from __future__ import annotations

from typing import Any

from codesign.core.changes import PatchItem, PutItem
from codesign.sync import Sync
from codesign.sync.ballots import Ballots
from codesign.sync.expected_votes import expected_of_votes

STREAM = "workshop:W"


class Line:
    """A page that is let in, and what it sends."""

    def __init__(self) -> None:
        self.ms = 0
        self.sent: list[dict[str, Any]] = []
        self.sync = Sync(me="ana", client="C", now=lambda: self.ms, make_id=lambda: "anew")
        self.sync.send = self.sent.append
        self.ballots = Ballots(self.sync, STREAM, client="B", now=lambda: self.ms)

    def up(self) -> None:
        self.sync.receive({"type": "welcome", "epoch": "one", "last": {}})
        self.ballots.flush()

    def answer(self, code: str = "") -> None:
        told = {"client": "B", "n": self.sent[-1]["n"], "stream": STREAM, "vote": "V"}
        refused = {**told, "type": "refused", "code": code, "data": {}}
        self.sync.receive(refused if code else {**told, "type": "counted"})

    @property
    def dots(self) -> list[dict[str, int]]:
        return [message["dots"] for message in self.sent]


def test_the_newest_goes_alone_after_the_answer_to_the_one_before() -> None:
    line = Line()
    line.up()
    for water in (1, 2, 3):
        line.ballots.put("V", {"water": water, "buses": 0})
    assert line.dots == [{"water": 1}]
    line.answer()
    assert line.dots == [{"water": 1}, {"water": 3}]
    assert line.ballots.unsent == 1
    line.answer()
    assert (line.ballots.unsent, line.ballots.dots("V")) == (0, {"water": 3})


def test_what_was_under_way_when_the_line_went_is_sent_again() -> None:
    line = Line()
    line.ballots.put("V", {"water": 1})
    assert line.sent == []
    line.up()
    line.ballots.lost()
    line.ballots.flush()
    assert [message["n"] for message in line.sent] == [1, 2]


def test_a_refusal_gives_back_what_was_counted_and_an_unavailable_server_is_asked_again() -> None:
    line = Line()
    line.up()
    line.ballots.put("V", {"water": 1})
    line.answer()
    line.ballots.put("V", {"buses": 1}, "nino")
    assert line.sent[-1]["voter"] == "nino"
    line.answer("unavailable")
    line.ballots.beat()
    assert len(line.sent) == 2
    line.ms = 3_000
    line.ballots.beat()
    line.answer("conflict")
    assert (line.ballots.dots("V", "nino"), line.ballots.dots("V")) == ({}, {"water": 1})
    assert [(no["voter"], no["dots"]) for no in line.ballots.refused] == [("nino", {"buses": 1})]


def test_a_vote_is_expected_as_the_server_will_make_it() -> None:
    op = {"type": "open_vote", "id": "V", "question": "Which?", "board": "B", "options": ["N", "M"]}
    asked = {**op, "dots": 3, "cap": 2, "leads": False}
    item = {"id": "V", "kind": "vote", "question": "Which?", "board": "B", "dots": 3, "cap": 2}
    state = {"secret": True, "state": "open", "opened": 7, "cast": 0, "option/N": 0, "option/M": 1}
    assert expected_of_votes(asked, 7) == [PutItem(item | state)]
    ended = [
        expected_of_votes({"type": kind, "id": "V"}, 7) for kind in ("close_vote", "cancel_vote")
    ]
    assert ended == [
        [PatchItem("V", {"state": "counting"})],
        [PatchItem("V", {"state": "cancelled"})],
    ]
