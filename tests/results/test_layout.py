"""Where things lie: nothing overlaps, nothing is lost, pages are not overfull."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codesign.results import layout, pages
from codesign.results.board_model import Board, Content, Entry, Group, Region, entries_of
from codesign.results.layout import Box, Plan, Rect

heights = st.sampled_from([128.0, 150.0, 300.0, 900.0])
notes = st.builds(lambda h: Entry(id="", kind="note", text="", h=h), heights)
headings = st.just(Entry(id="", kind="heading", text=""))
groups = st.builds(lambda members: Group("", "", tuple(members)), st.lists(notes, max_size=5))
regions = st.lists(st.lists(notes | headings | groups, max_size=12), max_size=5)


def height(entry: Entry) -> float:
    return entry.h if entry.kind == "note" else layout.HEADING


PLAIN = layout.Metrics(height)


def named(contents: list[list[Content]]) -> list[Region]:
    """The same with an id for each thing."""
    count = iter(range(10_000))

    def name(content: Content) -> Content:
        if isinstance(content, Group):
            members = tuple(name(member) for member in content.members)
            return Group(f"g{next(count)}", "", members)  # type: ignore[arg-type]
        return Entry(id=f"e{next(count)}", kind=content.kind, text="", h=content.h)

    return [Region(f"r{at}", "", tuple(map(name, some))) for at, some in enumerate(contents)]


def overlap(a: Rect, b: Rect) -> bool:
    apart = a.x + a.w <= b.x or b.x + b.w <= a.x or a.y + a.h <= b.y or b.y + b.h <= a.y
    return not apart


def inside(a: Rect, b: Rect) -> bool:
    return b.x <= a.x and b.y <= a.y and a.x + a.w <= b.x + b.w and a.y + a.h <= b.y + b.h


def kept(plans: list[Plan]) -> list[str]:
    return sorted(b.what.id for plan in plans for b in plan.boxes if isinstance(b.what, Entry))


def sheets(plan: Plan) -> list[Box]:
    return [box for box in plan.boxes if isinstance(box.what, Entry)]


@given(
    regions, st.integers(1, 4), st.sampled_from([400.0, 1_000.0, float("inf")]), st.integers(1, 3)
)
def test_every_entry_has_one_place_and_none_lies_on_another(
    contents: list[list[Content]], across: int, room: float, beside: int
) -> None:
    board = named(contents)
    plans = list(layout.flow(board, PLAIN, across, room=room, beside=beside))
    every = sorted(entry.id for region in board for _, entry in entries_of(region.contents))
    assert kept(plans) == every
    for plan in plans:
        panels = [box.rect for box in plan.boxes if isinstance(box.what, Region)]
        assert not any(overlap(a, b) for a, b in combinations(panels, 2))
        assert not any(overlap(a.rect, b.rect) for a, b in combinations(sheets(plan), 2))
        assert all(any(inside(box.rect, panel) for panel in panels) for box in sheets(plan))
        cards = [box for box in plan.boxes if isinstance(box.what, Group)]
        for box in sheets(plan):
            around = [c.rect for c in cards if box.what in c.what.members]  # type: ignore[union-attr]
            assert not around or any(inside(box.rect, rect) for rect in around)


def test_a_full_page_goes_on_in_a_further_panel_that_says_so() -> None:
    many = Region("r", "", tuple(Entry(id=str(at), kind="note", text="", h=128) for at in range(9)))
    first, second, third = layout.flow([many], PLAIN, 2, room=300, beside=1)
    again = [box.again for plan in (first, second, third) for box in plan.boxes[:1]]
    assert again == [False, True, True]
    assert [len(sheets(plan)) for plan in (first, second, third)] == [4, 4, 1]


def test_a_group_that_goes_on_has_its_card_on_both_pages() -> None:
    some = tuple(Entry(id=str(at), kind="note", text="", h=128) for at in range(6))
    region = Region("r", "", (Group("g", "", some),))
    plans = layout.flow([region], PLAIN, 1, room=500, beside=1)
    cards = [[b.again for b in plan.boxes if isinstance(b.what, Group)] for plan in plans]
    assert cards == [[False], [True]]


def test_a_region_goes_on_beside_itself_before_it_needs_another_page() -> None:
    long, short = filled("long", 9), filled("short", 2)
    first, second = layout.flow([long, short], PLAIN, 2, room=300, beside=2)
    assert [panels(plan) for plan in (first, second)] == [
        [("long", False), ("long", True)],
        [("long", True), ("short", False)],
    ]
    assert first.width == second.width


def test_a_region_is_cut_into_pieces_of_about_one_height() -> None:
    """Six rows where five fit: three and three, and not five and a page for one."""
    room = 5 * 128 + 4 * layout.GAP
    first, second = layout.flow([filled("r", 6)], PLAIN, 1, room=room, beside=1)
    assert [len(sheets(plan)) for plan in (first, second)] == [3, 3]


def test_the_longest_title_on_a_page_makes_room_in_all_its_panels() -> None:
    """Three lines where it begins, four where it says that it goes on."""

    def lines(region: Region, again: bool, _room: float) -> int:
        return 3 + again if region.id == "long" else 1

    metrics = layout.Metrics(height, lines)
    room = 4 * 128 + 3 * layout.GAP + 3 * layout.TITLE_LINE
    some = [filled("short", 2), filled("long", 6), filled("last", 1)]
    first, second = layout.flow(some, metrics, 1, room=room, beside=2)
    assert [panels(plan) for plan in (first, second)] == [
        [("short", False), ("long", False)],
        [("long", True), ("last", False)],
    ]
    tops = [
        {box.rect.y for box in plan.boxes if box.what.id.endswith(" 0")} for plan in (first, second)
    ]
    assert tops == [{94.0}, {114.0}]
    assert max(plan.height for plan in (first, second)) <= layout.HEAD + room + layout.PAD


def test_many_zones_are_rows_of_zones_and_no_strip() -> None:
    """Sixteen, as on an empathy map; fewer than five are never alone in a row."""
    for zones, rows in ((16, 2), (9, 2), (8, 1)):
        board = Board(
            "", "", "", "columns", regions=tuple(filled(f"z{at}", 3) for at in range(zones))
        )
        (plan,) = pages.plans_of(board, "png", PLAIN)
        found = [box.rect for box in plan.boxes if isinstance(box.what, Region)]
        assert len({rect.y for rect in found}) == rows
        assert len(found) == zones
        assert all(inside(box.rect, Rect(0, 0, plan.width, plan.height)) for box in plan.boxes)
        assert not any(overlap(a, b) for a, b in combinations(found, 2))
        assert len(sheets(plan)) == 3 * zones


def filled(name: str, notes: int) -> Region:
    some = (Entry(id=f"{name} {at}", kind="note", text="", h=128) for at in range(notes))
    return Region(name, "", tuple(some))


def panels(plan: Plan) -> list[tuple[str, bool]]:
    return [(box.what.id, box.again) for box in plan.boxes if isinstance(box.what, Region)]


@pytest.mark.parametrize("far", [(10**6, 0.0), (0.0, -(10.0**6)), (-(10.0**6), 10.0**6)])
def test_a_note_far_away_on_a_free_board_does_not_make_the_picture_huge(
    far: tuple[float, float],
) -> None:
    at = [(0.0, 0.0), (300.0, 40.0), far]
    some = tuple(Entry(id=str(i), kind="note", text="", x=x, y=y) for i, (x, y) in enumerate(at))
    board = Board("", "", "", "free", loose=some)
    plan = layout.free(board, lambda _: 128.0)
    assert max(plan.width, plan.height) <= 1_200
    places = {box.what.id: (box.rect.x, box.rect.y) for box in plan.boxes}
    near, beside = places["0"], places["1"]
    assert (beside[0] - near[0], beside[1] - near[1]) == (300.0, 40.0)
    assert not any(overlap(a.rect, b.rect) for a, b in combinations(plan.boxes, 2))
