"""What a room remembers of its recent entries, and what it has forgotten."""

from __future__ import annotations

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
