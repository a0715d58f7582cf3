"""Boards to choose and to plan on, written down: as tables with a column for each thing that is said, and as regions.

The closed side is never handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from codesign.core.computed import grids, plans, scores
from codesign.core.record_boards import is_from_data, method_of
from codesign.core.stream import Item, Readable
from codesign.i18n import N_, Words
from codesign.results import actors, declared
from codesign.results.facts import Facts

if TYPE_CHECKING:
    from codesign.core.method import Method

Region = tuple[str, str, list[Item]]
Row = tuple[str, ...]
NAME = "{name}: {words}"

QUARTERS = {
    "quick_wins": N_("Do now"),
    "big_projects": N_("Plan well"),
    "fill_ins": N_("If there is time"),
    "think_again": N_("Think again"),
}
KINDS = {"idea": N_("Idea"), "action": N_("Action")}
NO_PLACE = N_("No place yet")
GRID = (
    *(N_("Name"), N_("Kind"), N_("Quarter"), N_("Effect"), N_("Effort")),
    *(N_("People"), N_("Apart"), N_("Rank")),
)

STATES = {
    "on_track": N_("on track"),
    "at_risk": N_("at risk"),
    "delayed": N_("delayed"),
    "not_started": N_("not started"),
    "done": N_("done"),
    "dropped": N_("dropped"),
    "": N_("no state yet"),
}
MONEY = {
    "none": N_("none yet"),
    "identified": N_("found"),
    "applied": N_("applied for"),
    "secured": N_("secured"),
}
BASES = {"quote": N_("an offer"), "estimate": N_("an estimate"), "guess": N_("a guess")}
CODES = {"status": STATES, "funding_status": MONEY, "cost_basis": BASES}
#: What a plan says of an action, in the order of its columns; names of other records are looked up.
PLAN = {
    "title": N_("Action"),
    "output": N_("What it brings"),
    "next_step": N_("First step"),
    "next_step_by": N_("First step by"),
    "lead": N_("Lead"),
    "partners": N_("Partners"),
    "start": N_("From"),
    "end": N_("Until"),
    "cost/amount": N_("Costs"),
    "cost/currency": N_("Currency"),
    "cost_basis": N_("Costs rest on"),
    "funding_status": N_("Money"),
    "indicator": N_("How we know"),
    "baseline": N_("Today"),
    "target": N_("Target"),
    "status": N_("State"),
    "depends_on": N_("Waits for"),
    "personas": N_("For whom"),
    "risk": N_("Risk"),
    "likelihood": N_("How likely, 1 to 5"),
    "impact": N_("How bad, 1 to 5"),
    "mitigation": N_("What we do against it"),
}
SEVERAL = ("partners", "depends_on", "personas")


def table_of(
    board: Readable,
    register: Readable,
    words: Words,
    method: Method | None = None,
    today: str = "",
) -> list[Row]:
    """The headers, then a row for each record; nothing where a board is no table of its own."""
    match method_of(board.fields):
        case "impact-effort":
            return [tuple(map(words.gettext, GRID)), *_grid_rows(board, register, words)]
        case "criteria-matrix":
            return _matrix(board, register, words)
        case "action-plan":
            head = tuple(words.gettext(label) for label in PLAN.values())
            return [head, *_plan_rows(register, words)]
        case id if method is not None and id == method.id and is_from_data(board.fields):
            return declared.table_of(Facts(method, board, register, words, today))
    return []


def grid(board: Readable, register: Readable, words: Words) -> Iterator[Region]:
    """Quarter by quarter."""
    placed = _placed(board, register)
    for code, label in {**QUARTERS, "": NO_PLACE}.items():
        inside = [(record, at) for record, at in placed if _quarter(at) == code]
        if inside or code:
            notes = [_card(record, at, words) for record, at in inside]
            yield code or "waiting", words.gettext(label), notes


def plan(register: Readable, words: Words) -> Iterator[Region]:
    """State by state."""
    for code, label in STATES.items():
        inside = [one for one in _actions(register) if one.get("status", "") == code]
        if inside:
            notes = [_note(one, _said(one, register, words)) for one in inside]
            yield code or "open", words.gettext(label), notes


def ranking(board: Readable, register: Readable, words: Words) -> Iterator[Region]:
    """The options, best first, in one region."""
    options, criteria, given = _scores(board, register)
    found = scores.scored([one["id"] for one in options], criteria, given)
    by_id = {one["id"]: one for one in options}
    notes = [
        _note(by_id[one.id], f"{one.rank}. {_title(by_id[one.id])}\n{one.score:.2f}")
        for one in found
    ]
    yield "ranking", words.gettext("Ranking"), notes


def places_of(placement: Item) -> list[grids.Place]:
    """Where each person put it."""
    found = ((key[2:], x) for key, x in placement.items() if key.startswith("x/"))
    return [(int(x), int(placement[f"y/{person}"])) for person, x in found]


def plain_action(action: Item) -> dict[str, Any]:
    """As core/computed/plans.py reads it: money as one, what it waits for as a list."""
    waits = [key.partition("/")[2] for key in action if key.startswith("depends_on/")]
    plain = {**action, "depends_on": waits}
    if "cost/amount" in action:
        cost = {"amount": action["cost/amount"], "currency": action["cost/currency"]}
        plain["cost"] = cost
    return plain


def _placed(board: Readable, register: Readable) -> list[tuple[Item, grids.Position | None]]:
    """Each record that the board shows, with where people together put it, as it came onto the board."""
    found: dict[str, tuple[Item, list[grids.Place]]] = {}
    shown = {one["id"]: one for one in actors.shown(board, register)}
    for placement in sorted(
        board.of_kind("placement"), key=lambda one: (one.get("at", 0), one["id"])
    ):
        record = shown.get(actors.merged(register, placement["record"]))
        if record is not None:
            found.setdefault(record["id"], (record, []))[1].extend(places_of(placement))
    return [(record, grids.position(places)) for record, places in found.values()]


def _quarter(at: grids.Position | None) -> str:
    return grids.impact_effort(at.x, at.y) if at else ""


def _card(record: Item, at: grids.Position | None, words: Words) -> Item:
    text = _title(record)
    if at is not None:
        place = {"x": round(at.x), "y": round(at.y)}
        text += f"\n{words.gettext('effect {y} of 100, effort {x} of 100', **place)}"
        if at.people > 1:
            spread = max(at.spread_x, at.spread_y)
            said = words.ngettext(
                "{n} person, {spread} apart", "{n} people, {spread} apart", at.people, spread=spread
            )
            text += f"\n{said}"
    return _note(record, text)


def _grid_rows(board: Readable, register: Readable, words: Words) -> Iterator[Row]:
    placed = _placed(board, register)
    ranks = grids.effect_ranks({one["id"]: (at.x, at.y) for one, at in placed if at})
    for record, at in sorted(placed, key=lambda one: ranks.get(one[0]["id"], len(placed) + 1)):
        kind = words.gettext(KINDS.get(record["kind"], ""))
        if at is None:
            yield (_title(record), kind, words.gettext(NO_PLACE), *("",) * 5)
            continue
        spread = str(max(at.spread_x, at.spread_y))
        place = (str(round(at.y)), str(round(at.x)), str(at.people), spread)
        quarter = words.gettext(QUARTERS[_quarter(at)])
        yield (_title(record), kind, quarter, *place, str(ranks[record["id"]]))


def _matrix(board: Readable, register: Readable, words: Words) -> list[Row]:
    """Options against criteria, each cell what people said on average."""
    options, criteria, given = _scores(board, register)
    by_id = {one["id"]: one for one in options}
    weighed = [f"{_title(one)} ({one.get('weight', 0)} %)" for one in criteria]
    rows = [
        (
            _title(by_id[one.id]),
            *(f"{one.means[c['id']]:.1f}" if c["id"] in one.means else "" for c in criteria),
            *(f"{one.score:.2f}", str(one.rank)),
        )
        for one in scores.scored([one["id"] for one in options], criteria, given)
    ]
    ends = (words.gettext("Result"), words.gettext("Rank"))
    return [(words.gettext("Option"), *weighed, *ends), *rows]


def _scores(
    board: Readable, register: Readable
) -> tuple[list[Item], list[Item], list[scores.Score]]:
    """What the board shows to choose among, what it is judged by, and each person's last word on each cell."""
    shown = actors.shown(board, register)
    options = [
        one for kind in ("idea", "action", "project") for one in shown if one["kind"] == kind
    ]
    criteria = [one for one in shown if one["kind"] == "criterion"]
    known = {one["id"] for one in (*options, *criteria)}
    said: dict[tuple[str, str, str], int] = {}
    for one in sorted(register.of_kind("score"), key=lambda one: (one.get("at", 0), one["id"])):
        item = actors.merged(register, one["item"])
        if item in known and one["criterion"] in known:
            said[str(one.get("by", "")), item, one["criterion"]] = one["value"]
    return options, criteria, [(*where, value) for where, value in said.items()]


