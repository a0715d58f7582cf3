"""Money in documents: what projects cost and who pays, year by year, and how ready a request is.

Currencies are never added to each other: each has its own lines, and where two meet, that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from codesign.core.computed import finance, plans, readiness
from codesign.core.computed.reading import amounts_by_year
from codesign.i18n import N_
from codesign.results.document_parts import UNKNOWN, Parts, amount
from codesign.results.facts import Record
from codesign.results.field_words import field_word, option_word
from codesign.results.findings_money import covered, in_its_currency, money
from codesign.results.report_booklet import Block, Bullets, Cell, Head, Pairs, Table, Text

#: Of a project, what is told of its money beside its sources.
FLOWS = ("capex", "opex_year", "revenue_year", "savings_year", "lifetime_years", "finance_sought")
STATES = {
    "none": N_("no money yet"),
    "identified": N_("money found, not asked for"),
    "applied": N_("applied for"),
    "secured": N_("secured"),
}


def _financing(parts: Parts) -> Iterator[Block]:
    """Project by project: what it costs and brings, then who pays, and what is not covered."""
    projects = parts.records
    for project in projects:
        if len(projects) > 1:
            yield Head(parts.facts.name(project["id"]))
        yield from _flows(parts, project)
        yield from _sources(parts, project)


def _flows(parts: Parts, project: Record) -> Iterator[Block]:
    _, kind = parts.words.gettext, parts.facts.kind("project")
    rows, missing = [], []
    for name in FLOWS:
        field = kind.field(name) if kind else None
        if field is None:
            continue
        label, said = field_word("project", name, parts.words), parts.said(project, field)
        if not said and field.required:
            missing.append(label)
            said = _(UNKNOWN)
        if said:
            rows.append((label, said))
    if years := _payback(project):
        rows.append((_("Paid back after"), _("{n} years", n=years)))
    yield Pairs(tuple(rows), frozenset(missing))


def _payback(project: Record) -> float | None:
    if not project.get("capex"):
        return None
    flows = {
        name: in_its_currency(project, f"{name}_year") for name in ("revenue", "savings", "opex")
    }
    return finance.simple_payback(project["capex"]["amount"], **flows)


def _sources(parts: Parts, project: Record) -> Iterator[Block]:
    _ = parts.words.gettext
    named = set(project.get("sources") or ())
    sources = [one for one in parts.facts.all("funding") if one["id"] in named]
    if not sources:
        yield Text(_("No source of money is named yet."), is_quiet=True)
        return
    head = (_("Source of money"), _("Kind of money"), _("Amount"), _("State"))
    rows = tuple(
        (
            parts.facts.name(one["id"]),
            option_word("instrument", str(one.get("instrument", "")), parts.words),
            amount(one["amount"]) if one.get("amount") else _(UNKNOWN),
            option_word("status", one["status"], parts.words) if one.get("status") else _(UNKNOWN),
        )
        for one in sources
    )
    yield Table(_("Sources of money"), head, rows, (6, 6, 4, 4), frozenset({2}))
    yield Bullets(tuple(_together(parts, project, sources)))


def _together(parts: Parts, project: Record, sources: list[Record]) -> Iterator[str]:
    _, capex = parts.words.gettext, project.get("capex")
    counted = [one for one in sources if one.get("amount") and one.get("instrument")]
    if not capex:
        yield _("What it costs is not known, and so no gap can be told.")
        return
    try:
        found = finance.mix(capex, counted)
    except finance.MixedCurrencies as mixed:
        yield _("Not added up: several currencies ({list})", list=", ".join(mixed.args[0]))
        return
    unit = capex["currency"]
    yield _("Found: {sum}", sum=money(found.total, unit))
    share = f"{round(100 * abs(found.gap) / capex['amount'])} %" if capex["amount"] else "–"
    if found.gap > 0:
        yield _("Gap: {sum} ({share})", sum=money(found.gap, unit), share=share)
    elif found.gap < 0:
        yield _("More than needed: {sum} ({share})", sum=money(-found.gap, unit), share=share)
    else:
        yield _("No gap")
    yield _("Grants: {share}", share=f"{round(found.grant_share * 100)} %")
    yield _("To be repaid: {share}", share=f"{round(found.repayable_share * 100)} %")


def _costs(parts: Parts) -> Iterator[Block]:
    """Of what is not dropped: how far the money is, each currency by itself."""
    _ = parts.words.gettext
    actions = [one for one in parts.records if one.get("status") != "dropped"]
    sums = plans.cost_by(actions, "funding_status")
    if not sums:
        return
    order = ["secured", "applied", "identified", "none", ""]
    rows = tuple(
        (_(STATES[state]) if state in STATES else _(UNKNOWN), unit, _sum(parts, n, unit))
        for (state, unit), n in sorted(
            sums.items(), key=lambda one: (one[0][1], order.index(one[0][0]))
        )
    )
    head = (_("Money"), _("Currency"), _("Costs"))
    yield Table(_("How far the money is"), head, rows, (6, 3, 4), frozenset({2}))
    gaps = plans.funding_gap(actions)
    yield Bullets(
        tuple(_("Not secured yet: {sum}", sum=money(n, unit)) for unit, n in sorted(gaps.items()))
    )
    without = sum(not one.get("cost") or not one.get("cost_basis") for one in actions)
    if without:
        words = parts.words.ngettext(
            "{n} action is not in these sums: it has no cost, or nobody says what the cost rests on.",
            "{n} actions are not in these sums: they have no cost, or nobody says what it rests on.",
            without,
        )
        yield Text(words, is_quiet=True)


def _sum(parts: Parts, n: int, unit: str) -> Cell:
    return money(n, unit) if parts.spelled else n


def _years(parts: Parts) -> Iterator[Block]:
    """For each currency a table of years, one of sources, and the gap."""
    lines = [one for one in parts.records if one.get("capex")]
    known = {one["id"]: one for one in parts.facts.all("funding")}
    for unit in sorted({one["capex"]["currency"] for one in lines}):
        own = [one for one in lines if one["capex"]["currency"] == unit]
        yield from _by_year(parts, own, unit)
        yield from _by_source(parts, own, known, unit)
    unpaid = [one["id"] for one in lines if one.get("opex_year") and not one.get("opex_payer")]
    if unpaid:
        yield Head(parts.words.gettext("Nobody says who pays for running it"))
        yield Bullets(parts.facts.names(unpaid))


def _by_year(parts: Parts, lines: list[Record], unit: str) -> Iterator[Block]:
    _ = parts.words.gettext
    spread = {one["id"]: amounts_by_year(one.get("phasing", ())) for one in lines}
    years = sorted({year for amounts in spread.values() for year in amounts})
    rows: list[tuple[Cell, ...]] = []
    for one in lines:
        told = (spread[one["id"]].get(year, 0) for year in years)
        rows.append((parts.facts.name(one["id"]), *told, one["capex"]["amount"]))
    sums = (sum(amounts.get(year, 0) for amounts in spread.values()) for year in years)
    rows.append((_("Together"), *sums, sum(one["capex"]["amount"] for one in lines)))
    if parts.spelled:
        rows = [(row[0], *(_spaced(int(n)) for n in row[1:])) for row in rows]
    caption = _("By year, in {currency}", currency=unit)
    head = (_("Investment"), *map(str, years), _("Together"))
    widths = (8, *(3 for _year in years), 4)
    yield Table(caption, head, tuple(rows), widths, frozenset(range(1, len(head))))
    for one in lines:
        said, needed = sum(spread[one["id"]].values()), one["capex"]["amount"]
        if said and said != needed:
            name = parts.facts.name(one["id"])
            both = {"name": name, "said": money(said, unit), "sum": money(needed, unit)}
            words = _("{name}: the years come to {said}, the investment is {sum}.", **both)
            yield Text(words, is_quiet=True)


def _by_source(
    parts: Parts, lines: list[Record], known: Mapping[str, Record], unit: str
) -> Iterator[Block]:
    """A source that several investments name is counted once."""
    _ = parts.words.gettext
    named = dict.fromkeys(id for one in lines for id in one.get("sources", ()) if id in known)
    sources = [known[id] for id in named if known[id].get("amount")]
    same = [one for one in sources if one["amount"]["currency"] == unit]
    other = [one for one in sources if one["amount"]["currency"] != unit]
    needed = sum(one["capex"]["amount"] for one in lines)
    found = sum(one["amount"]["amount"] for one in same)
    if same:
        rows = [
            (
                parts.facts.name(one["id"]),
                option_word("instrument", str(one.get("instrument", "")), parts.words),
                _spaced(one["amount"]["amount"]) if parts.spelled else one["amount"]["amount"],
            )
            for one in same
        ]
        caption = _("By source, in {currency}", currency=unit)
        head = (_("Source of money"), _("Kind of money"), _("Amount"))
        yield Table(caption, head, tuple(rows), (6, 6, 3), frozenset({2}))
    gap = needed - found
    said = [_("Gap: {sum}", sum=money(gap, unit)) if gap > 0 else _("No gap")]
    said += [
        _("Not counted, being in another currency: {name}, {sum}", name=name, sum=amount(sum_))
        for name, sum_ in ((parts.facts.name(one["id"]), one["amount"]) for one in other)
    ]
    yield Bullets(tuple(said))


def _spaced(n: int) -> str:
    return f"{n:,}".replace(",", "\u00a0")


def _readiness(parts: Parts) -> Iterator[Block]:
    """Where the points come from, and what stands between the request and being sent."""
    _ = parts.words.gettext
    for project in parts.records:
        share = covered(parts.facts, project)
        found = readiness.readiness(project, share)
        asked = (*readiness.REQUIRED, readiness.QUESTION)
        there = len(asked) - len(found.missing_fields)
        core = len(readiness.CORE) - len(found.missing_documents)
        stage = str(project.get("stage") or "idea")
        rows = (
            (_("Readiness"), _("{n} of 100", n=found.points)),
            (_("What is asked for"), _("{n} of {all}", n=there, all=len(asked))),
            (_("Stage"), option_word("stage", stage, parts.words)),
            (_("Core documents"), _("{n} of {all}", n=core, all=len(readiness.CORE))),
            (_("Covered by sources"), f"{round(100 * share)} %"),
        )
        yield Pairs(rows)
        yield Text(
            _("It can be sent.") if found.can_be_sent else _("It cannot be sent yet."),
        )
        lines = []
        if found.missing_fields:
            names = (field_word("project", one, parts.words) for one in found.missing_fields)
            lines.append(_("Still missing: {list}", list=", ".join(names)))
        if found.missing_documents:
            papers = (option_word("documents", one, parts.words) for one in found.missing_documents)
            lines.append(_("Documents missing: {list}", list=", ".join(papers)))
        if lines:
            yield Bullets(tuple(lines))


SHOWN: Mapping[str, Callable[[Parts], Iterator[Block]]] = {
    "financing": _financing,
    "costs": _costs,
    "years": _years,
    "readiness": _readiness,
}
