"""What a room remembers of its recent entries, and what it has forgotten."""

from __future__ import annotations

from random import Random

import pytest

from codesign.core.changes import DropItem, PatchItem, PatchStream, PutItem
from codesign.core.history import STREAM, WHOLE, History, Touch
from codesign.core.stream import Entry


def entry(seq: int, *changes: object, by: str = "anna") -> Entry:
    return Entry(seq, by, 1_000 * seq, changes, ())  # type: ignore[arg-type]


def a_history(keep: int = 2_000) -> History:
    history = History(since=10, keep=keep)
    history.add(entry(11, PutItem({"id": "fish", "kind": "note"})))
    history.add(entry(12, PatchItem("fish", {"x": 1}, {"text": ((0, "", "a"),)}), by="boris"))
    history.add(entry(13, PatchItem("fish", {}, {"text": ((0, "", "b"),)})))
    history.add(entry(14, PatchStream({"door": "open"}), DropItem("tree")))
    return history


def test_the_last_touch_of_each_field_is_known() -> None:
    history = a_history()
    assert history.touches("fish") == {
        WHOLE: Touch(11, "anna", 11_000),
        "x": Touch(12, "boris", 12_000),
        "text": Touch(13, "anna", 13_000),
    }
    assert history.touch(STREAM, "door") == Touch(14, "anna", 14_000)
    assert history.touch("tree", WHOLE) == Touch(14, "anna", 14_000)
    assert (history.touch("bird", "x"), history.touches("bird")) == (None, {})


def test_the_edits_of_a_text_since_a_base_come_in_order() -> None:
    history = a_history()
    assert history.edits("fish", "text", 11) == [((0, "", "a"),), ((0, "", "b"),)]
    assert history.edits("fish", "text", 12) == [((0, "", "b"),)]
    assert history.edits("fish", "text", 13) == []


def test_a_tail_reaches_as_far_as_the_memory() -> None:
    history = a_history()
    assert [e.seq for e in history.tail(10) or []] == [11, 12, 13, 14]
    assert [e.seq for e in history.tail(13) or []] == [14]
    assert (history.tail(14), history.tail(9)) == ([], None)


def test_entries_that_no_longer_fit_are_forgotten_and_who_touched_what_is_not() -> None:
    history = a_history(keep=2)
    assert (history.since, history.head, history.touched_since) == (12, 14, 10)
    assert history.touches("fish") == a_history().touches("fish")
    assert history.edits("fish", "text", 0) == [((0, "", "b"),)]
    assert history.tail(11) is None


def test_touches_beyond_the_limit_are_forgotten_with_their_entries() -> None:
    history = History(keep=10, touches=25)
    for seq in range(1, 26):
        history.add(entry(seq, PutItem({"id": f"n{seq}", "kind": "note"})))
    assert (history.since, history.touched_since) == (15, 0)
    assert history.touches("n1") == {WHOLE: Touch(1, "anna", 1_000)}
    history.add(entry(26, PutItem({"id": "n26", "kind": "note"})))
    assert (history.since, history.touched_since) == (16, 16)
    assert (history.touches("n16"), history.touch("n17", WHOLE)) == ({}, Touch(17, "anna", 17_000))


def test_a_new_history_knows_where_it_begins() -> None:
    assert (History(7).head, History(7).tail(7), History(7).tail(6)) == (7, [], None)


def test_long_words_are_forgotten_before_many_entries() -> None:
    history = History(letters=10_000)
    for seq in range(1, 9):
        edit = PatchItem("fish", {}, {"text": ((0, "a" * 1_000, "b" * 1_000),)})
        history.add(Entry(seq, "anna", seq, (edit,), ()))
    assert (history.since, history.head) == (3, 8)
    assert len(history.edits("fish", "text", 0)) == 5


def some_entries(count: int) -> list[Entry]:
    """Edits, moves, notes that come and go; now and then several changes of one text in one entry."""
    dice, made = Random(7), []
    for seq in range(1, count + 1):
        name, word = dice.choice(("fish", "bird", "tree")), "a" * dice.randrange(1, 9)
        typed = PatchItem(name, {}, {"text": ((0, "", word),)})
        changes = {
            0: (PutItem({"id": name, "kind": "note", "text": word}),),
            1: (PatchItem(name, {"x": seq}),),
            2: (typed, PatchItem(name, {"y": seq}, {"text": ((0, word, ""),)})),
            3: (PatchStream({"door": seq}, {"title": ((0, "", word),)}), DropItem(name)),
        }.get(dice.randrange(8), (typed,))
        made.append(entry(seq, *changes, by=dice.choice(("anna", "boris"))))
    return made


def all_of(history: History) -> dict[str, object]:
    ids = ("fish", "bird", "tree", STREAM)
    return {
        "reach": (history.since, history.touched_since, history.head),
        "entries": list(history.entries),
        "touches": {item_id: dict(history.touches(item_id)) for item_id in ids},
        "edits": {(i, f): history.edits(i, f, 0) for i in ids for f in ("text", "title")},
    }


@pytest.mark.parametrize(("keep", "letters"), [(2_000, 10_000), (400, 10_000), (2_000, 900)])
def test_what_is_recalled_is_as_if_it_had_never_been_left_out(keep: int, letters: int) -> None:
    """Before or after others came, in one go or in several."""
    entries = some_entries(600)
    whole = History(keep=keep, letters=letters)
    for one in entries:
        whole.add(one)
    for known, more in ((600, 0), (550, 50), (100, 0)):
        history = History(known - 20, keep, letters, reach=0)
        for one in entries[known - 20 : known + more]:
            history.add(one)
        while (unread := history.unread(0)) is not None:
            after, to = unread
            history.recall(entries[after:to])
        for one in entries[known + more :]:
            history.add(one)
        assert all_of(history) == all_of(whole)


def test_no_more_is_recalled_than_a_base_asks_for() -> None:
    history = History(since=5_000, reach=3_000)
    assert (history.unread(5_000), history.unread(4_999)) == (None, (4_744, 5_000))
    assert (history.unread(4_100), history.unread(10)) == ((4_100, 5_000), (3_000, 5_000))
    history.recall([entry(seq) for seq in range(3_001, 5_001)])
    assert (history.unread(10), history.since, history.touched_since) == (None, 3_000, 3_000)
    assert History(since=7).unread(0) is None


def test_entries_that_do_not_come_right_before_the_others_are_not_recalled() -> None:
    history = History(since=10, reach=0)
    history.recall([entry(seq, PatchItem("fish", {"x": 1})) for seq in range(1, 10)])
    history.recall([])
    assert (history.since, history.touched_since, history.touches("fish")) == (10, 10, {})


def test_what_is_older_than_the_touches_that_were_let_go_is_not_recalled() -> None:
    history = History(since=100, keep=10, touches=25, reach=0)
    for seq in range(101, 131):
        history.add(entry(seq, PutItem({"id": f"n{seq}", "kind": "note"})))
    assert history.touched_since > 100
    assert history.unread(0) is None
