"""P17: a note keeps its words and its language, and has translations beside it."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core import limits
from codesign.core.changes import PatchItem
from codesign.core.decision import NOTHING, Accepted, Refused
from codesign.core.translations import is_outdated, languages_of, mark_of
from tests.builders import (
    AGES,
    ANNA,
    BORIS,
    OLGA,
    VERA,
    Play,
    a_board,
    a_lane,
    an_id,
    edit,
    note,
    refused,
    undo,
)

FISH = an_id("fish")
SAID = {"text/ka": "თევზი", "made_of/ka": mark_of("Fish")}


def said(words: str, lang: str = "ka", of: str | None = "Fish", **more: Any) -> dict[str, Any]:
    op = {"type": "translate_note", "id": FISH, "lang": lang, "words": words, **more}
    return op if of is None else {**op, "made_of": mark_of(of)}


def language(lang: str) -> dict[str, Any]:
    return {"type": "set_language", "id": FISH, "lang": lang}


@pytest.fixture
def board() -> Play:
    """With a note of Anna's in English."""
    board = a_board()
    board.do(note("fish", "Fish", lang="en"), ANNA)
    return board


def beside(play: Play) -> dict[str, Any]:
    """What stands beside the note's words."""
    return {key: value for key, value in play.item("fish").items() if "/" in key}


# P17.1


def test_anybody_who_writes_may_say_what_a_note_of_somebody_else_says_in_their_language(
    board: Play,
) -> None:
    fields = {**SAID, "translator/ka": BORIS}
    assert board.ask(said("თევზი"), BORIS) == Accepted((PatchItem(FISH, fields),))
    assert board.item("fish")["text"] == "Fish"
    assert languages_of(board.item("fish")) == ["ka"]


def test_who_corrects_a_translation_is_named_and_who_repeats_it_is_not(board: Play) -> None:
    board.do(said("თევზი", by_machine=True), BORIS)
    assert board.ask(said("თევზი", by_machine=True), OLGA) == NOTHING
    board.do(said("თევზები"), OLGA)
    assert beside(board) == {**SAID, "text/ka": "თევზები", "translator/ka": OLGA}


def test_who_checks_what_a_machine_wrote_makes_it_theirs(board: Play) -> None:
    board.do(said("თევზი", by_machine=True), BORIS)
    assert beside(board) == {**SAID, "translator/ka": BORIS, "by_machine/ka": True}
    board.do(said("თევზი"), OLGA)
    assert beside(board) == {**SAID, "translator/ka": OLGA}


def test_no_words_take_a_translation_away_with_all_that_belongs_to_it(board: Play) -> None:
    board.do(said("თევზი", by_machine=True), BORIS)
    board.do(said("", of=None), ANNA)
    assert beside(board) == {}
    assert board.ask(said("", of=None), ANNA) == NOTHING


def test_a_note_is_not_translated_into_the_language_it_is_in(board: Play) -> None:
    no = refused("bad_op", field="lang", reason="same_language")
    assert board.ask(said("A fish", "en"), BORIS) == no
    board.do(language("ka"), ANNA)
    board.do(said("A fish", "en"), BORIS)


def test_a_stale_page_does_not_overwrite_somebody_elses_translation(board: Play) -> None:
    seen = board.head
    board.do(said("თევზი"), BORIS)
    board.now += AGES
    no = refused("conflict", id=FISH, field="text/ka", value="თევზი", by=BORIS)
    assert board.ask(said("ზღვა"), OLGA, base=seen) == no
    board.do(said("Peshk", "sq"), OLGA, base=seen)


def test_ones_own_translation_can_be_undone_and_not_what_somebody_corrected_since(
    board: Play,
) -> None:
    board.do(said("თევზი"), BORIS)
    board.do(undo(board.head), BORIS)
    assert beside(board) == {}
    board.do(said("თევზი"), BORIS)
    mine = board.head
    board.do(said("თევზები"), OLGA)
    board.do(undo(mine), BORIS)
    assert board.item("fish")["text/ka"] == "თევზები"


# P17.2


def test_a_translation_says_when_the_note_has_changed_since_and_no_longer_when_it_is_as_before(
    board: Play,
) -> None:
    board.do(said("თევზი"), BORIS)
    assert not is_outdated(board.item("fish"), "ka")
    board.do(edit("fish", (4, "", "es")), ANNA)
    assert is_outdated(board.item("fish"), "ka")
    board.do(undo(board.head), ANNA)
    assert not is_outdated(board.item("fish"), "ka")


