"""Who sits where by rule: everyone has one seat, tables are full alike, and chance is the seed alone."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from codesign.core import seating
from codesign.core.seating import Met, Seating

PEOPLE = st.integers(0, 60).map(lambda n: [f"p{at:02}" for at in range(n)])
TABLES = st.integers(1, 12).map(lambda n: [f"t{at:02}" for at in range(n)])
SEEDS = st.integers(0, 2**53)
TRAITS = st.lists(st.sampled_from("abcde"), min_size=60, max_size=60).map(
    lambda letters: {f"p{at:02}": letter for at, letter in enumerate(letters)}
)


def is_even(sits: Seating, tables: list[str]) -> bool:
    sizes = Counter(sits.values())
    return max(sizes[t] for t in tables) - min(sizes[t] for t in tables) <= 1


@given(PEOPLE, TABLES, SEEDS)
def test_dealt_by_chance_nobody_is_left_out_and_tables_are_full_alike(
    people: list[str], tables: list[str], seed: int
) -> None:
    sits = seating.deal(people, tables, seed)
    assert sorted(sits) == people
    assert set(sits.values()) <= set(tables)
    assert is_even(sits, tables)
    assert sits == seating.deal(people[::-1], tables, seed)


@given(PEOPLE, TABLES, TRAITS, SEEDS)
def test_balanced_tables_have_as_many_of_each_city_as_the_others_have(
    people: list[str], tables: list[str], trait: dict[str, str], seed: int
) -> None:
    sits = seating.deal_balanced(people, tables, trait, seed)
    assert sorted(sits) == people
    assert is_even(sits, tables)
    for letter in "abcde":
        of_them = {person: table for person, table in sits.items() if trait[person] == letter}
        assert is_even(of_them, tables)


@given(PEOPLE, TABLES, TRAITS, SEEDS)
def test_put_together_nobody_is_left_out_and_no_table_is_over_full(
    people: list[str], tables: list[str], trait: dict[str, str], seed: int
) -> None:
    sits = seating.deal_together(people, tables, trait, seed)
    assert sorted(sits) == people
    most = -(-len(people) // len(tables))
    # A part of a city never breaks up for want of room: it goes where there are fewest.
    assert all(size <= 2 * most for size in Counter(sits.values()).values())


def test_people_of_one_city_sit_together_where_each_city_fills_a_table() -> None:
    trait = {f"{city}{at}": city for city in "abc" for at in range(4)}
    sits = seating.deal_together(sorted(trait), ["t1", "t2", "t3"], trait, seed=7)
    assert all(
        len({trait[one] for one in there}) == 1 for there in seating.tables_of(sits).values()
    )
    assert is_even(sits, ["t1", "t2", "t3"])


@given(PEOPLE, TABLES, SEEDS)
def test_as_before_the_same_people_meet(people: list[str], tables: list[str], seed: int) -> None:
    first = seating.deal(people, tables, seed)
    before = [seating.tables_of(first).get(table, []) for table in tables]
    assert seating.deal_like(people, [f"new {t}" for t in tables], before, seed) == {
        person: f"new {table}" for person, table in first.items()
    }


@given(PEOPLE, TABLES, SEEDS)
def test_new_partners_leave_nobody_out_and_are_no_worse_than_the_same_again(
    people: list[str], tables: list[str], seed: int
) -> None:
    first = seating.deal(people, tables, seed)
    met = seating.met_at([first])
    second = seating.deal_new(people, tables, met, seed)
    assert sorted(second) == people
    assert is_even(second, tables)
    assert seating.repeats(second, met) <= seating.repeats(first, met)


def test_twenty_at_five_tables_meet_nobody_twice_in_a_second_round() -> None:
    people = [f"p{at:02}" for at in range(20)]
    tables = [f"t{at}" for at in range(5)]
    for seed in range(20):
        met = seating.met_at([seating.deal(people, tables, seed)])
        assert seating.repeats(seating.deal_new(people, tables, met, seed), met) == 0


def test_repeats_are_pairs_that_meet_again() -> None:
    met = seating.met_at([{"a": "1", "b": "1", "c": "1", "d": "2"}, {"a": "1", "b": "1"}])
    assert met == Met({("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1})
    assert seating.repeats({"a": "9", "b": "9", "c": "9", "d": "9"}, met) == 3
    assert seating.repeats({"a": "9", "d": "9", "b": "8", "c": "7"}, met) == 0


def test_those_who_sit_already_stay_and_the_others_fill_up() -> None:
    sits = {"a": "t1", "b": "t1"}
    more = seating.deal(["c", "d"], ["t1", "t2"], 3, sits)
    assert more == {"c": "t2", "d": "t2"}
