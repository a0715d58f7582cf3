"""Edits of one text, in any order: what a page relies on beside the vectors."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from codesign.core.text import Splices, apply_splices, rebase
from codesign.sync.compose import compose

WORDS = st.text(alphabet="abგ😀", max_size=8)


@st.composite
def edits(draw: st.DrawFn, text: str) -> Splices:
    splices: list[tuple[int, str, str]] = []
    at = 0
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(at, len(text)))
        removed = text[at : draw(st.integers(at, min(len(text), at + 3)))]
        inserted = draw(st.text(alphabet="xyz", max_size=2))
        if removed or inserted:
            splices.append((at, removed, inserted))
        at += len(removed) + 1
        if at > len(text):
            break
    return tuple(splices)


@given(st.data())
def test_both_ways_round_two_edits_give_one_text(data: st.DataObject) -> None:
    text = data.draw(WORDS)
    ours, theirs = data.draw(edits(text)), data.draw(edits(text))
    one = apply_splices(apply_splices(text, theirs), rebase(ours, theirs))
    other = apply_splices(apply_splices(text, ours), rebase(theirs, ours, earlier=True))
    assert one == other


@given(st.data())
def test_two_edits_after_one_another_are_one(data: st.DataObject) -> None:
    text = data.draw(WORDS)
    first = data.draw(edits(text))
    between = apply_splices(text, first)
    second = data.draw(edits(between))
    assert apply_splices(text, compose(first, second)) == apply_splices(between, second)
