"""What a report tells: counted from the streams, in people's own words, with or without their names."""

from __future__ import annotations

from codesign.results.report import Fate, Share
from codesign.results.report_booklet import CHAPTERS, Head, Plan, Table, Text, Voices, read_plan
from codesign.results.report_chapters import draft, make_booklet
from codesign.results.report_names import Beside
from tests.builders import BOARD, OLGA, a_board, an_id, note
from tests.results.demo import NOTES, PEOPLE
from tests.results.report_demo import ENGLISH, Gathering, the_workshop


def everything(of: object) -> str:
    """Every word that any writer could write."""
    return repr(of)


def test_the_first_paragraph_counts_and_has_no_opinion() -> None:
    assert draft(the_workshop().report(), ENGLISH) == (
        "Took part: 14 people, 8 cities. Written: 16 notes. "
        "Most votes: “Nobody knows when it comes” (9), “Прелаз код пијаце је опасан за старије” (4), "
        "“რიონის გასწვრივ ველობილიკი არ არის” (4). 2 actions were agreed."
    )


def test_a_priority_says_its_place_its_votes_by_city_and_what_it_is_made_of() -> None:
    (vote,) = the_workshop().report().votes
    first, second, third, last = vote.priorities
    assert (first.place, first.dots, len(first.voices)) == (1, 9, 3)
    assert first.shares == (Share("ქუთაისი", "sun", 4), Share("", "", 5))
    assert (second.place, third.place) == (2, 2)  # ties share a place
    assert (last.dots, last.place) == (0, 4)


def test_each_note_says_what_became_of_it() -> None:
    fates = {voice.entry.id: voice.fates for voice in the_workshop().report().voices()}
    name = "Nobody knows when it comes"
    assert fates[an_id("note 7")] == (Fate("group", name), Fate("vote", "What first?", 1, 9))
    assert fates[an_id("note 2")] == (Fate("vote", "What first?", 2, 4),)
    assert fates[an_id("note 15")] == ()  # nobody voted for it


def test_an_action_has_its_way_back_and_its_notes_say_what_they_became() -> None:
    gathering = the_workshop()
    (action,) = gathering.register.state.of_kind("action")
    came = {"origin/board": BOARD, "origin/item": an_id("group")}
    elsewhere = {"origin/also/" + an_id("hidden"): an_id("a board not told")}
    gathering.register.state.put({**action, **came, **elsewhere})
    report = gathering.report()
    (way,) = report.ways
    group, *notes = way.sources
    assert (way.kind, way.title, way.elsewhere) == ("action", action["title"], 1)
    assert (group.kind, group.text) == ("cluster", "Nobody knows when it comes")
    assert an_id("note 7") in {one.id for one in notes}
    fates = {voice.entry.id: voice.fates for voice in report.voices()}
    assert Fate("action", action["title"]) in fates[an_id("note 7")]
    assert Fate("action", action["title"]) not in fates[an_id("note 2")]
    (annex,) = [one for one in gathering.booklet().chapters if one.id == "origins"]
    assert Head("Action: Print timetables at 40 stops") in annex.blocks
    assert Text("and 1 more", is_quiet=True) in annex.blocks
    (table,) = [one.blocks[0] for one in gathering.booklet().chapters if one.id == "notes"]
    assert isinstance(table, Table)
    assert sum("Action: “Print timetables" in str(row[-1]) for row in table.rows) == len(notes)


def test_a_persona_comes_with_its_lines_in_their_order() -> None:
    (persona,) = the_workshop().report().personas
    assert persona.needs == ("A bus home after 22:00", "Light at the stop")


def test_every_note_is_told_as_it_was_written() -> None:
    said = everything(the_workshop().booklet())
    assert [text for _, _, text, _ in NOTES if repr(text)[1:-1] not in said] == []


def test_without_names_nobody_is_named_and_small_cities_are_one() -> None:
    gathering = the_workshop()
    report = gathering.report(named=False)
    said = everything((report, gathering.booklet(named=False)))
    assert [name for _, name, _, _ in PEOPLE if name in said] == []
    assert "Levan K." not in said
    cities = {city.name: city.count for city in report.cities}
    assert cities == {"ქუთაისი": 4, "": 10}
    homes = {voice.entry.city for voice in report.voices()}
    assert homes == {"", "ქუთაისი"}
    papers = {voice.entry.colour for voice in report.voices()}
    assert papers == {"sun", "stone"}  # a paper would tell the city


def test_with_names_they_stand_by_their_city() -> None:
    said = everything(the_workshop().booklet())
    assert [name for _, name, _, _ in PEOPLE if name not in said] == []


def test_those_who_lead_and_observe_are_named_apart_and_not_counted() -> None:
    gathering = Gathering()
    join = {"type": "join_workshop", "person": an_id("vera"), "name": "Vera", "role": "observer"}
    gathering.workshop.do({**join, "city": an_id("kutaisi")})
    report = gathering.report()
    assert report.people == len(PEOPLE)
    named = {name for city in report.cities for name in city.people}
    assert named == {name for _, name, _, _ in PEOPLE}
    told = "1 person who led is not counted here (Elira). 1 observer is not counted here (Vera)."
    assert told in everything(gathering.booklet())
    nameless = gathering.report(named=False)
    assert nameless.beside == Beside(leading=1, observing=1)
    assert {city.count for city in nameless.cities if city.name} == {4}


