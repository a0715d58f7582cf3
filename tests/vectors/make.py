"""Writes the vectors that hold the Python and the JavaScript twins together, from the Python side.

python -m tests.vectors.make   writes text.json, changes.json, hash.json, order.json, rights.json, personas.json,
ranking.json and loops.json
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from codesign.core.changes import (
    Change,
    DropItem,
    PatchItem,
    PatchStream,
    PutItem,
    apply_changes,
    inverse_of,
    to_wire,
)
from codesign.core.computed.ranking import cut, dots_each, ranked
from codesign.core.hashing import canonical, item_hash, state_hash, xor_of
from codesign.core.permissions import ALL_OF, COVERS, LEADS, ROLES, STAGES, may
from codesign.core.stream import State
from codesign.core.text import Splices, apply_splices, invert, rebase, splices_between
from codesign.core.translations import mark_of
from codesign.order import order_between
from codesign.sync.compose import compose
from tests.vectors.loops import loops_cases
from tests.vectors.personas import personas_cases

FOLDER = Path(__file__).parent
#: What people who write can do at all.
BY_WRITERS = {"react", "translate", "undo", "rename_self"} | {
    a for one in COVERS.values() for a in one
}
#: Letters of one, two and four bytes, a combining mark, joined emoji, a line end.
LETTERS = ["a", "b", "b", "ж", "გ", "é", "e\u0301", "😀", "👩‍👩‍👧", "\u200d", "\n", " "]


def main() -> None:
    for name, make in MAKERS.items():
        lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in make(Random(name)))
        (FOLDER / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def text_cases(random: Random) -> list[dict[str, Any]]:
    """Two edits of one text, and one after the first of them."""
    cases = []
    for _ in range(500):
        text = _words(random, random.randint(0, 9))
        ours, theirs = _edit(random, text), _edit(random, text)
        after = apply_splices(text, ours)
        then = _edit(random, after)
        other = _words(random, random.randint(0, 6))
        cases.append(
            {
                "text": text,
                "ours": ours,
                "theirs": theirs,
                "after": after,
                "inverse": invert(ours),
                "rebased": rebase(ours, theirs),
                "earlier": rebase(theirs, ours, earlier=True),
                "then": then,
                "composed": compose(ours, then),
                "other": other,
                "between": splices_between(text, other),
            }
        )
    return cases


def change_cases(random: Random) -> list[dict[str, Any]]:
    """A state, changes, what they make of it, and what takes them back."""
    cases = []
    for _ in range(150):
        state = _state(random)
        before = _wire_state(state)
        changes: list[Change] = []
        draft = State(state.fields, dict(state.items))
        for _ in range(random.randint(1, 4)):
            change = _change(random, draft)
            apply_changes(draft, [change])
            changes.append(change)
        inverse = inverse_of(state, changes)
        cases.append(
            {
                "before": before,
                "changes": [to_wire(change) for change in changes],
                "inverse": [to_wire(change) for change in inverse],
                "after": _wire_state(draft),
            }
        )
    return cases


def hash_cases(random: Random) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = []
    control = "".join(map(chr, range(1, 32))) + "\x7f\x80\u2028\u2029\ufeff\\\"/'"
    for text in [
        "",
        "Water",
        "წყალი მდინარეში",
        "👩‍👩‍👧 😀",
        control,
        "a\tb\nc\rd",
        "<b>&amp;</b>",
    ]:
        item = {
            "id": "A",
            "kind": "note",
            "text": text,
            "x": -1_250,
            "protected": True,
            "on": False,
        }
        cases.append(
            {
                "item": item,
                "canonical": canonical(item).decode(),
                "hash": f"{item_hash(item):016x}",
                "mark": mark_of(text),
            }
        )
    for _ in range(20):
        state = _state(random)
        cases.append(
            {
                "state": _wire_state(state),
                "xor": f"{xor_of(state):016x}",
                "sha256": state_hash(state),
            }
        )
    return cases


def order_cases(random: Random) -> list[dict[str, Any]]:
    """Neighbours and random numbers in, a key out; keys of other programs among them."""
    cases = []
    keys: list[str] = []
    pairs: list[tuple[str | None, str | None]] = [
        (None, None),
        ("a0", "a0"),
        ("a1", "a0"),
        ("zzz", None),
        (None, "0"),
        ("a0", "a00"),
        ("A", "B"),
        ("a0V", "a0W"),
        (None, "A" + "0" * 26 + "1"),
        ("z" + "z" * 26, None),
        ("a" * 64, None),
        ("hello", "world"),
        (None, "a0" + "0" * 30 + "1"),
    ]
    for low, high in pairs:
        cases.append(_order_case(random, low, high))
    for _ in range(300):
        at = random.randint(0, len(keys)) if random.random() < 0.7 else len(keys) // 2
        low = keys[at - 1] if at else None
        high = keys[at] if at < len(keys) else None
        case = _order_case(random, low, high)
        cases.append(case)
        keys.insert(at, case["key"])
    return cases


def rights_cases(_: Random) -> list[dict[str, Any]]:
    """Every role, action, stage and owner, and some of what a step says."""
    steps: tuple[frozenset[str] | None, ...] = (None, frozenset({"add", "edit_all"}))
    return [
        {
            "role": role,
            "action": action,
            "stage": stage,
            "whose": whose,
            "step": None if step is None else sorted(step),
            "may": may(role, action, stage, whose, step),
        }
        for role in ROLES
        if role != "product" and role not in LEADS
        for action in (*sorted(BY_WRITERS), "set_up")
        for stage in STAGES
        for whose in sorted(ALL_OF)
        for step in steps
    ]


def ranking_cases(random: Random) -> list[dict[str, Any]]:
    """Totals with many ties, ranked and cut."""
    cases = []
    for _ in range(100):
        options = [f"o{at}" for at in range(random.randint(2, 9))]
        ballots = [
            {option: random.randint(1, 2) for option in options if random.random() < 0.4}
            for _ in range(random.randint(0, 4))
        ]
        results = ranked(options, ballots)
        count = random.randint(0, len(options))
        line = cut(results, count)
        cases.append(
            {
                "options": options,
                "ballots": ballots,
                "dots": [dots_each(times * len(options)) for times in (1, 3)],
                "ranked": [[one.id, one.total, one.voters, one.rank] for one in results],
                "count": count,
                "inside": list(line.inside),
                "tied": list(line.tied),
            }
        )
    return cases


MAKERS: dict[str, Callable[[Random], list[dict[str, Any]]]] = {
    "text": text_cases,
    "changes": change_cases,
    "hash": hash_cases,
    "order": order_cases,
    "rights": rights_cases,
    "personas": personas_cases,
    "ranking": ranking_cases,
    "loops": loops_cases,
}


def _order_case(random: Random, low: str | None, high: str | None) -> dict[str, Any]:
    drawn = [round(random.random(), 6) for _ in range(2)]
    left = list(drawn)
    return {
        "before": low,
        "after": high,
        "random": drawn,
        "key": order_between(low, high, lambda: left.pop(0)),
    }


def _words(random: Random, count: int) -> str:
    return "".join(random.choice(LETTERS) for _ in range(count))


def _edit(random: Random, text: str) -> Splices:
    splices: list[tuple[int, str, str]] = []
    at = 0
    for _ in range(random.randint(1, 3)):
        at += random.randint(0, max(0, len(text) - at))
        removed = text[at : at + random.choice([0, 0, 1, 2, 5])]
        inserted = _words(random, random.choice([0, 1, 1, 3]))
        if removed or inserted:
            splices.append((at, removed, inserted))
        at += len(removed) + 1
        if at > len(text):
            break
    return tuple(splices)


def _state(random: Random) -> State:
    items = {item_id: _item(random, item_id) for item_id in random.sample("ABCDEF", 3)}
    return State({"layout": "zones", "question": _words(random, 4)}, items)


def _item(random: Random, item_id: str) -> dict[str, Any]:
    item: dict[str, Any] = {"id": item_id, "kind": "note", "text": _words(random, 5)}
    if random.random() < 0.5:
        item["x"] = random.randint(-100_000, 100_000)
    if random.random() < 0.5:
        item[f"reaction/heart/{random.choice('PQR')}"] = True
    return item


def _change(random: Random, state: State) -> Change:
    item_id = random.choice("ABCDEF")
    item = state.get(item_id)
    match random.randint(0, 5):
        case 0:
            return PutItem(_item(random, item_id))
        case 1:
            return DropItem(item_id)
        case 2:
            splices = _edit(random, state.fields["question"])
            return PatchStream(
                {"layout": random.choice(["free", "columns"])}, {"question": splices}
            )
        case 3 if item is not None:
            return PatchItem(item_id, {}, {"text": _edit(random, item["text"])})
        case 4 if item is not None:
            text = {"text": _edit(random, item["text"])}
            return PatchItem(item_id, {"x": None, "colour": "sea"}, text)
    return PatchItem(item_id, {"x": random.randint(0, 9), "protected": None})


def _wire_state(state: State) -> dict[str, Any]:
    return {"fields": state.fields, "items": list(state.items.values())}


if __name__ == "__main__":
    main()
