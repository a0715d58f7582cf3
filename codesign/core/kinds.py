"""The kinds of record and what their fields hold; docs/names.md has the words, docs/writing-methods.md the types.

Each field is one line, `name: type!` with `!` where it is required and `closed` where only those whom the register's
closed side names may read it. Items stay flat: a field of a type that holds several values is one key per member
(`access_needs/sight`), money is two keys (`cost/amount`, `cost/currency`), and the lines of a list are items of their
own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

#: Kinds every board knows beside the records.
ON_BOARDS = frozenset({"note", "cluster", "connector"})
#: Types whose values people choose from a list, several of them where the type says so.
CHOSEN = frozenset({"enum", "multi"})
#: Types of which a field may hold several, one key each.
SEVERAL = frozenset({"multi", "tags", "refs"})
#: Words that several people may write in at once.
WRITTEN = frozenset({"text", "longtext"})
TYPES = (
    CHOSEN
    | SEVERAL
    | WRITTEN
    | {"int", "money", "date", "month", "bool", "scale", "list", "place", "image", "ref"}
)
#: What every record says of itself: who made it, and when.
OWN_KEYS = frozenset({"id", "kind", "by", "at", "merged"})
#: Where a register keeps what a method declares, one line for each field: kinds of its own, and more fields of others.
DECLARED = "kind/"
_LINE = re.compile(r"^(\w+): (\w+)(?:\(([^)]*)\))?(!?)( closed)?$")
_RANGE = re.compile(r"^(-?\d+)\.\.(-?\d+)$")


@dataclass(frozen=True)
class FieldType:
    name: str
    type: str
    #: Of an enum or a multi: the codes to choose from. Of a ref or refs: the kinds it may point at.
    options: tuple[str, ...] = ()
    #: Of a scale or an int: the least and the most, both included.
    least: int | None = None
    most: int | None = None
    required: bool = False
    closed: bool = False

    @property
    def holds_several(self) -> bool:
        return self.type in SEVERAL


@dataclass(frozen=True)
class Kind:
    name: str
    fields: tuple[FieldType, ...]

    def field(self, name: str) -> FieldType | None:
        return next((one for one in self.fields if one.name == name), None)

    @property
    def title(self) -> str:
        """The field that names a record of this kind: its first."""
        return self.fields[0].name

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.fields if one.required)


def kind(name: str, *lines: str) -> Kind:
    """Raises ValueError where a line is not `name: type(options)!`."""
    fields = tuple(map(read_field, lines))
    names = [one.name for one in fields]
    if taken := OWN_KEYS & set(names):
        raise ValueError(f"{name}: every record says {min(taken)!r} itself")
    if len(set(names)) < len(names):
        raise ValueError(f"{name}: a field is there twice")
    return Kind(name, fields)


def kind_in(name: str, fields: Mapping[str, Any]) -> Kind | None:
    """The kind as a register knows it: the house's, and what methods have declared there (`kind/<name>/<method>`)."""
    start = f"{DECLARED}{name}/"
    declared = tuple(str(fields[key]) for key in sorted(fields) if key.startswith(start))
    return _declared(name, declared) if declared else KINDS.get(name)


@lru_cache(maxsize=500)
def _declared(name: str, declared: tuple[str, ...]) -> Kind | None:
    """A field that is there already stays as it is: two methods may name the same one."""
    known = KINDS.get(name)
    found = {one.name: one for one in known.fields} if known else {}
    for lines in declared:
        for line in lines.split("\n"):
            try:
                field = read_field(line)
            except ValueError:
                continue  # of a journal from elsewhere
            found.setdefault(field.name, field)
    return Kind(name, tuple(found.values())) if found else None


