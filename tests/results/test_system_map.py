"""A system map taken home: its three tables, GraphML that networkx reads, and the sentences of its loops."""

from __future__ import annotations

import io
from typing import Any

import networkx as nx
from python_calamine import CalamineWorkbook

from codesign.core.stream import State
from codesign.i18n import Catalogues
from codesign.results import csv, system_map, xlsx
from tests.core.computed.test_loops import FACTORS, LINKS

NAMES = (
    *("Bus reliability", "Passengers", "Fare income", "Money for upkeep", "Private cars"),
    *("Congestion", "Waste-truck delay", "Overflowing bins", "Complaints", "Political priority"),
)


def the_map_of_kutaisi(**more: Any) -> State:
    state = State({"layout": "graph"})
    for at, (factor, name) in enumerate(zip(FACTORS, NAMES, strict=True)):
        place = {"x": at * 20_000, "y": 0, "at": at}
        state.put({**factor, **place, "kind": "factor", "label": name, **more})
    for at, link in enumerate(LINKS):
        state.put({**link, "kind": "causal_link", "at": at})
    return state


def test_the_workbook_has_factors_links_and_loops_told_in_words() -> None:
    made = xlsx.book(system_map.tables(the_map_of_kutaisi(), Catalogues().words("en")))
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.sheet_names == ["Factors", "Links", "Loops"]
    factors, links, loops = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert [row[0] for row in factors[1:]] == list(NAMES)
    assert [row[0] for row in factors[1:] if row[-1]] == ["Bus reliability", "Money for upkeep"]
    assert links[5][:5] == ["Passengers", "Private cars", "−", "", "at once"]
    assert [row[0] for row in loops[1:]] == ["R1", "R2", "B1"]
    assert loops[2][-1] == (
        "When “Bus reliability” rises, “Passengers” rises, “Private cars” falls, “Congestion” falls, "
        "and then “Bus reliability” rises even more. It feeds itself, and would do so downwards as well."
    )
    assert loops[3][1:4:2] == ["balancing", "with a delay"]


def test_a_map_as_csv_has_no_cell_that_a_spreadsheet_would_run() -> None:
    state = the_map_of_kutaisi(label="=cmd|' /C calc'!A0")
    tables = system_map.tables(state, Catalogues().words("en"))
    text = csv.written([row for _, _, rows in tables for row in rows]).decode("utf-8-sig")
    assert '"=cmd' not in text
    assert '"+"' not in text


def test_other_programs_read_the_graph() -> None:
    graph = nx.read_graphml(io.BytesIO(system_map.graphml(the_map_of_kutaisi())))
    assert graph.number_of_nodes() == 10
    assert graph.nodes["1"]["label"] == "Bus reliability"
    assert graph.edges["2", "5"]["polarity"] == "-"
    assert graph.edges["3", "4"]["delay"] == "months"


def test_an_empty_map_is_three_tables_without_rows() -> None:
    tables = system_map.tables(State({"layout": "graph"}), Catalogues().words("en"))
    assert [(title, len(rows)) for title, _, rows in tables] == [
        *(("Factors", 1), ("Links", 1), ("Loops", 1))
    ]
