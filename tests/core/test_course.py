"""The course of a workshop, from board to board."""

from __future__ import annotations

from codesign.core.course import BUCKET_MS, LONGEST_PAUSE, Span, spans_of

MINUTE = BUCKET_MS


def test_boards_follow_one_another_as_they_were_written_on() -> None:
    times = {"a": [0, 500, 50_000, 10 * MINUTE], "b": [3 * MINUTE, 3 * MINUTE + 10]}
    assert spans_of(times, []) == [
        Span("a", 0, 50_000, 500 + LONGEST_PAUSE),
        Span("b", 3 * MINUTE, 3 * MINUTE + 10, 10),
        Span("a", 10 * MINUTE, 10 * MINUTE, 0),
    ]


def test_of_several_boards_at_once_the_steps_comes_first_then_the_one_with_most_to_tell() -> None:
    times = {"a": [1, MINUTE + 1], "b": [2, 3, 4, MINUTE + 2, MINUTE + 3], "c": []}
    assert [span.board for span in spans_of(times, [(0, "a")])] == ["a"]
    assert [span.board for span in spans_of(times, [(MINUTE + 5, "a")])] == ["b", "a"]
    assert [span.board for span in spans_of(times, [(0, "c")])] == ["b"]
    assert spans_of({}, []) == []