def test_a_translation_made_of_what_its_page_showed_is_outdated_when_it_comes_late(
    board: Play,
) -> None:
    board.do(edit("fish", (4, "", "es")), ANNA)
    board.do(said("თევზი", of="Fish"), BORIS)
    assert is_outdated(board.item("fish"), "ka")
    assert not is_outdated({"text": "Fish", "text/ka": "თევზი"}, "ka")


# P17.3


def test_its_author_and_those_who_lead_correct_the_language_of_a_note(board: Play) -> None:
    board.do(language("sq"), ANNA)
    assert board.item("fish")["lang"] == "sq"
    assert board.ask(language("ka"), BORIS) == refused("forbidden", action="edit_text")
    board.do(language("en"), OLGA)
    assert board.ask(language("en"), OLGA) == NOTHING


def test_a_language_that_is_corrected_can_be_undone(board: Play) -> None:
    board.do(language("sq"), ANNA)
    board.do(undo(board.head), ANNA)
    assert board.item("fish")["lang"] == "en"


@pytest.mark.parametrize("op", [language("ka"), said("თევზი")])
def test_only_notes_have_a_language(board: Play, op: dict[str, Any]) -> None:
    assert board.ask({**op, "id": an_id("region")}, OLGA) == refused("unknown", id=an_id("region"))


# Limits


def test_translations_are_words_of_the_board(board: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    before = board.state.words
    board.do(said("თევზი"), BORIS)
    assert board.state.words == before + len("თევზი".encode())
    monkeypatch.setattr(limits, "BOARD_WORD_BYTES", board.state.words)
    full = refused("limit", limit="words", most=limits.BOARD_WORD_BYTES)
    assert board.ask(said("Peshk", "sq"), BORIS) == full
    board.do(said("თევ"), BORIS)
    board.do(said("", of=None), BORIS)
    assert board.state.words == before


def test_a_note_has_so_many_translations_and_no_more(board: Play) -> None:
    tags = [f"x{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(limits.TRANSLATIONS_PER_NOTE)]
    for tag in tags:
        board.do(said(tag, tag), BORIS)
    full = refused("limit", limit="translations", most=limits.TRANSLATIONS_PER_NOTE)
    assert board.ask(said("Peshk", "sq"), BORIS) == full
    board.do(said("another", tags[0]), BORIS)
    board.do(said("", tags[1], of=None), BORIS)
    board.do(said("Peshk", "sq"), BORIS)


@pytest.mark.parametrize(("lang", "of"), [("k", "Fish"), ("ka", "fish!")])
def test_what_is_no_language_or_no_mark_is_no_op(board: Play, lang: str, of: str) -> None:
    op = said("თევზი", lang) | ({} if of == "Fish" else {"made_of": of})
    with pytest.raises(ValueError, match=r"."):
        board.ask(op, BORIS)


# P17.4


def test_a_hidden_note_is_translated_in_its_lane_and_comes_to_the_board_with_it() -> None:
    board = a_board()
    lane = a_lane(board)
    lane.do(note("fish", "Fish", lang="en"), ANNA)
    lane.do(said("თევზი"), ANNA)
    assert board.state.get(FISH) is None
    assert board.ask(said("თევზი"), BORIS, stage="open") == refused("unknown", id=FISH)
    hidden = [dict(item) for item in lane.items()]
    board.do({"type": "reveal_notes", "notes": hidden, "silence": 1, "seed": an_id("seed")})
    assert beside(board) == {**SAID, "translator/ka": ANNA}


def test_of_a_note_without_a_name_no_translator_is_kept() -> None:
    board = a_board()
    lane = a_lane(board, an_id("token"), anonymous=True)
    lane.do(note("fish", "Fish", lang="en"), None, role="participant")
    lane.do(said("თევზი"), None, role="participant")
    assert beside(lane) == SAID
    # Whatever a lane of another time may hold: names end where the silence has none.
    hidden = [{**item, "translator/ka": ANNA} for item in lane.items()]
    reveal = {"type": "reveal_notes", "notes": hidden, "silence": 1, "seed": an_id("seed")}
    board.do({**reveal, "anonymous": True})
    assert beside(board) == SAID
    board.do(said("Peshk", "sq"), ANNA, stage="open")
    assert [key for key in board.item("fish") if key.startswith("translator/")] == []


def test_who_only_reads_translates_nothing(board: Play) -> None:
    assert isinstance(board.ask(said("თევზი"), VERA), Refused)
