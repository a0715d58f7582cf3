"""What a method computes, in sentences, while people work and for what they take home: one entry for each name of
`computed` (core/computed/table.py) that boards from data show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from codesign.core.computed import (
    canvases,
    cards,
    follow_up,
    personas,
    portfolios,
    scores,
    sharing,
    trials,
)
from codesign.core.computed.completeness import completeness
from codesign.results import findings_diagnosis, findings_money, findings_trees
from codesign.results.facts import Facts, Record, Said, named
from codesign.results.field_words import field_word

#: Of a lotus: where the theme stands, which is no side of it.
CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Finding:
    title: str
    words: tuple[str, ...]
    #: Of the records that are meant, where there are.
    ids: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        return asdict(self)


Found = Iterator[Finding]


def findings(facts: Facts) -> list[Finding]:
    """All that this method computes, in the order it names them; what says nothing is left out."""
    found: list[Finding] = []
    for name in facts.method.computed:
        if make := FINDINGS.get(name):
            found += [Finding(*one) for one in make(facts)]
    return [one for one in found if one.words]


def _completeness(facts: Facts) -> Said:
    """How much of each record is filled, and what is missing first."""
    _ = facts.words.gettext
    for name in facts.kinds:
        kind = facts.kind(name)
        if kind is None:
            continue
        asked = [
            one.name for one in kind.fields if one.required and (facts.closed or not one.closed)
        ]
        said, ids = [], []
        for record in facts.of(name):
            known = completeness(record, asked)
            missing = ", ".join(field_word(name, one, facts.words) for one in known.missing[:4])
            share = f"{round(known.share * 100)} %"
            if known.missing:
                words = _("{name}: {share}, still missing: {fields}")
                filled = {"name": facts.name(record["id"]), "share": share, "fields": missing}
                said.append(words.format(**filled))
                ids.append(record["id"])
        yield _("Not complete yet"), tuple(said), tuple(ids)


def _served_by(facts: Facts) -> Said:
    served = personas.served_by(facts.all("persona"), facts.of("idea"), "for")
    empty = [id for id, ideas in served.items() if not ideas]
    yield from named(facts, facts.words.gettext("Personas without an idea"), empty)


def _sourced(facts: Facts) -> Said:
    """A result with its source is written on one line: `40 % to 100 % (council report)`."""
    _ = facts.words.gettext
    said = []
    for one in facts.of("practice"):
        lines = [{"source": "x" if _has_source(line) else ""} for line in one.get("results", ())]
        sourced, all_of = sharing.sourced_results({"results": lines})
        if all_of > sourced:
            said.append(
                _("{name}: {n} of {all} results say where they are from").format(
                    name=facts.name(one["id"]), n=sourced, all=all_of
                )
            )
    yield _("Results without a source"), tuple(said)


def _has_source(line: str) -> bool:
    return line.rstrip().endswith(")") and "(" in line


def _similar(facts: Facts) -> Said:
    everything = facts.all("practice")
    said = []
    for one in facts.of("practice"):
        if near := facts.names(sharing.similar(one, everything)):
            said.append(f"{facts.name(one['id'])}: {', '.join(near)}")
    yield facts.words.gettext("Others on the same theme"), tuple(said)


def _tests(facts: Facts) -> Said:
    ids = trials.riskiest_untested(facts.of("test"))
    yield from named(facts, facts.words.gettext("The riskiest belief nobody has tested"), ids)


def _never_involved(facts: Facts) -> Said:
    people = [one["id"] for one in facts.all("persona")]
    ids = trials.never_involved(people, facts.of("test")) if facts.of("test") else []
    yield from named(facts, facts.words.gettext("Personas nobody involves yet"), ids)


def _tests_overdue(facts: Facts) -> Said:
    ids = trials.overdue(facts.of("test"), facts.today)
    yield from named(facts, facts.words.gettext("Tests that are overdue"), ids)


def _due(facts: Facts) -> Said:
    promised = facts.of("commitment")
    late = follow_up.late(promised, facts.today)
    yield from named(facts, facts.words.gettext("Late"), late)
    soon = [id for id in follow_up.reminders(promised, facts.today) if id not in late]
    yield from named(facts, facts.words.gettext("Due within a week"), soon)


def _kept(facts: Facts) -> Said:
    share = follow_up.kept_share(facts.of("commitment"), facts.today)
    if share is not None:
        yield facts.words.gettext("Kept so far"), (f"{round(share * 100)} %",)


def _cities(facts: Facts) -> Said:
    """Themes of the same name are one, called for by several cities."""
    themes: dict[str, set[str]] = {}
    for one in facts.of("theme"):
        themes.setdefault(facts.name(one["id"]).strip(), set()).add(str(one.get("city") or ""))
    called = [{"id": name, "cities": sorted(of - {""}) or [""]} for name, of in themes.items()]
    ranks = sharing.theme_ranks(called, {})
    cities = sharing.cities_per_theme(called)
    order = sorted(ranks, key=lambda name: (ranks[name], name))
    said = [f"{ranks[name]}. {name}: {', '.join(filter(None, cities[name]))}" for name in order]
    yield facts.words.gettext("By how many cities call for it"), tuple(said)


def _balance(facts: Facts) -> Said:
    kind = facts.kind("member")
    field = kind.field("sector") if kind else None
    shares = portfolios.sector_balance(facts.of("member"))
    order = sorted(shares.items(), key=lambda one: -one[1])
    said = [f"{facts.option(field, code)}: {round(n * 100)} %" for code, n in order if field]
    yield facts.words.gettext("Who is from where"), tuple(said)


def _key_missing(facts: Facts) -> Said:
    ids = portfolios.key_missing(facts.all("stakeholder"), facts.of("member"))
    yield from named(facts, facts.words.gettext("Key actors without a member"), ids)


def _quorum(facts: Facts) -> Said:
    need = portfolios.quorum(facts.of("member"))
    if need:
        said = facts.words.ngettext("{n} member", "{n} members", need)
        yield facts.words.gettext("To decide there must be at least"), (said,)


def _terms(facts: Facts) -> Said:
    ids = portfolios.terms_ending(facts.of("member"), facts.today[:7])
    yield from named(facts, facts.words.gettext("Terms that end within half a year"), ids)


def _moscow(facts: Facts) -> Said:
    _ = facts.words.gettext
    items = [
        {"column": one["region"], "effort": one.get("effort")}
        for name in facts.kinds
        for one in facts.of(name)
    ]
    if not any(one["column"] for one in items):
        return
    shares, warnings = scores.moscow(items)
    said = [f"{facts.titles[name]}: {round(share * 100)} %" for name, share in shares.items()]
    yield _("Share of the effort"), tuple(said[:3])
    told = {
        "much_must": _(
            "More than 60 % is a must: there is no room left when something goes wrong."
        ),
        "little_could": _("Less than 10 % could be left out: the plan has no give."),
    }
    yield _("To talk about"), tuple(told[one] for one in warnings)


def _nuf(facts: Facts) -> Said:
    values: dict[str, dict[str, list[int]]] = {}
    rows = ("new", "useful", "feasible")
    here = {one["id"] for one in facts.of("idea")}
    last: dict[tuple[Any, ...], int] = {}
    for one in facts.all("nuf_score"):
        if one.get("item") in here and one.get("row") in rows and "value" in one:
            last[one["by"], one["item"], one["row"]] = one["value"]
    for (_by, item, row), value in last.items():
        values.setdefault(item, {}).setdefault(row, []).append(value)
    found = scores.nuf(values)
    order = sorted(found, key=lambda id: -found[id][0])
    said = []
    for id in order:
        total, hard = found[id]
        flag = f" · {facts.words.gettext('hard to do')}" if hard else ""
        said.append(f"{facts.name(id)}: {total:g}{flag}")
    yield facts.words.gettext("New, useful and feasible together"), tuple(said), tuple(order)


def _pairs(facts: Facts) -> Said:
    """Who wrote it says in which languages; a person without one counts as speaking any."""
    offers = [{**one, "languages": ("*",)} for one in facts.of("exchange")]
    found = sharing.pairs(offers)
    said = tuple(f"{facts.name(a)} → {facts.name(b)}" for a, b in found)
    yield facts.words.gettext("These could go together"), said


def _petals(facts: Facts) -> Said:
    """Sides of a theme with few ideas; the first of a side says what side it is."""
    _ = facts.words.gettext
    inside: dict[str, list[Record]] = {}
    for one in facts.of("idea"):
        inside.setdefault(facts.place(one), []).append(one)
    sides = [one for one in facts.regions if one != CENTRE]
    placed = [{"region": name} for name, ideas in inside.items() for _idea in ideas]
    filled, thin = cards.petals(placed, sides)
    if not any(filled.values()):
        return
    named = {one: facts.name(inside[one][0]["id"]) for one in sides if one in inside}
    said = [f"{named.get(one) or facts.titles[one]}: {filled[one]}" for one in sides]
    yield _("Ideas on each side"), tuple(said)
    few = [named[one] for one in thin if one in named]
    yield _("Fewer than four ideas: is there nothing, or does nobody here know?"), tuple(few)


def _starred(facts: Facts) -> Said:
    entries = [
        {"id": e["id"], "marks": ["star"] * bool(e.get("starred"))}
        for e in facts.of("canvas_entry")
    ]
    yield from named(facts, facts.words.gettext("Starred"), cards.starred(entries))


def _outputs(facts: Facts) -> Said:
    results = facts.of("result")
    links = [{"from": one["id"], "to": to} for one in results for to in one.get("leads_to", ())]
    ids = portfolios.outputs_without_outcome(results, links)
    yield from named(facts, facts.words.gettext("Made, and leading to no change"), ids)


def _levels(facts: Facts) -> Said:
    said = portfolios.levels_without_indicator(facts.of("result"))
    titles = tuple(facts.titles.get(one, one) for one in said)
    yield facts.words.gettext("Nobody says how we would know"), titles


def _untested(facts: Facts) -> Said:
    checked = [
        {**one, "evidence": "heard" if one.get("assumption_checked") else "assumption"}
        for one in facts.of("result")
    ]
    said = [str(one["assumption"]) for one in checked if one["id"] in portfolios.untested(checked)]
    yield facts.words.gettext("Nobody has looked whether this holds"), tuple(said)


def _empty_blocks(facts: Facts) -> Said:
    entries = [{"block": facts.place(one)} for name in facts.kinds for one in facts.of(name)]
    empty = canvases.empty_blocks(facts.regions, entries) if entries else []
    titles = ", ".join(facts.titles[one] for one in empty)
    yield facts.words.gettext("Still empty"), (titles,) if titles else ()


def _guesses(facts: Facts) -> Said:
    ids, share = canvases.guesses(facts.of("canvas_entry"))
    if ids and share is not None:
        said = facts.words.gettext(
            "{n} of {all} entries are guesses", n=len(ids), all=round(len(ids) / share)
        )
        yield facts.words.gettext("Guesses"), (said,)


def _values(facts: Facts) -> Said:
    ids = canvases.values_without_segment(facts.of("canvas_entry"))
    yield from named(facts, facts.words.gettext("Values nobody is named for"), ids)


def _impact(facts: Facts) -> Said:
    ids = canvases.impact_without_measure(facts.of("canvas_entry"))
    yield from named(facts, facts.words.gettext("Social value without a measure"), ids)


def _not_personas(facts: Facts) -> Said:
    people = {one["id"] for one in facts.all("persona")}
    ids = canvases.not_among_personas(facts.of("canvas_entry"), people)
    yield from named(facts, facts.words.gettext("Beneficiaries that no persona stands for"), ids)


FINDINGS: dict[str, Callable[[Facts], Said]] = {
    "completeness": _completeness,
    "served_by": _served_by,
    "results_with_source": _sourced,
    "similar_by_theme": _similar,
    "riskiest_untested": _tests,
    "never_involved": _never_involved,
    "tests_overdue": _tests_overdue,
    "due_and_late": _due,
    "kept_share": _kept,
    "cities_per_theme": _cities,
    "sector_balance": _balance,
    "key_missing": _key_missing,
    "quorum": _quorum,
    "terms_ending": _terms,
    "effort_share": _moscow,
    "nuf": _nuf,
    "pairs": _pairs,
    "petals": _petals,
    "starred": _starred,
    "outputs_without_outcome": _outputs,
    "levels_without_indicator": _levels,
    "untested_assumptions": _untested,
    "empty_blocks": _empty_blocks,
    "guesses": _guesses,
    "values_without_segment": _values,
    "impact_without_measure": _impact,
    "not_among_personas": _not_personas,
    **findings_diagnosis.FINDINGS,
    **findings_money.FINDINGS,
    **findings_trees.FINDINGS,
}
