"""Votes counted, on the demo of Kutaisi (methods.md 6.1) and by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from codesign.core.computed.ranking import cut, dots_each, merged_groups, ranked, turnout

IDEAS = ("live times", "one register", "data sheet", "bin sensors", "new app")
DOTS = dict(zip(IDEAS, (9, 9, 6, 6, 2), strict=True))


def kutaisi() -> list[dict[str, int]]:
    return [{idea: 1} for idea, dots in DOTS.items() for _ in range(dots)]


def test_equal_totals_share_the_better_place() -> None:
    results = ranked(IDEAS, kutaisi())
    assert [(one.id, one.total, one.rank) for one in results] == [
        ("live times", 9, 1),
        ("one register", 9, 1),
        ("data sheet", 6, 3),
        ("bin sensors", 6, 3),
        ("new app", 2, 5),
    ]


def test_a_tie_across_the_line_is_shown_and_not_broken() -> None:
    found = cut(ranked(IDEAS, kutaisi()), 3)
    assert (found.inside, found.tied) == (IDEAS[:2], IDEAS[2:4])


def test_a_line_between_two_totals_ties_nobody() -> None:
    found = cut(ranked(IDEAS, kutaisi()), 4)
    assert (found.inside, found.tied) == (IDEAS[:4], ())


def test_what_nobody_chose_never_gets_in() -> None:
    assert cut(ranked(["a", "b"], [{"a": 1}]), 2).inside == ("a",)


def test_everyone_gets_a_third_of_the_options_in_dots() -> None:
    assert [dots_each(options) for options in (1, 9, 10, 15, 40)] == [3, 3, 4, 5, 8]


def test_nobody_who_may_vote_is_no_turnout() -> None:
    assert (turnout(0, 0), turnout(3, 4)) == (None, 0.75)


def test_small_cities_are_merged_until_the_rest_has_three_voters() -> None:
    assert merged_groups({"a": 9, "b": 4, "c": 2, "d": 1}) == {
        "a": "a",
        "b": "b",
        "c": None,
        "d": None,
    }
    assert merged_groups({"a": 9, "b": 4, "c": 1}) == {"a": "a", "b": None, "c": None}
    assert merged_groups({"a": 9, "b": 4}) == {"a": "a", "b": "b"}


@given(st.dictionaries(st.text(min_size=1, max_size=2), st.integers(0, 9), max_size=8))
def test_no_group_shown_has_fewer_than_three_voters_unless_all_are_the_rest(
    voters: dict[str, int],
) -> None:
    groups = merged_groups(voters)
    rest = sum(voters[city] for city, group in groups.items() if group is None)
    alone = [voters[city] for city, group in groups.items() if group is not None]
    assert all(count >= 3 for count in alone)
    assert (
        rest >= 3 or not alone or not any(group is None for group in groups.values()) or rest == 0
    )
