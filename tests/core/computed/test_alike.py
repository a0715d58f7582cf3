"""Groups that may be: what belongs together by its words, why, and that languages meet through translations alone."""

from __future__ import annotations

from time import perf_counter

from codesign.core.computed.alike import NOTES_MOST, Alike, groups, pieces, words_of


def english(*texts: str) -> dict[str, tuple[str, dict[str, str]]]:
    return {str(at): ("en", {"en": text}) for at, text in enumerate(texts)}


def test_notes_that_speak_of_one_thing_are_one_group_with_the_words_they_share() -> None:
    found = groups(
        english(
            "No timetable at the bus stops",
            "Bins overflow every Sunday",
            "The timetables at stops are wrong",
            "Nobody reads the council's letters",
            "Overflowing bins near the school",
        )
    )
    assert [one.ids for one in found] == [("0", "2"), ("1", "4")]
    assert "timetable" in found[0].words
    assert [one.through_translation for one in found] == [False, False]


def test_words_of_two_languages_meet_only_where_one_was_translated() -> None:
    albanian = "Oraret në ndalesa mungojnë"
    notes = {
        "en": ("en", {"en": "Timetables are missing at the stops"}),
        "sq": ("sq", {"sq": albanian}),
        "lone": ("sr-Latn", {"sr-Latn": "Stops timetables missing nema"}),
    }
    assert groups(notes) == []
    notes["sq"] = ("sq", {"sq": albanian, "en": "Timetables at the stops are missing"})
    (met,) = groups(notes)
    assert met.ids == ("en", "sq")
    assert met.through_translation


def test_one_note_alone_and_notes_without_words_are_no_group() -> None:
    assert groups(english("Water")) == []
    assert groups(english("", "!!", "", "12 34")) == []
    assert groups({}) == []


def test_notes_that_are_the_same_are_one_group_in_the_order_they_came() -> None:
    (same,) = groups(english("Broken lights", "Broken lights", "Broken lights"))
    assert same == Alike(("0", "1", "2"), ("broken", "lights"), False)


def test_pieces_know_the_edges_of_words_and_no_marks() -> None:
    assert pieces("Bus") == {"_bu": 1, "bus": 1, "us_": 1}
    assert words_of("Ćevapi, č’est-ça! ხიდი 12") == ["cevapi", "c", "est", "ca", "ხიდი"]


def test_four_hundred_notes_are_compared_within_a_second_and_more_are_left_out() -> None:
    topics = ("bus timetable stop", "bins overflow waste", "street light broken", "school roof")
    texts = [f"{topics[at % 4]} number{at} place{at * 7 % 50}" for at in range(NOTES_MOST + 20)]
    began = perf_counter()
    found = groups(english(*texts))
    assert perf_counter() - began < 10  # a second on a quiet machine
    assert max(len(one.ids) for one in found) > 20
    assert all(int(id) < NOTES_MOST for one in found for id in one.ids)
