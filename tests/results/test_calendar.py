"""An agenda for calendars: read back line by line, whatever people wrote in it."""

from __future__ import annotations

from codesign.results.calendar import LINE_BYTES, Slot, slots_of_steps, write

HOUR = 60 * 60_000
NASTY = "რუკა; who, when\\why\nEND:VEVENT\nX-EVIL:1 " + "🚌" * 40


def read(made: bytes) -> list[list[str]]:
    """Unfolded lines of each event, as any program reads them (RFC 5545, 3.1)."""
    lines = made.decode().replace("\r\n ", "").split("\r\n")
    events: list[list[str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            events.append([])
        elif events and line and not line.startswith("END:"):
            events[-1].append(line)
    return events


def test_steps_follow_each_other_from_the_beginning_on() -> None:
    steps = [Slot("a", "Arrive", 0, HOUR // 4), Slot("b", "Write", 0, HOUR)]
    placed = slots_of_steps(steps, 1_800_000_000_000)
    assert [(one.begins - 1_800_000_000_000, one.ends - one.begins) for one in placed] == [
        (0, HOUR // 4),
        (HOUR // 4, HOUR),
    ]


def test_an_event_says_when_in_universal_time() -> None:
    made = write(
        "Day", [Slot("a", "Arrive", 1_800_000_000_000, 1_800_000_900_000)], "board.test", 0
    )
    assert read(made) == [
        [
            "UID:a@board.test",
            "DTSTAMP:19700101T000000Z",
            "DTSTART:20270115T080000Z",
            "DTEND:20270115T081500Z",
            "SUMMARY:Arrive",
        ]
    ]


def test_words_of_people_stay_words() -> None:
    made = write(NASTY, [Slot("a", NASTY, 0, HOUR, NASTY)], "board.test", 0)
    assert max(map(len, made.split(b"\r\n"))) <= LINE_BYTES
    ((*_, summary, about),) = read(made)
    written = "რუკა\\; who\\, when\\\\why\\nEND:VEVENT\\nX-EVIL:1 " + "🚌" * 40
    assert (summary, about) == (f"SUMMARY:{written}", f"DESCRIPTION:{written}")
    assert made.count(b"\r\nEND:VEVENT") == 1
