"""Tables beside the pictures of maps and plans: what a picture shows is in words, too."""

from __future__ import annotations

from codesign.results.report import Sources
from codesign.results.report_boards import tables
from codesign.results.report_booklet import Picture, Plan, Table
from codesign.results.report_chapters import make_booklet
from codesign.results.report_reading import read_report
from tests.builders import ANNA, BOARD, a_board, a_register, an_id, record
from tests.core.demo_personas import played
from tests.results.report_demo import ENGLISH
from tests.results.test_choosing import a_grid
from tests.results.test_sheets import a_line
from tests.results.test_system_map import NAMES, the_map_of_kutaisi


def test_a_grid_has_its_rows_beneath_its_picture() -> None:
    board, register = a_grid()
    assert board.workshop is not None
    sources = Sources(board.workshop.state, {BOARD: board.state}, register)
    booklet = make_booklet(read_report(sources, ENGLISH), Plan(), ENGLISH, "2026-11-22")
    (chapter,) = (one for one in booklet.chapters if one.id == "boards")
    _head, picture, table = chapter.blocks
    assert isinstance(picture, Picture)
    assert isinstance(table, Table)
    assert table.head[:4] == ("Name", "Kind", "Quarter", "Effect")
    assert [row[0] for row in table.rows] == ["Lamps", "App", "Wish"]
    assert len(table.widths) == len(table.head)


def test_a_system_map_has_its_factors_and_links() -> None:
    factors, links = tables(the_map_of_kutaisi(), None, ENGLISH)
    assert (factors[0], links[0]) == ("Factors", "Links")
    assert [row[0] for row in factors[2][1:]] == list(NAMES)
    assert links[2][5] == ("Passengers", "Private cars", "−", "", "at once", "")
    for _name, widths, rows in (factors, links):
        assert {len(row) for row in rows} == {len(widths)}


def test_a_plan_is_told_by_level_in_the_columns_that_somebody_filled_in() -> None:
    register = a_register(None, "council", "riders")
    register.do(record("more", "engagement", stakeholder=an_id("riders")), ANNA)
    talk = {"stakeholder": an_id("council"), "level": "decide", "channel": "committee"}
    register.do(record("talk", "engagement", **talk), ANNA)
    ((_name, widths, rows),) = tables(a_board("table").state, register.state, ENGLISH)
    assert rows == (
        ("Actor", "Level", "By what way"),
        ("Council", "Let decide", "committee"),
        ("Riders", "How is not said yet", ""),
    )
    assert len(widths) == len(rows[0])


def test_an_empathy_map_says_whose_it_is_and_what_is_guessed() -> None:
    register = played(a_register())
    register.do(a_line("l1", "hear", "They only come for the others"), ANNA)
    register.do(a_line("l2", "say", "I pay on time", confidence="known"), ANNA)
    board = a_board("canvas")
    board.do({"type": "create_placement", "id": an_id("p"), "record": an_id("lumnije")}, ANNA)
    ((_name, _widths, rows),) = tables(board.state, register.state, ENGLISH)
    assert rows == (
        ("Persona", "Block", "Text", "Guess"),
        ("Lumnije", "Says", "I pay on time", ""),
        ("Lumnije", "Hears", "They only come for the others", "Guess"),
    )
