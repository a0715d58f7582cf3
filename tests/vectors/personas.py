"""Registers of personas, and what is computed of them: completeness, what it rests on, what the set leaves out."""

from __future__ import annotations

from random import Random
from typing import Any

from codesign.core.computed.completeness import completeness, evidence
from codesign.core.computed.personas import REQUIRED, set_warnings
from codesign.core.computed.sheets import gathered, grounds
from codesign.core.kinds import EVIDENCE, KINDS, FieldType
from codesign.core.stream import Item

#: Languages, as people write them.
SPOKEN = ("shqip", "srpski", "ქართული")


def personas_cases(random: Random) -> list[dict[str, Any]]:
    """The first case is the kind itself, by which the page knows what there is to fill in."""
    kind = [
        {"name": f.name, "type": f.type, "options": list(f.options), "required": f.required}
        for f in KINDS["persona"].fields
    ]
    return [{"kind": kind}, *(_case(random) for _ in range(120))]


def _case(random: Random) -> dict[str, Any]:
    personas = [_persona(random, f"p{n}") for n in range(random.randint(0, 4))]
    lines = [_line(random, f"l{n}", one["id"]) for one in personas for n in range(6)]
    wanted = random.sample(SPOKEN, random.randint(0, 3))
    read = [gathered(one, lines) for one in personas]
    return {
        "personas": personas,
        "lines": lines,
        "languages": wanted,
        "sheets": [_sheet(one, grounds(item)) for one, item in zip(read, personas, strict=True)],
        "warnings": set_warnings(read, wanted),
    }


def _sheet(persona: dict[str, Any], of: dict[str, str]) -> dict[str, Any]:
    filled, rests = completeness(persona, REQUIRED), evidence(persona, REQUIRED, of)
    return {
        "filled": filled.filled,
        "missing": filled.missing,
        "share": filled.share,
        "evidence": rests.share,
        "label": rests.label,
        "to_ask": rests.to_ask,
    }


def _persona(random: Random, name: str) -> Item:
    persona: Item = {"id": name, "kind": "persona"}
    for field in KINDS["persona"].fields:
        if random.random() < 0.6:
            persona |= _fields(random, field)
        if random.random() < 0.4:
            persona[f"evidence/{field.name}"] = random.choice(EVIDENCE)
    return persona


def _fields(random: Random, field: FieldType) -> dict[str, Any]:
    match field.type:
        case "multi":
            chosen = random.sample(field.options, random.randint(0, 2))
            return {f"{field.name}/{one}": True for one in chosen}
        case "tags":
            return {f"{field.name}/t{n}": random.choice(SPOKEN) for n in range(2)}
        case "enum":
            return {field.name: random.choice(field.options)}
        case "int" | "scale":
            return {field.name: random.randint(field.least or 0, 9)}
        case "text" | "longtext":
            return {field.name: random.choice(["", "  ", "words"])}
    return {}


def _line(random: Random, name: str, of: str) -> Item:
    field = random.choice(("goals", "needs", "frustrations", "barriers"))
    text = random.choice(["", "a", "b"])
    order = random.choice(["a0", "a1"])
    return {"id": of + name, "kind": "line", "of": of, "field": field, "text": text, "order": order}