def read_field(line: str) -> FieldType:
    match = _LINE.match(line)
    if match is None or match[2] not in TYPES:
        raise ValueError(f"not a field: {line!r}")
    name, type_, inside, required, closed = match.groups()
    said = {"required": bool(required), "closed": bool(closed)}
    if inside and (limits := _RANGE.match(inside)):
        return FieldType(name, type_, (), int(limits[1]), int(limits[2]), **said)
    if type_ in CHOSEN and not inside:
        raise ValueError(f"nothing to choose from: {line!r}")
    return FieldType(name, type_, tuple(inside.split("|")) if inside else (), **said)


_KINDS = (
    kind(
        "canvas_entry",
        *("text: text!", "block: text!", "confidence: enum(known|guess)", "ref: ref"),
    ),
    kind("tree_node", "text: text!", "level: int(-20..20)", "parent: ref(tree_node)"),
    kind(
        "criterion",
        *("name: text!", "weight: int(0..100)", "anchor_0: text", "anchor_5: text"),
        "direction: enum(more_is_better|less_is_better)",
    ),
    kind("score", "item: ref!", "criterion: ref(criterion)!", "value: int(0..10)!"),
    kind(
        "challenge",
        *(
            "text: text!",
            "city: text!",
            "theme: text!",
            "who_is_affected: text",
            "severity: scale(1..5)",
        ),
    ),
    kind(
        "opportunity",
        *("text: text!", "city: text", "theme: text", "open_until: month"),
        "type: enum(policy|funding|technology|partner|community|event)",
    ),
    kind(
        "question",
        *("text: text!", "persona: ref(persona)", "need: text!", "because: text"),
        *("breadth: scale(1..5)", "contains_a_solution: bool"),
    ),
    kind(
        "idea",
        *("name: text!", "answers: ref(question)", "for: refs(persona)", "what_it_does: longtext!"),
        *("value: longtext!", "first_step: text", "partners: refs(stakeholder)", "theme: text"),
        *("digital: bool", "key_assumption: text", "sketch: image"),
        "cost_band: enum(under_10k|10k_to_100k|100k_to_1m|1m_to_10m|over_10m|unknown)",
        "maturity: enum(spark|concept|tested|runs_elsewhere)",
    ),
    kind(
        "stakeholder",
        *("name: text!", "type: enum(organisation|unit|group|role)"),
        "sector: enum(state|private|civil_society|international|academia|media)!",
        "level: enum(neighbourhood|city|region|country|eu_or_wider)",
        *("role_in_topic: text!", "class: enum(key|primary|secondary)", "influence: scale(1..5)"),
        # Its ring in an onion: how near it stands to the service.
        "nearness: enum(service|users|organisation|surroundings)",
        *(
            "affected: scale(0..3)",
            "power: int(0..100)",
            "interest: int(0..100)",
            "tower: scale(0..8)",
        ),
        *("has_power: bool", "is_legitimate: bool", "is_urgent: bool", "mandate: text"),
        *("resources: text", "goals: tags", "needs: text", "in_the_room: bool"),
        *("surrogate: ref(stakeholder)", "stance: scale(-2..2) closed", "veto: bool closed"),
        "contact: text closed",
    ),
    kind(
        "relation",
        *("from: ref(stakeholder)!", "to: ref(stakeholder)!", "directed: bool", "note: text"),
        "type: enum(close|weak|alliance|dominance|tension|broken|unclear)!",
        "flow: multi(money|information|authority|service|data|support)",
    ),
    kind(
        "engagement",
        *("stakeholder: ref(stakeholder)!", "stance_now: scale(-2..2) closed"),
        *(
            "stance_wanted: scale(-2..2) closed",
            "message: text",
            "channel: text!",
            "language: text",
        ),
        "level: enum(inform|consult|involve|work_together|decide)!",
        *("how_often: text", "responsible: text!", "next: date"),
    ),
    kind(
        "persona",
        *(
            "name: text!",
            "avatar: image",
            "age_band: enum(under_18|18_29|30_44|45_64|65_74|75_up)!",
        ),
        "place_type: enum(centre|suburb|small_town|village|remote)!",
        *("household: text", "livelihood: text", "languages: tags"),
        "reading: enum(comfortable|basic|needs_help)",
        "digital_skill: scale(1..9)!",
        "devices: multi(own_smartphone|shared_phone|basic_phone|computer|none)!",
        "connection: enum(fixed|good_mobile|limited_mobile|none)",
        "access_needs: multi(sight|hearing|hands|moving|memory_or_focus|reading|speech|mental_health"
        "|temporary|none_known)!",
        "channels_used: tags",
        "channels_trusted: multi(counter|phone|sms|messenger|social_media|website|app|post"
        "|local_leader|radio_or_tv)!",
        *("scenario: longtext!", "goals: list!", "needs: list!", "frustrations: list!"),
        *("barriers: list", "helpers: text", "quote: text!", "services_used: tags"),
        *("excluded_if: text", "group_size: int(0..1000000000)"),
        # The blocks of the empathy map, in the order they are filled.
        *("must_do: list", "see: list", "say: list", "do: list"),
        *("hear: list", "think_feel: list", "pains: list", "gains: list"),
        # How it is drawn where there is no picture: no face is anybody's. And what it was copied from.
        *("drawing: enum(initials|short|long|bun|scarf|cap|bald)", "origin: ref(persona)"),
    ),
    # A line of a list of a record.
    kind(
        "line",
        *("text: text!", "of: ref!", "field: text!", "order: text!"),
        "confidence: enum(known|guess)",
    ),
    kind(
        "factor",
        *("label: text!", "description: text", "wanted: enum(up|down|stable|open)"),
        "role: enum(focal|outcome|driver|intervention|external)",
        *("controllable: scale(0..3)", "changing: scale(0..3)", "pinned: bool"),
    ),
    kind(
        "causal_link",
        *("from: ref(factor)!", "to: ref(factor)!", "polarity: enum(+|-|mixed|unknown)!"),
        *("strength: scale(1..3)", "delay: enum(none|months|years)", "certainty: scale(1..3)"),
        *("why: text!", "source: text"),
    ),
    kind(
        "funding",
        "name: text!",
        "instrument: enum(own_budget|national_transfer|grant|technical_assistance_grant|eu_programme"
        "|blended_facility|concessional_loan|commercial_loan|guarantee|municipal_bond|green_bond"
        "|energy_performance_contract|energy_supply_contract|public_private_partnership|concession"
        "|leasing|revolving_fund|user_fees|land_value_capture|crowdfunding|citizens_cooperative"
        "|sponsor|results_based_payment)!",
        *("provider: text", "amount: money!", "repayable: bool", "repaid_from: text"),
        *("conditions: text", "deadline: date", "council_decision_needed: bool"),
        *("currency_risk: bool", "status: enum(idea|talks|applied|approved|signed)!"),
    ),
    kind(
        "action",
        *("title: text!", "code: text", "objective: ref(objective)", "output: text"),
        *("lead: ref(stakeholder)!", "contact_role: text", "partners: refs(stakeholder)"),
        *("start: month!", "end: month!", "cost: money", "cost_basis: enum(quote|estimate|guess)"),
        *("funding: refs(funding)", "funding_status: enum(none|identified|applied|secured)!"),
        *("indicator: text!", "baseline: text", "target: text"),
        "status: enum(not_started|on_track|at_risk|delayed|done|dropped)!",
        *("risk: text", "likelihood: scale(1..5)", "impact: scale(1..5)", "mitigation: text"),
        *("depends_on: refs(action)", "personas: refs(persona)", "co2_t_year: int(0..100000000)"),
        *("next_step: text", "next_step_by: date"),
    ),
    kind(
        "project",
        *("title: text!", "city: text!", "promoter: ref(stakeholder)!", "contact: text! closed"),
        *("partners: refs(stakeholder)", "theme: text!", "location: place", "summary: longtext!"),
        "type: enum(flagship|quick_start|soft_measure|study)",
        *("problem: longtext!", "objectives: longtext!", "plans_served: refs(document)"),
        *("beneficiaries: refs(persona)", "description: longtext!", "components: list"),
        *("technology: text", "alternatives: text", "owner: text", "operator: text"),
        *("regulator: text", "financier: text", "participation_so_far: text", "legal_basis: text"),
        *("land_and_permits: enum(not_needed|open|applied|granted)", "procurement_route: text"),
        *("capex: money!", "opex_year: money", "revenue_year: money", "savings_year: money"),
        *("lifetime_years: int(0..200)", "sources: refs(funding)", "finance_sought: money!"),
        "finance_type: tags",
        *("people_reached: int(0..1000000000)!", "energy_mwh_year: int(0..1000000000)"),
        *("co2_t_year: int(0..1000000000)", "jobs: int(0..10000000)", "inclusion: text"),
        "indicators: list",
        "stage: enum(idea|concept|pre_feasibility|feasibility|detailed_design|procurement"
        "|implementation)!",
        "documents: multi(needs_assessment|energy_audit|feasibility_study|cost_estimate"
        "|cost_benefit|environmental_and_social_screening|design|council_decision|permits"
        "|tender_file)",
        *("risks: list", "milestones: list", "consent: enum(private|network|public)!"),
        "support_wanted: multi(peer_city|business_model|financial_structuring|legal|procurement"
        "|stakeholder_process|technical_study|investor_contact)",
        *("replicable_where: text", "question_to_adviser: longtext", "decision_maker: text"),
        "deadline: date",
    ),
    kind(
        "practice",
        *("title: text!", "city: text!", "country: text!", "theme: text!", "years: text"),
        *(
            "problem: longtext!",
            "context: longtext",
            "solution: longtext!",
            "how_it_works: longtext",
        ),
        *(
            "actors: text",
            "cost: money",
            "funding: text",
            "results: list!",
            "difficulties: longtext!",
        ),
        *("success_factors: text", "lessons: longtext!", "transfer_conditions: longtext!"),
        *("contact: text closed", "links: list", "images: list"),
        "consent: enum(private|network|public)!",
        "status: enum(submitted|checked|verified)",
    ),
    kind(
        "document",
        "title: text!",
        "type: enum(law|strategy|plan|project|system|dataset|contract|institution|budget)",
        *("owner: text", "level: text", "from: month", "to: month"),
        *(
            "effect: enum(enables|limits|neutral)",
            "relevance: scale(1..3)",
            "link: text",
            "gap: text",
        ),
    ),
    kind(
        "commitment",
        *("what: text!", "who: text!", "by_when: date!", "first_step: text", "help_needed: text"),
        *("linked: ref", "status: enum(open|done|late|dropped)"),
    ),
    kind(
        "member",
        *("name: text!", "organisation: text!"),
        "sector: enum(state|private|civil_society|international|academia|media)!",
        "role: enum(chair|secretariat|member|expert|observer)",
        *("term_until: month", "consent: enum(private|network|public)!", "contact: text closed"),
    ),
    kind("term", "word: text!", "meaning: longtext!", "theme: text"),
    kind(
        "objective",
        *("text: text!", "code: text", "baseline: text", "target: text!", "year: int(1900..2200)!"),
        *("indicator: text!", "theme: text", "plans_served: refs(document)"),
    ),
)

#: Kinds of which every field says what it rests on (`evidence/<field>`) and where that is from (`source/<field>`).
EVIDENCED = frozenset({"persona"})
EVIDENCE = ("assumption", "heard", "data", "research", "validated")

KINDS: dict[str, Kind] = {one.name: one for one in _KINDS}
#: Kinds the programme keeps a list of; a board shows them by reference.
REGISTERED = (
    *("stakeholder", "persona", "question", "idea", "action", "project", "funding"),
    *(
        "practice",
        "document",
        "commitment",
        "member",
        "term",
        "objective",
        "challenge",
        "opportunity",
    ),
)
