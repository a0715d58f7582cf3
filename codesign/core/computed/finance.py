"""Money of projects: sources against costs, years, payback. Amounts are whole units of one currency, never floats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Record = Mapping[str, Any]

GRANTS = frozenset(
    {
        *("national_transfer", "grant", "technical_assistance_grant", "eu_programme"),
        *("blended_facility", "sponsor", "results_based_payment"),
    }
)
REPAYABLE = frozenset(
    {
        *("concessional_loan", "commercial_loan", "municipal_bond", "green_bond", "leasing"),
        *("energy_performance_contract", "energy_supply_contract", "revolving_fund"),
    }
)
BEFORE_FEASIBILITY = ("idea", "concept", "pre_feasibility")


class MixedCurrencies(ValueError):
    """Money is summed only within one currency, or with a stated rate and date."""


@dataclass(frozen=True)
class Mix:
    total: int
    #: capex - total; below zero where there is more than is needed.
    gap: int
    #: Shares of the total, 0 to 1.
    by_instrument: Mapping[str, float]
    grant_share: float
    repayable_share: float
    earliest_deadline: str | None
    decisions_needed: tuple[str, ...]


def mix(capex: Record, sources: Sequence[Record]) -> Mix:
    """`capex` and each source's `amount` are {amount, currency}. Raises MixedCurrencies."""
    amounts = [one["amount"] for one in sources if one.get("amount")]
    total = summed([capex, *amounts]) - capex["amount"]
    by_instrument: Counter[str] = Counter()
    for one in sources:
        by_instrument[one["instrument"]] += one["amount"]["amount"] if one.get("amount") else 0
    deadlines = [one["deadline"] for one in sources if one.get("deadline")]
    return Mix(
        total,
        capex["amount"] - total,
        {name: _share(amount, total) for name, amount in by_instrument.items()},
        _share(sum(by_instrument[name] for name in GRANTS), total),
        _share(sum(_repayable(one) for one in sources), total),
        min(deadlines, default=None),
        tuple(one["id"] for one in sources if one.get("council_decision_needed")),
    )


def summed(money: Sequence[Record]) -> int:
    if len({one["currency"] for one in money}) > 1:
        raise MixedCurrencies(sorted({one["currency"] for one in money}))
    return sum(one["amount"] for one in money)


def simple_payback(
    capex: int, *, revenue: int = 0, savings: int = 0, opex: int = 0
) -> float | None:
    """Years until the yearly surplus has paid the investment; None where there is no surplus."""
    surplus = revenue + savings - opex
    return round(capex / surplus, 1) if surplus > 0 else None


def hints(project: Record) -> list[tuple[str, tuple[str, ...]]]:
    """Instruments worth a look as (reason, instruments). Rules of thumb, meant to be argued with."""
    capex = (project.get("capex") or {}).get("amount") or 0
    fees, savings = project.get("revenue_year") or 0, project.get("savings_year") or 0
    rules = [
        ("too_early", project.get("stage") in BEFORE_FEASIBILITY, ("technical_assistance_grant",)),
        (
            "saves_energy",
            bool(project.get("energy_mwh_year") and savings),
            ("energy_performance_contract", "revolving_fund"),
        ),
        ("steady_fees", fees > 0, ("concession", "energy_supply_contract", "commercial_loan")),
        ("no_income", fees <= 0 and savings <= 0, ("grant", "own_budget", "blended_facility")),
        (
            "large_and_creditworthy",
            capex > 5_000_000 and bool(project.get("creditworthy")),
            ("concessional_loan", "municipal_bond"),
        ),
        (
            "small_and_visible",
            0 < capex < 100_000 and bool(project.get("local_benefit")),
            ("crowdfunding", "citizens_cooperative"),
        ),
    ]
    return [(reason, instruments) for reason, holds, instruments in rules if holds]


@dataclass(frozen=True)
class Years:
    by_year: Mapping[int, int]
    by_source: Mapping[str, int]
    gap: int
    #: What others than the city pay, of all that is found: 0 to 1.
    co_financing: float
    #: Lines whose running costs nobody has said to pay.
    unpaid_running: tuple[str, ...]


def years(lines: Sequence[Record], sources: Mapping[str, Record]) -> Years:
    """An investment plan: each line has `capex`, `phasing` {year: amount}, `sources` {id: amount}, `opex_payer`."""
    by_year, by_source = Counter[int](), Counter[str]()
    for line in lines:
        by_year.update(line.get("phasing") or {})
        by_source.update(line.get("sources") or {})
    found = sum(by_source.values())
    own = sum(a for id, a in by_source.items() if sources[id]["instrument"] == "own_budget")
    unpaid = [one["id"] for one in lines if one.get("opex_year") and not one.get("opex_payer")]
    needed = sum(line["capex"] for line in lines)
    return Years(
        dict(sorted(by_year.items())),
        dict(by_source),
        needed - found,
        _share(found - own, found),
        tuple(unpaid),
    )


def _repayable(source: Record) -> int:
    repayable = source.get("repayable", source["instrument"] in REPAYABLE)
    return source["amount"]["amount"] if repayable and source.get("amount") else 0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
