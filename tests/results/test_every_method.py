"""Every method whose board opens from its data: one of every kind it names is taken, is in what is taken home, and each
value that the method computes says something else than on an empty board."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from codesign.core.declared_boards import between, board_layout, place_of, records_of, said_by_each
from codesign.core.kinds import FieldType, Kind
from codesign.results.choosing import table_of
from codesign.results.findings import FINDINGS
from tests.builders import ANNA, an_id, record
from tests.results.test_findings import ENGLISH, METHODS, TODAY, Bench, the_schools

FROM_DATA = [id for id, method in METHODS.items() if board_layout(method)]
A_VALUE: dict[str, Any] = {
    **{"longtext": "words", "place": "here", "bool": True},
    **{"date": "2026-11-01", "month": "2026-12"},
}
#: What other records point at, where the method does not make it itself.
BESIDE: dict[str, dict[str, Any]] = {
    "stakeholder": {"name": "Council", "sector": "state", "class": "key"},
    "persona": {"name": "Lumnije"},
    "idea": {"name": "Bin sensors"},
}
#: Told by another name's sentences (the ranks of themes), or taken home as a file of its own.
ELSEWHERE = {"theme_rank", "calendar_file"}


def _shared(bench: Bench) -> None:
    for city in ("Kutaisi", "Nis", "Tirana"):
        bench.add(city, "challenge", text=city, city=city, theme="buses")


def _practices(bench: Bench) -> None:
    for city in ("Kutaisi", "Nis"):
        bench.add(city, "practice", title=city, city=city, theme="buses")
    bench.beside("l", "line", text="40 %", of=an_id("Nis"), field="results", order="a0")


def _journey(bench: Bench) -> None:
    bench.add(
        "now", "phase", title="Bill arrives", journey="as_is", pain="On paper", channel="post"
    )
    bench.add("pay", "phase", title="Trip to pay", journey="as_is", channel="counter", minutes=9)
    bench.add("then", "phase", title="Bill arrives", journey="to_be", minutes=1)


def _pair(bench: Bench) -> None:
    bench.add("have", "exchange", text="Data sheet", side="offer", theme="bus", city="Niš")
    bench.add("want", "exchange", text="Data", side="need", theme="bus", city="Tirana")


def _tree(bench: Bench) -> None:
    bench.add("core", "tree_node", text="Bins are full", side="core")
    bench.add(
        "cause", "tree_node", text="Old tours", side="causes", parent=an_id("core"), aim="New"
    )
    bench.add("why", "tree_node", text="No plan", side="causes", parent=an_id("core"))


def _vision(bench: Bench) -> None:
    bench.add("open", "objective", text="On time")
    bench.beside("asked", "challenge", text="Late", city="Niš", theme="buses")


def _limit(bench: Bench) -> None:
    bench.add("rule", "document", title="Fee law", domain="law", effect="limits")
    said = {"domain": "law", "maturity": 2}
    bench.beside("rated", "domain_rating", **said)


#: What shows values that one of every kind does not show.
TELLING: dict[str, Callable[[Bench], None]] = {
    "challenges-opps": _shared,
    "framework-map": _limit,
    "good-practice": _practices,
    "city-canvas": lambda bench: bench.add("b", "canvas_entry", text="All", block="beneficiaries"),
    "idea-card": lambda bench: bench.add("bare", "idea", name="Only a name"),
    "journey": _journey,
    "offers-needs": _pair,
    "problem-tree": _tree,
    "project-fiche": the_schools,
    "social-bmc": lambda bench: bench.add("v", "canvas_entry", text="Voice", block="social_value"),
    "test-plan": lambda bench: bench.add("t", "test", assumption="They read it", risk=5),
    "toc": lambda bench: bench.add(
        "r", "result", text="Trained", level="outputs", assumption="They stay"
    ),
    "vision": _vision,
}


@pytest.mark.parametrize("id", FROM_DATA)
def test_one_of_every_kind_is_taken_and_every_value_changes(id: str) -> None:
    bench = Bench(id)
    names = [name for name in bench.method.computed if name not in ELSEWHERE]
    before = {name: _said(bench, name) for name in names}
    titles = _fill(bench)
    if telling := TELLING.get(id):
        telling(bench)
    assert [name for name in names if _said(bench, name) == before[name]] == []
    home = table_of(bench.board.state, bench.register.state, ENGLISH, bench.method, TODAY)
    cells = {cell for row in home for cell in row}
    assert [title for title in titles if title not in cells] == []


def _said(bench: Bench, name: str) -> list[Any]:
    return [one for one in FINDINGS[name](bench.facts()) if one[1]]


def _fill(bench: Bench) -> list[str]:
    """Two of every kind, all of their fields written or what is required; gives what those with a name are called."""
    known: dict[str, list[str]] = {}
    titles: list[str] = []
    for kind, fields in BESIDE.items():
        if kind not in records_of(bench.method):
            bench.beside(f"a {kind}", kind, **fields)
            known[kind] = [an_id(f"a {kind}")]
    for at in range(2):
        for name in sorted(records_of(bench.method), key=lambda one: _joins(bench, one)):
            of = bench.method.kind(name)
            assert of is not None
            said = _fields(bench, of, known, at)
            placed = not said_by_each(bench.method, name) and not between(of)
            if between(of) and at == 0:
                continue  # until there are two that it can join
            bench.register.do(record(f"{name} {at}", name, **said), ANNA)
            if placed:
                place = {"id": an_id(f"of {name} {at}"), "record": an_id(f"{name} {at}")}
                bench.board.do({"type": "create_placement", **place}, ANNA)
            known.setdefault(name, []).append(an_id(f"{name} {at}"))
            if of.fields[0].type == "text" and placed:
                titles.append(str(said[of.title]))
    return titles


def _joins(bench: Bench, name: str) -> bool:
    kind = bench.method.kind(name)
    return bool(said_by_each(bench.method, name) or (kind and between(kind)))


def _fields(bench: Bench, kind: Kind, known: dict[str, list[str]], at: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    regions = [one.id for one in bench.method.regions]
    for field in kind.fields:
        is_place = field.name == place_of(bench.method, kind.name)
        is_asked = field.required or is_place or field.name == kind.title or between(kind)
        if field.closed or not (at == 0 or is_asked):
            continue
        if is_place:
            found[field.name] = regions[at]
        elif field.type == "ref":
            there = [id for one in field.options for id in known.get(one, ())]
            if there:
                found[field.name] = there[-1 if field.name == "to" else 0]
        elif field.type == "money":
            found |= {f"{field.name}/amount": 1000, f"{field.name}/currency": "EUR"}
        elif field.type == "multi":
            found[f"{field.name}/{field.options[0]}"] = True
        elif (value := _value(field, at)) is not None:
            found[field.name] = value
    return found


def _value(field: FieldType, at: int) -> Any:
    if field.type == "text":
        return f"{field.name} {at}"
    if field.type == "enum":
        return field.options[at % len(field.options)]
    if field.type in ("int", "scale"):
        return min((field.least or 0) + 2 * at + 1, field.most or 10)
    return A_VALUE.get(field.type)