def _plan_rows(register: Readable, words: Words) -> Iterator[Row]:
    for action in _actions(register):
        yield tuple(_value(action, key, register, words) for key in PLAN)


def _actions(register: Readable) -> list[Item]:
    found = [one for one in register.of_kind("action") if "merged" not in one]
    return sorted(found, key=lambda one: (one.get("at", 0), one["id"]))


def _said(action: Item, register: Readable, words: Words) -> str:
    lines = [_title(action)]
    rated = plans.risk(action)
    for key, label in PLAN.items():
        said = _value(action, key, register, words)
        if key in ("title", "status", "cost/currency", "likelihood", "impact") or not said:
            continue
        if key == "cost/amount":
            said = f"{int(said):,} {action['cost/currency']}".replace(",", "\u00a0")
        lines.append(NAME.format(name=words.gettext(label), words=said))
    if rated and rated[1]:
        lines.append(words.gettext("High risk: {n}", n=rated[0]))
    return "\n".join(lines)


def _value(action: Item, key: str, register: Readable, words: Words) -> str:
    if key in SEVERAL:
        start = f"{key}/"
        ids = [one.removeprefix(start) for one in action if one.startswith(start)]
        return ", ".join(filter(None, (_name(register, id) for id in ids)))
    value = action.get(key)
    if value is None:
        return ""
    if key == "lead":
        return _name(register, str(value))
    return words.gettext(CODES[key][str(value)]) if key in CODES else str(value)


def _name(register: Readable, id: str) -> str:
    return _title(register.get(actors.merged(register, id)) or {})


def _title(record: Item) -> str:
    return str(record.get("title") or record.get("name") or "")


def _note(record: Item, text: str) -> Item:
    by = {"by": record["by"]} if "by" in record else {"colour": "stone"}
    return {"id": record["id"], "text": text, "at": record.get("at", 0), **by}
