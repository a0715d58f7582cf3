"""A board as a carry reads it: where its records stand by every name, and what its method works out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from codesign.core.carrying import Source, Worked, plain
from codesign.core.computed import diagnosis, journeys, portfolios, sharing
from codesign.core.computed.grids import power_interest
from codesign.core.computed.loops import lever_candidates
from codesign.core.method import Method
from codesign.core.playbook_faults import WORKED_OUT
from codesign.results.facts import Facts

#: A project that serves fewer dimensions than this is changed before it goes on.
FEW = 2


def read_source(
    source: Source, facts: Facts, told: Iterable[Method], names: Iterable[str]
) -> Source:
    """`facts.method`: that of the board; `told`: the step's methods in every language there is; `names`: what the
    filter asks them to work out."""
    told = list(told)
    named = {one.id: one.title for one in facts.method.places}
    aliases: dict[str, set[str]] = {}
    by_id: dict[str, set[str]] = {}
    for method in told:
        for one in method.places:
            by_id.setdefault(one.id, set()).update((plain(one.title), plain(one.id)))
    for same in by_id.values():
        for name in same:
            aliases.setdefault(name, set()).update(same)
    places = {}
    for record in facts.shown:
        if region := facts.stands(record) or _quarter(facts, record):
            places[str(record["id"])] = (named.get(region, region), *by_id.get(region, {region}))
    computed = {code for method in (facts.method, *told) for code in method.computed}
    return replace(
        source,
        places=places,
        fields={
            plain(field.name): field.name
            for method in told
            for kind in method.own_kinds.values()
            for field in kind.fields
        },
        aliases={name: tuple(sorted(same)) for name, same in aliases.items()},
        worked={
            name: list(WORKED[name](facts))
            for name in names
            if WORKED_OUT.get(name, set()) & computed
        },
    )


def _quarter(facts: Facts, record: Mapping[str, object]) -> str:
    power, interest = record.get("power"), record.get("interest")
    if facts.method.id != "power-interest":
        return ""
    if not isinstance(power, int) or not isinstance(interest, int):
        return ""
    return power_interest(interest, power)


def _pairs(facts: Facts) -> Iterator[Worked]:
    offers = [{**one, "languages": ("*",)} for one in facts.of("exchange")]
    doors = diagnosis.doors_for(facts.of("challenge"), facts.of("opportunity"))
    for a, b in (*sharing.pairs(offers), *doors):
        yield Worked(a, f"{facts.name(a)} → {facts.name(b)}", (b,))


def _aims(facts: Facts) -> Iterator[Worked]:
    """The tree of aims: each cause or effect, said as something achieved."""
    for one in facts.of("tree_node"):
        if one.get("aim"):
            yield Worked(one["id"], str(one["aim"]))


def _key(facts: Facts) -> Iterator[Worked]:
    yield from (Worked(one["id"]) for one in facts.of("stakeholder") if one.get("class") == "key")


def _veto(facts: Facts) -> Iterator[Worked]:
    yield from (Worked(one["id"]) for one in facts.of("stakeholder") if one.get("veto"))


def _levers(facts: Facts) -> Iterator[Worked]:
    factors = list(facts.board.of_kind("factor"))
    ids = {one["id"] for one in factors}
    links = [one for one in facts.board.of_kind("causal_link") if {one["from"], one["to"]} <= ids]
    yield from map(Worked, lever_candidates(factors, links))


def _quadrants(facts: Facts) -> Iterator[Worked]:
    for one in facts.of("stakeholder"):
        if "power" in one and "interest" in one:
            yield Worked(one["id"])


def _pains(facts: Facts) -> Iterator[Worked]:
    for one in facts.of("phase"):
        if one.get("pain"):
            yield Worked(one["id"], str(one["pain"]))


def _unanswered(facts: Facts) -> Iterator[Worked]:
    ids = {*journeys.pains_without_opportunity(facts.of("phase"))}
    yield from (one for one in _pains(facts) if one.id in ids)


def _lowest(facts: Facts) -> Iterator[Worked]:
    phases = sorted(facts.of("phase"), key=lambda one: one.get("number", 0))
    if (lowest := journeys.lowest_point(phases)) is not None:
        pain = next((str(one.get("pain", "")) for one in phases if one["id"] == lowest), "")
        yield Worked(lowest, pain)


def _shared(facts: Facts) -> Iterator[Worked]:
    themes = diagnosis.shared_challenges(facts.of("challenge"))
    yield from (Worked(one["id"]) for one in facts.of("challenge") if one.get("theme") in themes)


def _gaps(facts: Facts) -> Iterator[Worked]:
    """Of a framework, what is missing; of a portfolio, projects that serve only one dimension."""
    for one in facts.of("document"):
        if one.get("gap"):
            yield Worked(one["id"], str(one["gap"]))
    for one in facts.of("project"):
        rated = [one[name] for name in portfolios.DIMENSIONS if name in one]
        if rated and sum(value > 0 for value in rated) < FEW:
            yield Worked(one["id"])


def _limits(facts: Facts) -> Iterator[Worked]:
    yield from map(Worked, diagnosis.limits(facts.of("document")))


def _synergies(facts: Facts) -> Iterator[Worked]:
    helped = [one for one in facts.of("synergy") if one.get("type") != "clashes"]
    ends = [id for one in helped for id in (one.get("from"), one.get("to")) if id]
    rated = [
        {**one, "dimensions": {name: one[name] for name in portfolios.DIMENSIONS if name in one}}
        for one in facts.of("project")
    ]
    yield from map(Worked, dict.fromkeys((*ends, *portfolios.integrated(rated))))


def _clashes(facts: Facts) -> Iterator[Worked]:
    ids = [id for pair in portfolios.clashes(facts.of("synergy")) for id in pair]
    yield from map(Worked, dict.fromkeys(ids))


def _none(facts: Facts) -> Iterator[Worked]:
    """What a document reads itself, such as how mature a domain is."""
    yield from ()


WORKED: dict[str, Callable[[Facts], Iterator[Worked]]] = {
    "pairs": _pairs,
    "objective tree": _aims,
    "key": _key,
    "veto": _veto,
    "lever candidates": _levers,
    "quadrant": _quadrants,
    "pains": _pains,
    "pains without opportunity": _unanswered,
    "lowest point": _lowest,
    "shared challenges": _shared,
    "gaps": _gaps,
    "limits": _limits,
    "maturity": _none,
    "synergies": _synergies,
    "clashes": _clashes,
}
