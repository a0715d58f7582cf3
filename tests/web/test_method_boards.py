"""What methods bring to their boards: kinds of card, and rounds."""

from __future__ import annotations

from codesign.catalog import HOUSE, read
from codesign.core.method import OwnKind
from codesign.core.whole import check_about
from codesign.web.method_boards import about_of, cards_of, has_sheets, names_zones

METHODS = read(HOUSE).methods
MINUTE = 60_000


def rounds_of(id: str) -> dict[str, str | int]:
    return {
        key: value for key, value in about_of(METHODS[id]).items() if not key.startswith("card")
    }


def test_every_method_brings_what_a_board_may_hold() -> None:
    for method in METHODS.values():
        assert check_about(about_of(method)) == about_of(method), method.id


def test_frames_sheets_phases_and_layers_are_rounds() -> None:
    assert rounds_of("crazy8") == {"rounds": 8, "round_ms": MINUTE}
    assert rounds_of("brainwriting") == {"rounds": 6, "round_ms": 5 * MINUTE, "cells": 3}
    assert rounds_of("world-cafe") == {"rounds": 3, "round_ms": 20 * MINUTE}
    assert rounds_of("one-two-four-all") == {
        **{"rounds": 4, "round_ms": MINUTE, "round_ms/2": 2 * MINUTE},
        **{"round_ms/3": 4 * MINUTE, "round_ms/4": 5 * MINUTE},
    }
    assert rounds_of("swot") == {}


def test_only_sheets_that_are_dealt_need_no_zones() -> None:
    assert [id for id, one in METHODS.items() if has_sheets(one)] == ["brainwriting"]
    assert names_zones(METHODS["crazy8"])
    assert not names_zones(METHODS["brainwriting"])
    assert not names_zones(METHODS["salience"])


def test_a_card_has_its_words_first_and_what_the_method_adds_last() -> None:
    (question,) = cards_of(METHODS["hmw"])
    assert question.title == "text"
    sized = METHODS["hmw"].model_copy(update={"fields": ("effort: int(1..100000)",)})
    assert [kind.fields[-1].name for kind in cards_of(sized)] == ["effort"]
    assert about_of(METHODS["dot-vote"]).get("card") is None
    assert about_of(METHODS["hmw"])["card"] == "question"


def test_a_card_that_could_not_say_what_it_must_is_left_out() -> None:
    assert [kind.name for kind in cards_of(METHODS["feedback"])] == ["rating", "answer"]
    needy = OwnKind(name="rating", fields=("why: text!", "of: ref(persona)!"))
    method = METHODS["feedback"].model_copy(update={"own": (needy, METHODS["feedback"].own[1])})
    assert [kind.name for kind in cards_of(method)] == ["answer"]