def test_what_was_decided_is_a_chapter_of_its_own() -> None:
    gathering = the_workshop()
    asked = {"type": "open_consent", "id": an_id("bus"), "proposal": "A bus at six"}
    gathering.workshop.do({**asked, "board": BOARD, "shown": "at_once"}, OLGA)
    gathering.workshop.do({"type": "close_consent", "id": an_id("bus")}, OLGA)
    chapters = {chapter.id: chapter for chapter in gathering.booklet().chapters}
    decided = chapters["decisions"]
    assert decided.title == "Decisions"
    assert decided.blocks[0] == Head("Consent round 1: A bus at six")
    assert "A bus at six" not in everything(chapters["priorities"])


def test_dates_are_one_cell_to_be_read_and_columns_of_their_own_to_be_sorted() -> None:
    report = the_workshop().report()
    for spelled, cells, dates in (
        (True, ("December 2026 – June 2027",), [frozenset[int](), frozenset[int]()]),
        (False, ("2026-12", "2027-06"), [frozenset((2, 3)), frozenset((2,))]),
    ):
        booklet = make_booklet(report, Plan(), ENGLISH, "2026-11-22", spelled=spelled)
        (chapter,) = (one for one in booklet.chapters if one.id == "actions")
        tables = [one for one in chapter.blocks if isinstance(one, Table)]
        assert tables[0].rows[0][2:-2] == cells
        assert [one.dates for one in tables] == dates
        assert [len(one.head) for one in tables] == [len(one.widths) for one in tables]


def test_votes_with_too_few_ballots_are_counted_and_not_told() -> None:
    gathering = Gathering()
    about = {"type": "open_vote", "id": an_id("few"), "question": "Now?"}
    board = {"board": next(iter(gathering.boards)), "options": [an_id("note 1"), an_id("note 2")]}
    gathering.workshop.do({**about, **board, "dots": 1, "cap": 1}, OLGA)
    gathering.workshop.do({"type": "close_vote", "id": an_id("few")}, OLGA)
    tally = {"type": "tally_vote", "vote": an_id("few"), "given": 0, "voters": 9, "ballots": 2}
    gathering.workshop.do({**tally, "totals": {}, "supporters": {}}, None)
    (vote,) = gathering.report().votes
    assert (vote.ballots, vote.priorities) == (2, ())
    assert "Not told: fewer than 3 ballots" in everything(gathering.booklet())


def test_an_open_vote_is_not_in_the_report() -> None:
    gathering = Gathering()
    about = {"type": "open_vote", "id": an_id("now"), "question": "Which one now?"}
    board = {"board": next(iter(gathering.boards)), "options": [an_id("note 1"), an_id("note 2")]}
    gathering.workshop.do({**about, **board, "dots": 1, "cap": 1}, OLGA)
    assert gathering.report().votes == ()


def test_boards_that_the_reader_may_not_follow_are_in_nothing() -> None:
    gathering = the_workshop()
    gathering.boards.clear()
    said = everything((gathering.report(), gathering.booklet()))
    assert [text for _, _, text, _ in NOTES if text in said] == []
    assert gathering.report().votes == ()  # its options are words of that board


def test_chapters_are_left_out_put_in_order_renamed_and_annotated() -> None:
    said = {"order": ["people", "nonsense"], "left_out": ["notes", "boards"]}
    plan = read_plan({**said, "titles": {"words": "Voices"}, "notes": {"words": "Heard in May."}})
    assert set(plan.order) == set(CHAPTERS)
    booklet = the_workshop().booklet(plan)
    ids = [chapter.id for chapter in booklet.chapters]
    assert ids[0] != "notes"
    assert not {"notes", "boards"} & set(ids)
    voices = next(chapter for chapter in booklet.chapters if chapter.id == "words")
    assert (voices.title, voices.note) == ("Voices", "Heard in May.")


def test_what_those_who_lead_wrote_stands_in_place_of_the_draft() -> None:
    assert the_workshop().booklet(Plan(short="We agree.")).short == "We agree."
    assert read_plan(Plan(short="We agree.").as_json()) == Plan(short="We agree.")


def test_chapters_without_anything_to_tell_are_not_there() -> None:
    gathering = Gathering()
    ids = {chapter.id for chapter in gathering.booklet().chapters}
    assert ids == {"words", "boards", "people", "notes"}


def test_the_annex_has_a_row_for_every_note_and_each_group_stands_together() -> None:
    booklet = the_workshop().booklet()
    chapters = {chapter.id: chapter for chapter in booklet.chapters}
    (table,) = chapters["notes"].blocks
    assert isinstance(table, Table)
    assert len(table.rows) == len(NOTES)
    grouped = [block for block in chapters["words"].blocks if isinstance(block, Voices)]
    assert [len(block.voices) for block in grouped if block.voices[0].group] == [3]


def test_notes_beside_actors_are_told_among_the_voices() -> None:
    """A map shows records; what people write on it is as much theirs as on any board."""
    gathering = the_workshop()
    rings = a_board("rings")
    rings.do(note("beside", "Who asks the drivers?", x=0, y=0), OLGA)
    gathering.boards[an_id("map")] = rings
    gathering.workshop.do(
        {
            "type": "add_board",
            "board": an_id("map"),
            "title": "Map",
            "layout": "rings",
            "question": "?",
        },
        OLGA,
    )
    voices = [voice.entry.text for voice in gathering.report().voices() if voice.board == "Map"]
    assert voices == ["Who asks the drivers?"]


def test_headings_can_have_a_language_of_their_own() -> None:
    assert read_plan({"lang": "ka"}).lang == "ka"
    assert read_plan({"lang": "xx"}).lang == ""
