"""What methods may name under `computed`, the function behind each name, and where the rule is from.

`house` marks a rule of our own; the others are named in the function's docstring as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from codesign.core.computed import (
    actors,
    canvases,
    cards,
    completeness,
    diagnosis,
    engagement,
    finance,
    follow_up,
    grids,
    journeys,
    loops,
    passing,
    personas,
    plans,
    portfolios,
    questions,
    ranking,
    readiness,
    rooms,
    scores,
    sharing,
    trees,
    trials,
)

HOUSE = "house"
FREEMAN = "Freeman 1977"
NET_MAP = "Schiffer 2007"
MENDELOW = "Mendelow 1991"
SYSTEMS = "Sterman, Business Dynamics (2000)"
TREES = "logical framework approach"


@dataclass(frozen=True)
class Computed:
    functions: tuple[Callable[..., Any], ...]
    source: str


def _of(source: str, *functions: Callable[..., Any]) -> Computed:
    return Computed(functions, source)


COMPUTED: dict[str, Computed] = {
    # Opening
    "present": _of(HOUSE, rooms.present),
    "phone_share": _of(HOUSE, rooms.phone_share),
    "silent_people": _of(HOUSE, rooms.silent),
    "cities_per_theme": _of(HOUSE, sharing.cities_per_theme),
    "theme_rank": _of(HOUSE, sharing.theme_ranks),
    "completeness": _of(HOUSE, completeness.completeness),
    "results_with_source": _of(HOUSE, sharing.sourced_results),
    "similar_by_theme": _of(HOUSE, sharing.similar),
    "starred": _of(HOUSE, cards.starred),
    "turn_to_write": _of("peer consultation", sharing.may_write),
    "pairs": _of(HOUSE, sharing.pairs),
    # Ideas
    "cards_by_group_and_language": _of(HOUSE, cards.by_group_and_language),
    "untranslated": _of(HOUSE, cards.untranslated),
    "question_length": _of(HOUSE, questions.length_warning),
    "breadth": _of(HOUSE, questions.breadth),
    "contains_a_solution": _of(HOUSE, questions.with_solution),
    "frames_filled": _of(HOUSE, passing.frames_filled),
    "without_choice": _of(HOUSE, passing.without_choice),
    "expected_cells": _of("Rohrbach 1969", passing.expected_cells),
    "next_hand": _of("Rohrbach 1969", passing.next_hand),
    "lineage": _of(HOUSE, cards.lineage),
    "cards_by_round": _of(HOUSE, cards.by_round),
    "links_between_topics": _of(HOUSE, cards.links_between),
    "clusters": _of(HOUSE, cards.clusters),
    "lone_cards": _of(HOUSE, cards.lone),
    "petals": _of(HOUSE, cards.petals),
    "served_by": _of(HOUSE, personas.served_by),
    # People and services
    "evidence": _of(HOUSE, completeness.evidence),
    "persona_set": _of(HOUSE, personas.set_warnings),
    "empty_blocks": _of(HOUSE, canvases.empty_blocks),
    "guesses": _of(HOUSE, canvases.guesses),
    "feeling_curve": _of(HOUSE, journeys.feelings, journeys.lowest_point),
    "channel_changes": _of(HOUSE, journeys.channel_changes),
    "total_minutes": _of(HOUSE, journeys.total_minutes),
    "pains_without_opportunity": _of(HOUSE, journeys.pains_without_opportunity),
    "as_is_to_be": _of(HOUSE, journeys.difference),
    "riskiest_untested": _of(HOUSE, trials.riskiest_untested),
    "never_involved": _of(HOUSE, trials.never_involved),
    "tests_overdue": _of(HOUSE, trials.overdue),
    # Stakeholders
    "class_from_place": _of(HOUSE, actors.class_at),
    "no_veto_named": _of(HOUSE, actors.nobody_with_veto),
    "empty_sectors": _of(HOUSE, actors.empty_sectors),
    "unconnected": _of(HOUSE, actors.unconnected),
    "links_and_bridges": _of(FREEMAN, actors.centrality, actors.bridges),
    "strained": _of(HOUSE, actors.strained),
    "quadrant": _of(MENDELOW, grids.power_interest),
    "borderline": _of(HOUSE, grids.is_borderline),
    "disagreement": _of(HOUSE, grids.position),
    "voice_gap": _of(HOUSE, grids.has_voice_gap),
    "salience": _of("Mitchell, Agle and Wood 1997", grids.salience),
    "empty_rings": _of(HOUSE, engagement.empty_rings),
    "only_by_others": _of(HOUSE, engagement.only_by_others),
    "flows": _of(NET_MAP, actors.flows),
    "influence_rank": _of(NET_MAP, engagement.influence_ranks),
    "allies_and_opponents": _of(NET_MAP, engagement.allies_and_opponents),
    "strong_without_us": _of(NET_MAP, engagement.strong_without_us),
    "without_a_row": _of(HOUSE, engagement.without_a_row),
    "overdue_contacts": _of(HOUSE, engagement.overdue_contacts),
    # Situation and systems
    "loops": _of(SYSTEMS, loops.loops),
    "measures": _of(FREEMAN, loops.measures),
    "downstream": _of(SYSTEMS, loops.downstream),
    "upstream": _of(SYSTEMS, loops.upstream),
    "effect": _of(SYSTEMS, loops.effect),
    "levers": _of(HOUSE, loops.lever_candidates),
    "root_causes": _of(TREES, trees.root_causes),
    "loose_nodes": _of(TREES, trees.loose),
    "causes_without_aim": _of(TREES, trees.without),
    "aims_without_action": _of(TREES, trees.without),
    "weighted": _of("Weihrich 1982", diagnosis.weighted),
    "pairs_used": _of("Weihrich 1982", diagnosis.pairs_used),
    "unused_strong": _of("Weihrich 1982", diagnosis.unused_strong),
    "heat": _of(HOUSE, diagnosis.heat),
    "shared_challenges": _of(HOUSE, diagnosis.shared_challenges),
    "closing_soon": _of(HOUSE, diagnosis.closing_soon),
    "doors_for_challenges": _of(HOUSE, diagnosis.doors_for),
    "domains": _of(HOUSE, diagnosis.domains),
    "limits": _of(HOUSE, diagnosis.limits),
    "expiring": _of(HOUSE, diagnosis.expiring),
    "maturity": _of(HOUSE, diagnosis.maturity),
    "pins": _of(HOUSE, diagnosis.pins),
    "without_measure": _of(HOUSE, diagnosis.without_measure),
    "themes_uncovered": _of(HOUSE, diagnosis.uncovered),
    # Choosing
    "dots_and_voters": _of(HOUSE, ranking.dots_each, ranking.ranked),
    "rank_with_ties": _of("competition ranking", ranking.ranks, ranking.cut),
    "by_city_and_role": _of(HOUSE, ranking.merged_groups),
    "turnout": _of(HOUSE, ranking.turnout),
    "impact_effort": _of(HOUSE, grids.impact_effort, grids.effect_ranks),
    "effort_share": _of("DSDM handbook", scores.moscow),
    "nuf": _of(HOUSE, scores.nuf),
    "weighted_score": _of(HOUSE, scores.scored, scores.weights_are_whole),
    "sensitivity": _of(HOUSE, scores.sensitivity),
    # Business and finance
    "values_without_segment": _of("Osterwalder and Pigneur 2010", canvases.values_without_segment),
    "impact_without_measure": _of(HOUSE, canvases.impact_without_measure),
    "not_among_personas": _of(HOUSE, canvases.not_among_personas),
    "mix": _of(HOUSE, finance.mix),
    "finance_hints": _of("rules of thumb, to be argued with", finance.hints),
    "outputs_without_outcome": _of(TREES, portfolios.outputs_without_outcome),
    "levels_without_indicator": _of(TREES, portfolios.levels_without_indicator),
    "untested_assumptions": _of(TREES, portfolios.untested),
    # Planning and keeping going
    "cost_by_objective": _of(HOUSE, plans.cost_by),
    "funding_gap": _of(HOUSE, plans.funding_gap),
    "timeline": _of(HOUSE, plans.timeline),
    "overdue": _of(HOUSE, plans.overdue),
    "load": _of(HOUSE, plans.load),
    "circles": _of(HOUSE, plans.circles),
    "risk": _of(HOUSE, plans.risk),
    "years": _of(HOUSE, finance.years),
    "payback": _of("simple payback", finance.simple_payback),
    "readiness": _of(HOUSE, readiness.readiness),
    "for_next_stage": _of(HOUSE, readiness.for_next_stage),
    "cost_per_axis": _of(HOUSE, portfolios.cost_per_axis),
    "dimension_gaps": _of(HOUSE, portfolios.dimension_gaps),
    "integrated": _of(HOUSE, portfolios.integrated),
    "clashes": _of(HOUSE, portfolios.clashes),
    "maturity_mix": _of(HOUSE, portfolios.stages),
    "sector_balance": _of(HOUSE, portfolios.sector_balance),
    "key_missing": _of(HOUSE, portfolios.key_missing),
    "quorum": _of(HOUSE, portfolios.quorum),
    "terms_ending": _of(HOUSE, portfolios.terms_ending),
    "due_and_late": _of(HOUSE, follow_up.late, follow_up.reminders),
    "kept_share": _of(HOUSE, follow_up.kept_share),
    "calendar_file": _of("RFC 5545", follow_up.calendar),
    "ratings": _of(HOUSE, follow_up.means),
    "answered": _of(HOUSE, follow_up.answered_share),
}
