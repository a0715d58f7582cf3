"""Translations of what was set up: one key per language, guarded and counted like any other words."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core import limits
from codesign.core.changes import PatchItem, PatchStream
from codesign.core.decision import NOTHING, Accepted
from tests.builders import AGES, OLGA, REGION, Play, a_board, a_workshop, an_id, note, refused

NINO = an_id("nino")


def translate(words: str, item: str | None = REGION, lang: str = "ka") -> dict[str, Any]:
    field = "question" if item is None else "title"
    return {"type": "translate", "id": item, "field": field, "lang": lang, "words": words}


@pytest.fixture
def board() -> Play:
    """Two people lead it."""
    workshop = a_workshop()
    join = {"type": "join_workshop", "person": NINO, "role": "facilitator", "name": "Nino"}
    workshop.do(join)
    return a_board(workshop=workshop)


@pytest.mark.parametrize("item", [REGION, None])
def test_a_stale_page_does_not_overwrite_somebody_elses_translation(
    board: Play, item: str | None
) -> None:
    seen = board.head
    board.do(translate("ახლა", item), NINO)
    board.now += AGES
    key = "title/ka" if item else "question/ka"
    today = refused("conflict", id=item, field=key, value="ახლა", by=NINO)
    assert board.ask(translate("ახლავე", item), OLGA, base=seen) == today
    assert board.ask(translate("", item), OLGA, base=seen) == today
    assert board.ask(translate("ახლა", item), OLGA, base=seen) == NOTHING
    fields = {key: "ახლავე"}
    change = PatchItem(item, fields) if item else PatchStream(fields)
    assert board.ask(translate("ახლავე", item), OLGA) == Accepted((change,))


def test_two_languages_of_one_title_do_not_stand_in_each_others_way(board: Play) -> None:
    seen = board.head
    board.do(translate("ახლა"), NINO)
    board.now += AGES
    board.do(translate("Tani", lang="sq"), OLGA, base=seen)
    region = board.state.get(REGION)
    assert region is not None
    assert (region["title/ka"], region["title/sq"]) == ("ახლა", "Tani")


@pytest.mark.parametrize("item", [REGION, None])
def test_translations_are_words_of_the_board(
    board: Play, item: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = board.state.words
    board.do(translate("ახლა", item), OLGA)
    assert board.state.words == before + len("ახლა".encode())
    monkeypatch.setattr(limits, "BOARD_WORD_BYTES", board.state.words + 3)
    full = refused("limit", limit="words", most=limits.BOARD_WORD_BYTES)
    assert board.ask(translate("Tani", item, "sq"), OLGA) == full
    assert board.ask(note("fish", "fish"), OLGA) == full
    board.do(translate("", item), OLGA)
    assert board.state.words == before
    board.do(translate("Tani", item, "sq"), OLGA)


def test_a_board_that_was_too_full_may_lose_words(
    board: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.do(translate("ახლა"), OLGA)
    monkeypatch.setattr(limits, "BOARD_WORD_BYTES", 1)
    board.do(translate("ახ"), OLGA)
    board.do({"type": "edit_text", "id": REGION, "field": "title", "splices": [[0, "Now", "N"]]})


def test_an_archive_is_counted_with_its_translations(
    board: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BOARD_WORD_BYTES", board.state.words + 5)
    full = refused("limit", limit="words", most=limits.BOARD_WORD_BYTES)
    fill = {"type": "fill_board", "fields": {"question/ka": "რა?"}, "items": []}
    assert board.ask(fill) == full
