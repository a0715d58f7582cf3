"""Who sits where, worked out: pure, with the chance handed in as a seed. What is asked and kept: rules/seats.py.

People come as ids, tables too; a seating is `{person: table}`. Tables never differ by more than one person, but where
people are put together by what they have in common.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

Seating = dict[str, str]
#: How often two people have sat together, by their ids in order.
Met = Counter[tuple[str, str]]
#: So many exchanges are weighed at most: everybody waits while this is worked out.
LOOKS = 20_000


def deal(
    people: Sequence[str], tables: Sequence[str], seed: int, sits: Mapping[str, str] | None = None
) -> Seating:
    """By chance, each to a table with the fewest people. `sits`: those who stay where they are."""
    drawn = _shuffled(people, seed)
    return _filled(drawn, tables, sits or {})


def deal_balanced(
    people: Sequence[str],
    tables: Sequence[str],
    trait: Mapping[str, str],
    seed: int,
    sits: Mapping[str, str] | None = None,
) -> Seating:
    """Those who have something in common are spread as evenly as they can be, and the tables are full alike."""
    kept, places = dict(sits or {}), _places(tables)
    size = Counter(kept.values())
    alike = Counter((table, trait.get(person, "")) for person, table in kept.items())
    found: Seating = {}
    groups = _groups(_shuffled(people, seed), trait)
    for person in (one for group in groups for one in group):
        mine = trait.get(person, "")
        # Groups come one after another: among tables that are full alike, the one with the fewest like them.
        table = min(places, key=lambda t: (size[t], alike[t, mine], places[t]))
        found[person] = table
        size[table] += 1
        alike[table, mine] += 1
    return found


def deal_together(
    people: Sequence[str],
    tables: Sequence[str],
    trait: Mapping[str, str],
    seed: int,
    sits: Mapping[str, str] | None = None,
) -> Seating:
    """Those who have something in common sit together; where they are many, at several tables."""
    size, places = Counter((sits or {}).values()), _places(tables)
    groups = sorted(_groups(_shuffled(people, seed), trait), key=len, reverse=True)
    most = max(1, -(-(len(people) + sum(size.values())) // max(1, len(tables))))
    found: Seating = {}
    home: dict[str, list[str]] = {}
    for person, table in (sits or {}).items():
        home.setdefault(trait.get(person, ""), []).append(table)
    for group in groups:
        for at in range(0, len(group), most):
            part = group[at : at + most]
            known = [t for t in home.get(trait.get(part[0], ""), []) if size[t] + len(part) <= most]
            table = known[0] if known else min(places, key=lambda t: (size[t], places[t]))
            for person in part:
                found[person] = table
                size[table] += 1
    return found


def deal_like(
    people: Sequence[str], tables: Sequence[str], before: Sequence[Iterable[str]], seed: int
) -> Seating:
    """Who sat together sits together again, table by table; the others go where there are fewest."""
    there = set(people)
    found: Seating = {}
    for at, group in enumerate(before):
        for person in group:
            if person in there:
                found[person] = tables[at % len(tables)]
    rest = [person for person in people if person not in found]
    return found | deal(rest, tables, seed, found)


def deal_new(people: Sequence[str], tables: Sequence[str], met: Met, seed: int) -> Seating:
    """As few as can be found who have sat together before: dealt, then improved by changing places two at a time."""
    best = deal(people, tables, seed)
    # Greedy first: the next one goes where they know the fewest, among the tables that have room.
    room = Counter(best.values())
    sits: dict[str, list[str]] = {table: [] for table in tables}
    for person in _shuffled(people, seed):
        open_tables = [table for table in tables if len(sits[table]) < room[table]]
        table = min(open_tables, key=lambda t: (_known(person, sits[t], met), len(sits[t])))
        sits[table].append(person)
    _improve(sits, met)
    return {person: table for table, there in sits.items() for person in there}


def met_at(seatings: Iterable[Mapping[str, str]]) -> Met:
    """Who has sat together how often."""
    met: Met = Counter()
    for sits in seatings:
        for there in tables_of(sits).values():
            met.update(combinations(sorted(there), 2))
    return met


def repeats(sits: Mapping[str, str], met: Met) -> int:
    """How many pairs sit together who have done so before."""
    return sum(
        met[pair] > 0
        for there in tables_of(sits).values()
        for pair in combinations(sorted(there), 2)
    )


def tables_of(sits: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for person, table in sits.items():
        found.setdefault(table, []).append(person)
    return found


def _shuffled(people: Sequence[str], seed: int) -> list[str]:
    """The seed is all the chance there is: the same people in the same order, whoever asks."""
    return sorted(people, key=lambda person: hashlib.sha256(f"{seed}/{person}".encode()).digest())


def _filled(drawn: Sequence[str], tables: Sequence[str], kept: Mapping[str, str]) -> Seating:
    size, places = Counter(kept.values()), _places(tables)
    found: Seating = {}
    for person in drawn:
        table = min(places, key=lambda t: (size[t], places[t]))
        found[person] = table
        size[table] += 1
    return found


def _places(tables: Sequence[str]) -> dict[str, int]:
    return {table: at for at, table in enumerate(tables)}


def _groups(drawn: Sequence[str], trait: Mapping[str, str]) -> list[list[str]]:
    """Those who are alike, biggest first; who has nothing in common with anybody comes last."""
    groups: dict[str, list[str]] = {}
    for person in drawn:
        groups.setdefault(trait.get(person, ""), []).append(person)
    return sorted(groups.values(), key=lambda group: -len(group))


def _known(person: str, there: Iterable[str], met: Met) -> int:
    return sum(met[min(person, other), max(person, other)] for other in there)


def _improve(sits: dict[str, list[str]], met: Met) -> None:
    tables = sorted(table for table, there in sits.items() if there)
    looks = LOOKS
    while looks > 0:
        before = looks
        changed = False
        for a, b in combinations(tables, 2):
            looked, better = _exchange(sits[a], sits[b], met)
            looks -= looked
            changed |= better
            if looks <= 0:
                return
        if not changed or looks == before:
            return


def _exchange(left: list[str], right: list[str], met: Met) -> tuple[int, bool]:
    """How many looks it took, and whether two were found who both do better in each other's place."""
    looks = 0
    for i, one in enumerate(left):
        here = _known(one, left, met)
        for j, other in enumerate(right):
            now = here + _known(other, right, met)
            if not now:
                continue  # nothing to better
            looks += 1
            rest_left, rest_right = left[:i] + left[i + 1 :], right[:j] + right[j + 1 :]
            if _known(one, rest_right, met) + _known(other, rest_left, met) < now:
                left[i], right[j] = other, one
                return looks, True
    return looks, False
