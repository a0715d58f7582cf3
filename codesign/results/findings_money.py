"""What boards of projects and money come to: sources against costs, years, readiness, axes and dimensions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from codesign.core.computed import finance, portfolios, readiness
from codesign.core.computed.reading import amounts_by_year
from codesign.i18n import N_
from codesign.results.facts import Facts, Record, Said
from codesign.results.field_words import field_word, option_word

REASONS = {
    "too_early": N_("No feasibility study yet, so first:"),
    "saves_energy": N_("It saves energy and money, so look at:"),
    "steady_fees": N_("It has an income every year, so look at:"),
    "no_income": N_("It neither earns nor saves, so look at:"),
    "large_and_creditworthy": N_("It is large and there is room for debt, so look at:"),
    "small_and_visible": N_("It is small and people see the use, so look at:"),
}


def money(amount: int, currency: str) -> str:
    return f"{amount:,} {currency}".replace(",", "\u00a0")


def sources_of(facts: Facts, project: Record) -> list[Record]:
    """What the project names; where it names none, all that the board shows."""
    named = set(project.get("sources") or ())
    found = facts.all("funding") if named else facts.of("funding")
    return [one for one in found if one["id"] in named or not named]


def _mix(facts: Facts) -> Said:
    """Project by project: sum, gap, shares, what is due first, and who has to decide."""
    _ = facts.words.gettext
    for project in facts.of("project"):
        sources = sources_of(facts, project)
        if not project.get("capex") or not sources:
            continue
        title = _("Money for {name}", name=facts.name(project["id"]))
        try:
            found = finance.mix(project["capex"], [s for s in sources if s.get("instrument")])
        except finance.MixedCurrencies as mixed:
            kinds = ", ".join(mixed.args[0])
            yield title, (_("Not added up: several currencies ({list})", list=kinds),)
            continue
        yield title, tuple(_mixed(facts, project["capex"], found))


def _mixed(facts: Facts, capex: Record, found: finance.Mix) -> Iterable[str]:
    _, currency = facts.words.gettext, capex["currency"]
    percent = _percent(abs(found.gap), capex["amount"])
    yield _("Found: {sum}", sum=money(found.total, currency))
    if found.gap > 0:
        yield _("Gap: {sum} ({share})", sum=money(found.gap, currency), share=percent)
    elif found.gap < 0:
        yield _("More than needed: {sum} ({share})", sum=money(-found.gap, currency), share=percent)
    else:
        yield _("No gap")
    for name, share in sorted(found.by_instrument.items(), key=lambda one: -one[1]):
        yield f"{option_word('instrument', name, facts.words)}: {round(share * 100)} %"
    yield _("Grants: {share}", share=f"{round(found.grant_share * 100)} %")
    yield _("To be repaid: {share}", share=f"{round(found.repayable_share * 100)} %")
    if found.earliest_deadline:
        yield _("First deadline: {day}", day=found.earliest_deadline)
    if found.decisions_needed:
        names = ", ".join(facts.names(found.decisions_needed))
        yield _("The council must decide: {list}", list=names)


def _hints(facts: Facts) -> Said:
    _ = facts.words.gettext
    for project in facts.of("project"):
        plain = {**project}
        for name in ("savings_year", "revenue_year"):
            plain[name] = in_its_currency(project, name)
        said = []
        for reason, instruments in finance.hints(plain):
            names = ", ".join(option_word("instrument", one, facts.words) for one in instruments)
            said.append(f"{_(REASONS[reason])} {names}")
        yield _("Worth a look for {name}", name=facts.name(project["id"])), tuple(said)


def _readiness(facts: Facts) -> Said:
    _ = facts.words.gettext
    for project in facts.of("project"):
        found = readiness.readiness(project, covered(facts, project))
        asked = [one for one in found.missing_fields if facts.closed or one != "contact"]
        said = [_("{n} of 100", n=found.points)]
        said.append(_("It can be sent.") if found.can_be_sent else _("It cannot be sent yet."))
        if asked:
            names = ", ".join(field_word("project", one, facts.words) for one in asked)
            said.append(_("Still missing: {list}", list=names))
        if found.missing_documents:
            said.append(
                _("Documents missing: {list}", list=_documents(facts, found.missing_documents))
            )
        yield _("How ready is {name}?", name=facts.name(project["id"])), tuple(said)


def covered(facts: Facts, project: Record) -> float:
    """Share of the costs that sources are named for."""
    named = [one["amount"] for one in sources_of(facts, project) if one.get("amount")]
    capex = project.get("capex")
    if not capex or not capex["amount"] or not named or not project.get("sources"):
        return 0.0
    same = [one["amount"] for one in named if one["currency"] == capex["currency"]]
    return float(sum(same) / capex["amount"])


def _next_stage(facts: Facts) -> Said:
    said = []
    for project in facts.of("project"):
        if missing := readiness.for_next_stage(project):
            said.append(f"{facts.name(project['id'])}: {_documents(facts, missing)}")
    yield facts.words.gettext("Missing before the next stage"), tuple(said)


def _documents(facts: Facts, codes: Iterable[str]) -> str:
    return ", ".join(option_word("documents", one, facts.words) for one in codes)


def _years(facts: Facts) -> Said:
    """Currencies are never added to each other: one table of years for each."""
    _ = facts.words.gettext
    lines = [one for one in facts.of("investment") if one.get("capex")]
    known = {one["id"]: one for one in facts.all("funding")}
    for currency in sorted({one["capex"]["currency"] for one in lines}):
        plain = list(_lines_of(lines, known, currency))
        found = finance.years(plain, {id: {"instrument": "", **one} for id, one in known.items()})
        years = [f"{year}: {money(n, currency)}" for year, n in found.by_year.items()]
        yield _("By year, in {currency}", currency=currency), tuple(years)
        sources = [f"{facts.name(id)}: {money(n, currency)}" for id, n in found.by_source.items()]
        yield _("By source, in {currency}", currency=currency), tuple(sources)
        gap = [_("Gap: {sum}", sum=money(found.gap, currency))] if found.gap > 0 else [_("No gap")]
        share = f"{round(found.co_financing * 100)} %"
        gap.append(_("Paid by others than the city: {share}", share=share))
        yield _("Together"), tuple(gap)
        names = facts.names(found.unpaid_running)
        yield _("Nobody says who pays for running it"), names, found.unpaid_running


def _lines_of(
    lines: Iterable[Record], known: Mapping[str, Record], currency: str
) -> Iterable[dict[str, Any]]:
    """A source that several lines name is counted with the first."""
    used: set[str] = set()
    for one in lines:
        if one["capex"]["currency"] != currency:
            continue
        fresh = [id for id in one.get("sources", ()) if id in known and id not in used]
        amounts = {id: known[id]["amount"] for id in fresh if known[id].get("amount")}
        used |= amounts.keys()
        same = {id: sum["amount"] for id, sum in amounts.items() if sum["currency"] == currency}
        phasing = amounts_by_year(one.get("phasing", ()))
        yield {**one, "capex": one["capex"]["amount"], "phasing": phasing, "sources": same}


def _payback(facts: Facts) -> Said:
    _ = facts.words.gettext
    said = []
    for one in facts.of("investment"):
        if not one.get("capex"):
            continue
        flows = {
            name: in_its_currency(one, f"{name}_year") for name in ("revenue", "savings", "opex")
        }
        years = finance.simple_payback(one["capex"]["amount"], **flows)
        if years is not None:
            said.append(_("{name}: {n} years", name=facts.name(one["id"]), n=years))
    yield _("Paid back after"), tuple(said)


def in_its_currency(record: Record, name: str) -> int:
    """In the currency of the investment; what is in another one cannot be set against it."""
    value, capex = record.get(name), record.get("capex")
    if not value or not capex or value["currency"] != capex["currency"]:
        return 0
    return int(value["amount"])


def _per_axis(facts: Facts) -> Said:
    axes = {one["id"]: str(one.get("axis") or "") for one in facts.of("objective")}
    found = portfolios.cost_per_axis(axes, facts.of("project"))
    none = facts.words.gettext("on no axis")
    said = [f"{facts.name(axis) or none}: {money(n, unit)}" for (axis, unit), n in found.items()]
    yield facts.words.gettext("Costs by axis"), tuple(said)


def _rated(facts: Facts) -> list[dict[str, Any]]:
    names = portfolios.DIMENSIONS
    return [
        {**one, "dimensions": {name: one[name] for name in names if name in one}}
        for one in facts.of("project")
    ]


def _gaps(facts: Facts) -> Said:
    projects = _rated(facts)
    is_rated = any(one["dimensions"] for one in projects)
    gaps = portfolios.dimension_gaps(projects) if is_rated else []
    yield (
        facts.words.gettext("Fully served by no project"),
        tuple(facts.titles.get(one, one) for one in gaps),
    )


def _integrated(facts: Facts) -> Said:
    ids = tuple(portfolios.integrated(_rated(facts)))
    yield facts.words.gettext("Serve three dimensions or more"), facts.names(ids), ids


def _clashes(facts: Facts) -> Said:
    pairs = portfolios.clashes(facts.of("synergy"))
    said = tuple(f"{facts.name(a)} ↔ {facts.name(b)}" for a, b in pairs)
    yield facts.words.gettext("These clash"), said


def _stages(facts: Facts) -> Said:
    found = portfolios.stages(facts.of("project"))
    said = tuple(f"{option_word('stage', one, facts.words)}: {n}" for one, n in found.items())
    yield facts.words.gettext("How far the projects are"), said


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %" if whole else "–"


FINDINGS: dict[str, Callable[[Facts], Said]] = {
    "mix": _mix,
    "finance_hints": _hints,
    "readiness": _readiness,
    "for_next_stage": _next_stage,
    "years": _years,
    "payback": _payback,
    "cost_per_axis": _per_axis,
    "dimension_gaps": _gaps,
    "integrated": _integrated,
    "clashes": _clashes,
    "maturity_mix": _stages,
}
