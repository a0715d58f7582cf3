"""Splices (P5): applied, taken back, rebased. In the random texts every letter is its own, to be followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.core.text import (
    BadSplice,
    Splices,
    apply_splices,
    invert,
    rebase,
    rebase_over_all,
    splices_between,
)

BASE = "".join(map(chr, range(0x4E00, 0x4E00 + 12))) + "😀👩‍🚀"
FIRST, SECOND = map(chr, range(0x10A0, 0x10C5)), map(chr, range(0x3041, 0x3090))
HERS, HIS = "".join(FIRST), "".join(SECOND)

Step = tuple[int, int, int]
STEPS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 3)), max_size=5)


def splices_from(text: str, steps: Iterable[Step], letters: str) -> Splices:
    """Goes on by `gap`, takes `gone` letters out, puts `new` fresh ones in; until the text ends."""
    done, used, made = 0, 0, []
    for gap, gone, new in steps:
        at = done + gap
        if at > len(text):
            break
        removed = text[at : at + gone]
        made.append((at, removed, letters[used : used + new]))
        done, used = at + len(removed), used + new
    return tuple(made)


def edits_of(text: str, letters: str) -> st.SearchStrategy[Splices]:
    return STEPS.map(lambda steps: splices_from(text, steps, letters))


def removed_of(splices: Splices) -> set[str]:
    return {letter for _, removed, _ in splices for letter in removed}


def inserted_of(splices: Splices) -> str:
    return "".join(inserted for _, _, inserted in splices)


def test_an_edit_changes_several_places_of_one_text() -> None:
    assert apply_splices("the old house", ((4, "old", "new"), (13, "", "!"))) == "the new house!"


def test_offsets_count_code_points() -> None:
    assert apply_splices("👩‍🚀 flies", ((4, "flies", "lands"),)) == "👩‍🚀 lands"


@pytest.mark.parametrize(
    "splices",
    [
        ((0, "x", ""),),
        ((4, "", "!"),),
        ((1, "bc", ""),),
        ((2, "c", ""), (1, "b", "")),
        ((0, "ab", ""), (1, "b", "")),
        ((-1, "", "!"),),
        ((-1, "c", ""),),
    ],
    ids=["other words", "behind the end", "cut off", "not ascending", "overlap", "before", "wrap"],
)
def test_splices_that_do_not_fit_are_an_error(splices: Splices) -> None:
    with pytest.raises(BadSplice):
        apply_splices("ab" if splices == ((1, "bc", ""),) else "abc", splices)


@given(edits_of(BASE, HERS))
def test_taking_an_edit_back_gives_the_text_before(splices: Splices) -> None:
    assert apply_splices(apply_splices(BASE, splices), invert(splices)) == BASE


@given(edits_of(BASE, HERS))
def test_rebasing_over_nothing_changes_nothing(splices: Splices) -> None:
    assert rebase(splices, ()) == splices


@given(edits_of(BASE, HERS), edits_of(BASE, HIS))
def test_two_people_in_one_text_both_keep_every_letter(hers: Splices, his: Splices) -> None:
    after = apply_splices(apply_splices(BASE, hers), rebase(his, hers))
    gone = removed_of(hers) | removed_of(his)
    assert [x for x in after if x in BASE] == [x for x in BASE if x not in gone]
    assert [x for x in after if x in HERS] == list(inserted_of(hers))
    assert [x for x in after if x in HIS] == list(inserted_of(his))


@given(edits_of(BASE, HERS), edits_of(BASE, HIS))
def test_what_was_earlier_stands_to_the_left_at_the_same_place(hers: Splices, his: Splices) -> None:
    """P5.4, said of places where both only insert."""
    after = apply_splices(apply_splices(BASE, hers), rebase(his, hers))
    places = {at: words for at, removed, words in hers if words and not removed}
    untouched = not any(removed for _, removed, _ in (*hers, *his))
    for at, _, words in his:
        if untouched and words and places.get(at):
            assert after.index(places[at][-1]) < after.index(words[0])


@given(edits_of(BASE, HERS), edits_of(BASE, HIS))
def test_rebased_splices_ascend_apart_and_are_never_empty(hers: Splices, his: Splices) -> None:
    moved = rebase(his, hers)
    if not hers:
        return
    assert all(removed or inserted for _, removed, inserted in moved)
    ends = [at + len(removed) for at, removed, _ in moved]
    assert all(end < at for end, (at, _, _) in zip(ends, moved[1:], strict=False))


@given(st.data())
def test_an_edit_rebased_over_several_still_fits(data: st.DataObject) -> None:
    mine = data.draw(edits_of(BASE, HERS))
    text, others = BASE, []
    for start in range(0, 3):
        others.append(data.draw(edits_of(text, HIS[start * 15 :])))
        text = apply_splices(text, others[-1])
    after = apply_splices(text, rebase_over_all(mine, others))
    assert [x for x in after if x in HERS] == list(inserted_of(mine))


@given(st.text("ab\n😀", max_size=8), st.text("ab\n😀", max_size=8))
def test_the_difference_of_two_texts_leads_from_one_to_the_other(before: str, after: str) -> None:
    splices = splices_between(before, after)
    assert apply_splices(before, splices) == after
    assert len(splices) == (before != after)


CASES: list[tuple[str, str, Any, Any, str]] = [
    ("both insert at one place", "ab", [(1, "", "X")], [(1, "", "Y")], "aXYb"),
    ("both remove the same words", "abcd", [(1, "bc", "")], [(1, "bc", "")], "ad"),
    ("overlapping removals", "abcdef", [(1, "bcd", "")], [(2, "cde", "")], "af"),
    ("words inside a removed range stay", "abcd", [(2, "", "X")], [(1, "bc", "")], "aXd"),
    ("words into a range someone removed stay", "abcd", [(1, "bc", "")], [(2, "", "X")], "aXd"),
    (
        "both replace the same word",
        "a old b",
        [(2, "old", "new")],
        [(2, "old", "now")],
        "a newnow b",
    ),
    ("the second replaces around the first", "abcd", [(1, "b", "X")], [(0, "abcd", "Y")], "YX"),
    ("before the first letter", "a", [(0, "", "X")], [(0, "", "Y")], "XYa"),
    ("after the last letter", "a", [(1, "", "X")], [(1, "", "Y")], "aXY"),
    ("into nothing", "", [(0, "", "X")], [(0, "", "Y")], "XY"),
]


@pytest.mark.parametrize(
    ("text", "hers", "his", "after"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_two_edits_of_one_text(text: str, hers: Splices, his: Splices, after: str) -> None:
    assert apply_splices(apply_splices(text, hers), rebase(his, hers)) == after
