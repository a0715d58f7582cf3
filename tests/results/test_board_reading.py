"""A board read for writing: order, groups, names, papers, reactions, words in the reader's language."""

from __future__ import annotations

from codesign.i18n import Catalogues
from codesign.results.board_model import Group, Paper
from codesign.results.board_reading import read_board
from tests.builders import OLGA, Play, an_id
from tests.results import demo
from tests.results.demo import a_board_on, a_gathering, grouped, the_demo, write


def read(board: Play, lang: str = "en"):  # type: ignore[no-untyped-def]
    assert board.workshop is not None
    words = Catalogues().words(lang)
    return read_board(board.state, board.workshop.state, "Write ideas", words)


def test_regions_hold_their_notes_in_order() -> None:
    board = read(the_demo())
    assert [(region.title, region.notes) for region in board.regions] == [
        ("On foot", 6),
        ("By bus", 6),
        ("By bike and other ways", 4),
    ]
    assert [entry.id for _, _, entry in board.entries()] == [
        an_id(f"note {at}") for at in range(len(demo.NOTES))
    ]


def test_a_note_has_its_author_city_paper_and_reactions() -> None:
    _, _, note = next(found for found in read(the_demo()).entries() if found[2].reactions)
    assert (note.text, note.author, note.author_lang) == (demo.NOTES[1][2], "Ioana M.", "ro")
    assert (note.city, note.colour, note.reactions) == ("Bălți", "rose", (("heart", 2),))


def test_reactions_are_counted_the_most_frequent_first() -> None:
    note = next(e for _, _, e in read(the_demo()).entries() if e.id == an_id("note 9"))
    assert note.reactions == (("idea", 2), ("question", 1))


def test_a_group_stands_where_it_is_with_its_notes_inside() -> None:
    board = read(grouped())
    first = board.regions[1].contents[0]
    assert isinstance(first, Group)
    assert first.name == "Nobody knows when it comes"
    assert [note.id for note in first.members] == [an_id(f"note {at}") for at in (6, 7, 8)]
    assert board.regions[1].notes == 6


def test_connectors_know_what_their_ends_are_called() -> None:
    board = read(grouped())
    line = next(one for one in board.connectors if one.label)
    assert (board.words[line.source], line.label, board.words[line.target]) == (
        "Возниот ред никаде не е истакнат",
        "is why",
        "Nobody knows when it comes",
    )


def test_two_people_of_one_name_are_told_apart() -> None:
    workshop = a_gathering()
    twin = {"type": "join_workshop", "person": an_id("twin"), "name": "Ioana M."}
    workshop.do({**twin, "city": an_id("nis")})
    board = a_board_on(workshop)
    op = {"type": "create_note", "id": an_id("fish"), "text": "Fish"}
    board.do({**op, "region": an_id("foot"), "order": "a0"}, an_id("twin"))
    ((_, _, note),) = read(board).entries()
    assert (note.author, note.city) == ("Ioana M. 2", "Ниш")


def test_set_up_words_come_in_the_readers_language_and_peoples_words_as_they_are() -> None:
    board = the_demo()
    words = {"type": "translate", "id": an_id("foot"), "field": "title", "lang": "ka"}
    board.do({**words, "words": "ფეხით"})
    board.do({**words, "id": None, "field": "question", "words": "რა გვიშლის ხელს?"})
    georgian, albanian = read(board, "ka"), read(board, "sq")
    assert (georgian.regions[0].title, georgian.question) == ("ფეხით", "რა გვიშლის ხელს?")
    assert albanian.regions[0].title == "On foot"
    assert [e.text for _, _, e in georgian.entries()] == [e.text for _, _, e in albanian.entries()]


def test_the_legend_names_the_cities_whose_papers_are_used() -> None:
    board = a_board_on(a_gathering())
    write(board, 0)
    write(board, 3)
    assert read(board).legend == (Paper("sun", ("ქუთაისი",)), Paper("leaf", ("Львів",)))


def test_a_paper_says_no_city_where_only_people_of_none_or_of_others_wrote_on_it() -> None:
    board = a_board_on(a_gathering())
    write(board, 0)
    by_the_lead = {"type": "create_note", "id": an_id("lead"), "text": "Welcome"}
    board.do({**by_the_lead, "region": an_id("foot"), "order": "a0"}, OLGA)
    assert read(board).legend == (Paper("sun", ("ქუთაისი",)),)
    board.do({"type": "recolour", "id": an_id("lead"), "colour": "sun"}, OLGA)
    assert read(board).legend == (Paper("sun", ("ქუთაისი",), others=True),)


def test_a_free_board_is_read_from_the_top_then_from_the_left() -> None:
    board = a_board_on(a_gathering(), "free")
    spots = {0: (50_000, 9_000), 1: (0, 9_000), 2: (90_000, 100)}
    for at, (x, y) in spots.items():
        write(board, at, x=x, y=y)
    assert [e.id for _, _, e in read(board).entries()] == [an_id(f"note {at}") for at in (2, 1, 0)]
