"""What tables and what comes from them are called: by a name that somebody gave, else in the reader's words."""

from __future__ import annotations

import pytest

from codesign.core.copies import Origin, gathered
from codesign.core.stream import State
from codesign.i18n import Catalogues
from codesign.results.board_reading import read_board
from codesign.results.table_words import board_name, origin_name, table_name
from tests.builders import ANNA, BOARD, OLGA, Play, a_board, an_id, note
from tests.core.table_rows import a_workshop_with_tables

LANGUAGES = Catalogues()
CALLED = {"en": "Table 1", "sq": "Tavolina 1", "ka": "მაგიდა 1"}


@pytest.fixture
def workshop() -> Play:
    return a_workshop_with_tables(a_board(), state="prepared")


@pytest.mark.parametrize("lang", CALLED)
def test_a_table_without_a_name_is_called_in_the_readers_words(workshop: Play, lang: str) -> None:
    words = LANGUAGES.words(lang)
    assert table_name(workshop.item("first table"), words) == CALLED[lang]
    template = workshop.state.items[BOARD]["title"]
    told = board_name(an_id("first table b"), workshop.state, words)
    assert told == f"{CALLED[lang]} · {template}"
    assert board_name(BOARD, workshop.state, words) == template


def test_a_name_that_somebody_gave_is_told_to_everyone_as_it_is(workshop: Play) -> None:
    workshop.do({"type": "edit_table", "id": an_id("first table"), "title": "Buses"}, OLGA)
    words = LANGUAGES.words("sq")
    assert table_name(workshop.item("first table"), words) == "Buses"
    assert board_name(an_id("first table b"), workshop.state, words) == "Buses"


@pytest.mark.parametrize("lang", CALLED)
def test_what_was_gathered_is_told_by_its_table_in_the_readers_words(lang: str) -> None:
    words, table, room = LANGUAGES.words(lang), a_board(), a_board()
    table.do(note("bus", "Bus"), ANNA)
    items = gathered(table.state, Origin(an_id("table b"), "", 1), room.state, BOARD)
    room.do({"type": "copy_items", "items": items})
    assert room.workshop is not None
    told = read_board(room.state, room.workshop.state, "", words)
    assert told.regions[-1].title == CALLED[lang]
    assert {origin_name(one, words) for one in room.state.of_kind("note")} == {CALLED[lang]}


def test_of_tables_that_are_gone_nothing_is_made_up() -> None:
    words = LANGUAGES.words("en")
    assert board_name("unknown", State(), words) == ""
    assert origin_name({"origin/table": "Buses"}, words) == "Buses"
    assert origin_name({}, words) == ""
