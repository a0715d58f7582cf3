"""Which candidates a filter takes, and what becomes of them where they go."""

from __future__ import annotations

from dataclasses import replace

from codesign.core.arrivals import arrivals
from codesign.core.carry import Pick, read_carry
from codesign.core.carrying import Candidate, Source, Worked, candidates, lost_names
from codesign.core.copies import Origin
from codesign.core.stream import State
from tests.builders import BOARD, a_board, an_id, note

#: Nobody gave it a name.
TABLE = Origin(BOARD, "", 1)


def a_source(*names: str, **dots: int) -> Source:
    board = a_board()
    for name in names:
        board.do(note(name, name), an_id("anna"))
    return Source(BOARD, board.state, TABLE, {an_id(one): n for one, n in dots.items()})


def taken(line: str, source: Source) -> dict[str, tuple[bool, bool]]:
    found = candidates(read_carry(line).pick, [source], State(), ["note"])
    return {one.text: (one.taken, one.tied) for one in found}


def test_a_tie_across_the_line_is_shown_and_broken_by_nobody() -> None:
    source = a_source("a", "b", "c", "d", a=9, b=6, c=6, d=2)
    yes, tied, no = (True, False), (False, True), (False, False)
    assert taken("link top(2) -> 1.2", source) == {"a": yes, "b": tied, "c": tied, "d": no}
    assert taken("link top(3) -> 1.2", source) == {"a": yes, "b": yes, "c": yes, "d": no}


def test_what_got_no_dot_is_not_among_the_first() -> None:
    assert taken("link top(3) -> 1.2", a_source("a", "b", a=1)) == {
        "a": (True, False),
        "b": (False, False),
    }


def test_what_only_people_can_tell_is_left_to_whoever_carries() -> None:
    for line in ("link picked -> 1.2", "link all of chosen ideas -> 1.2"):
        assert taken(line, a_source("a")) == {"a": (False, False)}
    assert taken("link all -> 1.2", a_source("a")) == {"a": (True, False)}


def test_what_people_marked_is_picked_and_with_a_number_no_more_than_that() -> None:
    source = a_source("a", "b", "c")
    for name, people in (("a", ("anna", "boris")), ("b", ("anna",)), ("c", ("anna",))):
        for person in people:
            item = source.state.get(an_id(name)) or {}
            item[f"reaction/heart/{an_id(person)}"] = True
    assert [*taken("link picked -> 1.2", source).values()] == [(True, False)] * 3
    assert taken("prefill picked(2) -> 1.2", source) == {
        **{"a": (True, False)},
        **{"b": (False, True), "c": (False, True)},
    }


def test_what_a_method_works_out_is_taken_and_what_it_makes_of_two_is_one_more() -> None:
    source = a_source("a", "b", "c")
    pair = Worked(an_id("a"), "a with b", (an_id("b"),))
    source = replace(source, worked={"pairs": [pair], "limits": [Worked(an_id("c"), "less")]})
    found = candidates(read_carry("copy computed(pairs) -> 1.2").pick, [source], State(), ["note"])
    assert [(one.text, one.taken) for one in found][:2] == [("a with b", True), ("a", False)]
    assert found[0].origin == (BOARD, an_id("a"))
    assert found[0].also == ((BOARD, an_id("b")),)
    assert taken("copy computed(limits) -> 1.2", source)["less"] == (True, False)


def test_a_filter_that_names_what_no_board_has_is_told() -> None:
    source = replace(a_source("a"), aliases={"zweifel": ("doubts",)}, fields={"key question": "q"})
    assert lost_names(read_carry("copy region(doubts, key question) -> 1").pick, [source]) == []
    assert lost_names(read_carry("copy region(hopes) -> 1").pick, [source]) == ["hopes"]
    assert lost_names(read_carry("copy computed(pairs) -> 1").pick, [source]) == ["pairs"]


def test_what_lies_within_another_note_goes_with_it() -> None:
    source = a_source("a", "b")
    assert isinstance(source.state, State)
    source.state.put({**source.state.items[an_id("b")], "within": an_id("a")})
    (one,) = candidates(Pick(), [source], State(), ["note"])
    assert (one.text, one.also) == ("a", ((BOARD, an_id("b")),))


def test_what_is_the_same_goes_into_the_other_and_keeps_its_words_and_its_origin() -> None:
    a, b = candidates(Pick(), [a_source("a", "b")], State(), ["note"])
    b = replace(b, within=a.key)
    first, second = arrivals([b, a], an_id("target"), a_board("free").state, "", 0)
    assert first.item
    assert second.item
    assert (second.item["text"], second.item["within"]) == ("b", first.item["id"])
    made, same = arrivals([a, b], "idea", None, "idea", 0)
    assert made.record
    assert (made.record["fields"], same.same) == ({"name": "a"}, made.record["id"])


def test_a_copy_has_the_same_id_each_time_and_another_one_after_it_was_taken_back() -> None:
    (one,) = candidates(Pick(), [a_source("a")], State(), ["note"])
    target = a_board("free").state

    def made(round: int) -> str:
        (arrival,) = arrivals([one], an_id("target"), target, "", round)
        assert arrival.item is not None
        assert (arrival.item["origin/board"], arrival.item["origin/item"]) == (BOARD, one.id)
        return str(arrival.item["id"])

    assert made(0) == made(0) != made(1)


def test_a_record_of_the_kind_that_is_wanted_stays_the_one_it_is() -> None:
    idea = Candidate(an_id("idea"), BOARD, "idea", "Bus times", None, "", is_record=True)
    grid = a_board("grid2").state
    grid.fields["method"] = "impact-effort"
    (arrival,) = arrivals([idea], an_id("target"), grid, "", 0, kinds=("idea", "action"))
    assert arrival.item is not None
    assert (arrival.item["record"], arrival.record) == (idea.id, None)
    (other,) = arrivals([idea], an_id("target"), None, "action", 0)
    assert other.record is not None
    assert (other.record["kind"], other.record["fields"]) == ("action", {"title": "Bus times"})
