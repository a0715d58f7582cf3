"""A request for support: how ready it is, from 0 to 100, and what is missing before it can be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from codesign.core.computed.completeness import completeness

Record = Mapping[str, Any]

REQUIRED = (
    *("title", "city", "promoter", "contact", "theme", "summary", "problem", "objectives"),
    *("description", "capex", "finance_sought", "people_reached", "stage", "consent"),
)
QUESTION = "question_to_adviser"
STAGES = {
    "idea": 0.0,
    "concept": 0.2,
    "pre_feasibility": 0.4,
    "feasibility": 0.6,
    "detailed_design": 0.8,
    "procurement": 1.0,
    "implementation": 1.0,
}
#: Each line is one core document; of the last either will do.
CORE = (
    ("cost_estimate",),
    ("feasibility_study",),
    ("environmental_and_social_screening",),
    ("council_decision",),
    ("energy_audit", "needs_assessment"),
)
#: Sources that cover this much of the costs earn the last ten points.
COVERED = 0.80
SENDABLE = 60


@dataclass(frozen=True)
class Readiness:
    points: int
    can_be_sent: bool
    missing_fields: tuple[str, ...]
    missing_documents: tuple[str, ...]


def readiness(request: Record, covered: float) -> Readiness:
    """`covered`: share of the costs that sources are found for, 0 to 1."""
    fields = completeness(request, (*REQUIRED, QUESTION))
    there = set(request.get("documents") or ())
    missing = tuple(either[0] for either in CORE if not there & set(either))
    points = (
        40 * fields.share
        + 30 * STAGES.get(request.get("stage") or "idea", 0.0)
        + 20 * (len(CORE) - len(missing)) / len(CORE)
        + (10 if covered >= COVERED else 0)
    )
    sendable = not fields.missing and points >= SENDABLE
    return Readiness(round(points), sendable, fields.missing, missing)


#: What a stage asks to be on the table before it begins. A rule of thumb of preparation facilities.
ASKED_FOR = {
    "concept": (),
    "pre_feasibility": ("needs_assessment",),
    "feasibility": ("cost_estimate",),
    "detailed_design": ("feasibility_study", "environmental_and_social_screening"),
    "procurement": ("design", "council_decision"),
    "implementation": ("permits", "tender_file"),
}


def for_next_stage(project: Record) -> list[str]:
    """Documents that are missing before the project can go on to its next stage."""
    order = list(STAGES)
    at = order.index(project.get("stage") or "idea")
    there = set(project.get("documents") or ())
    asked = [one for stage in order[1 : at + 2] for one in ASKED_FOR[stage]]
    return [one for one in asked if one not in there]
