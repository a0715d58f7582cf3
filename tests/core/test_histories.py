"""What holds after every history, whatever people did: replay, taking back, drafts, indices, references."""

from __future__ import annotations

import json
from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from codesign.core.changes import apply_changes, from_wire, inverse_of, to_wire
from codesign.core.decide import decide
from codesign.core.decision import Accepted
from codesign.core.hashing import state_hash, xor_of
from codesign.core.items import FLOWING, question_bytes, word_bytes
from codesign.core.ops import read_op
from codesign.core.stream import Draft, Entry, Readable, State, spot_of, targets_of
from tests.builders import Play, a_board, content, replayed
from tests.core.histories import Table, histories


@given(histories())
def test_a_replay_of_the_journal_is_the_live_state(board: Play) -> None:
    state = replayed(board)
    assert content(state) == content(board.state)
    assert (state_hash(state), xor_of(state)) == (state_hash(board.state), xor_of(board.state))


@given(histories())
def test_a_replay_of_what_was_written_as_json_is_the_live_state(board: Play) -> None:
    state = State()
    for entry in board.entries:
        written = json.dumps([to_wire(change) for change in entry.changes])
        read = tuple(map(from_wire, json.loads(written)))
        assert read == entry.changes
        apply_changes(state, read)
    assert content(state) == content(board.state)


@given(histories())
def test_the_inverses_from_last_to_first_take_everything_back(board: Play) -> None:
    for entry in reversed(board.entries):
        apply_changes(board.state, entry.inverse)
    assert (board.state.fields, board.state.items) == ({}, {})


@given(histories())
def test_each_inverse_takes_back_exactly_its_entry_and_its_own_inverse_brings_it_again(
    board: Play,
) -> None:
    state = State()
    for entry in board.entries:
        before = (state.fields, dict(state.items))
        apply_changes(state, entry.changes)
        after = (state.fields, dict(state.items))
        again = inverse_of(state, entry.inverse)
        apply_changes(state, entry.inverse)
        assert (state.fields, state.items) == before
        apply_changes(state, again)
        assert (state.fields, state.items) == after


@given(histories())
def test_what_a_state_keeps_beside_its_items_is_what_one_would_count(board: Play) -> None:
    state = board.state
    fresh = State(state.fields, state.items)
    spots = Counter(spot for item in state.all() if (spot := spot_of(item)) is not None)
    kinds: dict[str, set[str]] = {}
    for item in state.all():
        kinds.setdefault(item["kind"], set()).add(item["id"])
    words = question_bytes(state.fields) + sum(map(word_bytes, state.all()))
    assert state.words == fresh.words == words
    assert state.spots == fresh.spots == dict(spots)
    assert {kind: set(ids) for kind, ids in state.kinds.items() if ids} == kinds
    assert {target: set(ids) for target, ids in state.pointers.items()} == pointers(state)
    assert len(state) == len(state.items)


@given(st.sampled_from(["zones", "free"]), st.integers(0, 2**32), st.integers(0, 8))
def test_a_tick_decided_on_a_draft_and_then_committed_is_the_same_as_one_by_one(
    layout: str, seed: int, ticks: int
) -> None:
    direct, drafted = a_board(layout), a_board(layout)
    people = Table(direct, Random(seed))
    for _ in range(ticks):
        draft, entries = Draft(drafted.state), []
        for _ in range(people.random.randint(1, 8)):
            who, op, base = people.next_op()
            drafted.now = direct.now
            asked = drafted.asking(op, who, base=base, undo=direct.asking(op, who).undo)
            made = decide(read_op(op), asked, draft)
            assert made == direct.ask(op, who, base=base)
            if isinstance(made, Accepted) and made.changes:
                back = inverse_of(draft, made.changes)
                seq = drafted.head + len(entries) + 1
                entries.append(Entry(seq, who, drafted.now, made.changes, back))
                apply_changes(draft, made.changes)
                drafted.history.add(entries[-1])
            assert draft_content(draft) == draft_content(Draft(direct.state))
        for entry in entries:
            apply_changes(drafted.state, entry.changes)
        drafted.entries += entries
    assert content(drafted.state) == content(direct.state)
    assert drafted.entries == direct.entries


def draft_content(draft: Draft) -> tuple[object, ...]:
    items = {item["id"]: item for item in draft.all()}
    kinds = {
        kind: {item["id"] for item in draft.of_kind(kind)}
        for kind in ("note", "cluster", "connector", "region", "frame", "heading", "image")
    }
    spots = {spot: draft.standing_on(spot) for spot in ((0, 0), (2_400, 0), (0, -2_400))}
    counts = {kind: draft.count_of(kind) for kind in kinds}
    assert counts == {kind: len(ids) for kind, ids in kinds.items()}
    pointed = pointers(draft)
    for target in {*items, *pointed}:
        assert {item["id"] for item in draft.pointing_at(target)} == pointed.get(target, set())
    return items, kinds, spots, len(draft), draft.words, draft.fields


def pointers(state: Readable) -> dict[str, set[str]]:
    """By what is pointed at: the items that do so."""
    found: dict[str, set[str]] = {}
    for item in state.all():
        for target in targets_of(item):
            found.setdefault(target, set()).add(item["id"])
    return found


@given(histories())
def test_whatever_points_to_an_item_points_to_one_that_is_there(board: Play) -> None:
    state = board.state
    flowing = state.fields["layout"] in FLOWING
    loose = []
    for item in state.all():
        ends = [item["from"], item["to"]] if item["kind"] == "connector" else []
        wanted = [(end, None) for end in ends]
        wanted += [(item["cluster"], "cluster")] if "cluster" in item else []
        wanted += [(item["region"], "region")] if "region" in item and flowing else []
        for target, kind in wanted:
            there = state.get(target)
            if there is None or kind not in (None, there["kind"]):
                loose.append((item["id"], target))
    assert loose == []


@given(histories())
def test_items_are_flat_json_without_null_or_float(board: Play) -> None:
    values = [value for item in board.state.all() for value in item.values()]
    values += board.state.fields.values()
    assert {type(value) for value in values} <= {str, int, bool}
    assert all(key.isascii() for item in board.state.all() for key in item)


@given(histories())
def test_an_id_that_was_dropped_comes_back_only_by_undo(board: Play) -> None:
    """P4.6; the state remembers what is gone, and nothing is both there and gone."""
    assert board.state.dropped.isdisjoint(board.state.items)
