"""The three personas of the demo in Vushtrri, as ops that make them: what each says, and what that rests on."""

from __future__ import annotations

from typing import Any

from codesign.core.stream import Item
from tests.builders import ANNA, Play, an_id

LISTS = ("goals", "needs", "frustrations")
DEMO: dict[str, dict[str, Any]] = {
    "lumnije": {
        "name": "Lumnije",
        "age_band": "45_64",
        "place_type": "village",
        "livelihood": "Keqet shtëpinë dhe kopshtin",
        "languages/a": "shqip",
        "digital_skill": 3,
        "devices/shared_phone": True,
        "connection": "limited_mobile",
        "channels_trusted/local_leader": True,
        "channels_trusted/counter": True,
        "scenario": "Kamioni i mbeturinave nuk erdhi dhe askush nuk i tregoi pse.",
        "goals": ["Rrugë e pastër para shtëpisë"],
        "needs": ["Të dijë kur vjen kamioni"],
        "frustrations": ["Nuk e di kë ta pyesë"],
        "quote": "Paguaj rregullisht, por askush nuk më tregon çka bëhet me mbeturinat.",
        "evidence/quote": "heard",
        "evidence/scenario": "heard",
        "evidence/channels_trusted": "heard",
        "evidence/needs": "heard",
    },
    "arben": {
        "name": "Arben",
        "age_band": "30_44",
        "place_type": "centre",
        "livelihood": "Dyqan",
        "languages/a": "shqip",
        "digital_skill": 8,
        "devices/own_smartphone": True,
        "access_needs/none_known": True,
        "needs": ["Një faturë për tre muaj"],
        "quote": "Fatura vjen në letër dhe paguhet vetëm në sportel.",
    },
    "dragica": {
        "name": "Драгица",
        "age_band": "65_74",
        "place_type": "village",
        "languages/a": "српски",
        "digital_skill": 1,
        "devices/basic_phone": True,
        "access_needs/hearing": True,
        "quote": "Рачун добијем на језику који не читам.",
    },
}


def ops_of(name: str) -> list[dict[str, Any]]:
    """What makes this persona: the record, then its lines."""
    about = DEMO[name]
    tags = {f"languages/{an_id(name)}": about[key] for key in about if key.startswith("languages")}
    plain = {k: v for k, v in about.items() if k not in LISTS and not k.startswith("languages")}
    made = {"type": "create_record", "id": an_id(name), "kind": "persona"}
    lines = [
        _line(name, field, at, text)
        for field in LISTS
        for at, text in enumerate(about.get(field, ()))
    ]
    return [{**made, "fields": {**plain, **tags}}, *lines]


def _line(name: str, field: str, at: int, text: str) -> dict[str, Any]:
    about = {"text": text, "of": an_id(name), "field": field, "order": f"a{at}"}
    made = {"type": "create_record", "id": an_id(f"{name}{field}{at}"), "kind": "line"}
    return {**made, "fields": about}


def played(register: Play) -> Play:
    for name in DEMO:
        for op in ops_of(name):
            register.do(op, ANNA)
    return register


def lines_of(register: Play) -> list[Item]:
    return [one for one in register.items() if one["kind"] == "line"]
