"""What boards of a diagnosis come to: domains and their gaps, challenges and open doors, objectives to measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from codesign.core.computed import diagnosis
from codesign.results.facts import Facts, Said, named


def _domains(facts: Facts) -> Said:
    _ = facts.words.gettext
    found = diagnosis.domains(facts.of("document"), facts.regions)
    empty = [facts.titles[name] for name, (count, _gaps) in found.items() if not count]
    gaps = [facts.titles[name] + f": {n}" for name, (_count, n) in found.items() if n]
    yield _("Nothing here yet"), (", ".join(empty),) if empty and facts.of("document") else ()
    yield _("Gaps named"), tuple(gaps)


def _limits(facts: Facts) -> Said:
    ids = diagnosis.limits(facts.of("document"))
    yield from named(facts, facts.words.gettext("What limits us"), ids)


def _expiring(facts: Facts) -> Said:
    ids = diagnosis.expiring(facts.of("document"), facts.today[:7])
    yield from named(facts, facts.words.gettext("Ends within two years"), ids)


def _maturity(facts: Facts) -> Said:
    _ = facts.words.gettext
    last: dict[str, dict[Any, int]] = {}
    for one in facts.all("domain_rating"):
        if "maturity" in one:
            last.setdefault(str(one["domain"]), {})[one["by"]] = one["maturity"]
    found = diagnosis.maturity({domain: list(by.values()) for domain, by in last.items()})
    order = sorted(found.items(), key=lambda one: -one[1][1])
    said = []
    for domain, (mean, spread) in order:
        apart = f", {_('{n} apart').format(n=spread)}" if spread else ""
        said.append(f"{facts.titles.get(domain, domain)}: {mean:g}{apart}")
    yield _("How mature, of 4"), tuple(said)


def _shared(facts: Facts) -> Said:
    found = diagnosis.shared_challenges(facts.of("challenge"))
    said = tuple(f"{theme}: {', '.join(cities)}" for theme, cities in sorted(found.items()))
    yield facts.words.gettext("Shared by three cities or more"), said


def _heat(facts: Facts) -> Said:
    found = diagnosis.heat([*facts.of("challenge"), *facts.of("opportunity")])
    order = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    said = tuple(f"{city}, {theme}: {n}" for (city, theme), n in order if n > 1)
    yield facts.words.gettext("Where most cards are"), said[:8]


def _closing(facts: Facts) -> Said:
    ids = diagnosis.closing_soon(facts.of("opportunity"), facts.today[:7])
    yield from named(facts, facts.words.gettext("Closes within half a year"), ids)


def _doors(facts: Facts) -> Said:
    found = diagnosis.doors_for(facts.of("challenge"), facts.of("opportunity"))
    said = tuple(f"{facts.name(a)} → {facts.name(b)}" for a, b in found)
    yield facts.words.gettext("A door for a challenge"), said[:12]


def _without_measure(facts: Facts) -> Said:
    ids = diagnosis.without_measure(facts.of("objective"))
    yield from named(facts, facts.words.gettext("Objectives without a target or a measure"), ids)


def _uncovered(facts: Facts) -> Said:
    """Themes that challenges of this programme name and no objective takes up."""
    themes = sorted({str(one["theme"]) for one in facts.all("challenge") if one.get("theme")})
    said = tuple(diagnosis.uncovered(themes, facts.of("objective")))
    yield facts.words.gettext("Themes without an objective"), said


FINDINGS: dict[str, Callable[[Facts], Said]] = {
    "without_measure": _without_measure,
    "themes_uncovered": _uncovered,
    "domains": _domains,
    "limits": _limits,
    "expiring": _expiring,
    "maturity": _maturity,
    "shared_challenges": _shared,
    "heat": _heat,
    "closing_soon": _closing,
    "doors_for_challenges": _doors,
}
