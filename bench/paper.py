"""What docs/performance.md says in figures: written from bench/results.json, so that nobody types one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench import rows, table, targets
from bench.figures import Figure

PAPER = Path(__file__).resolve().parent.parent / "docs/performance.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"


def write(file: Path = PAPER) -> Path:
    text = file.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    file.write_text(before + BEGIN + figures(rows.RESULTS) + END + after, "utf-8")
    return file


def figures(results: Path) -> str:
    machine = json.loads(results.read_text("utf-8"))["machine"]
    found, single = rows.read(results)
    where = "Measured {day} on {cpu}, {cores} cores, {memory_gb} GB, {system}, Python {python}."
    notes = [f"- {row.workload}, {row.server}: {note}" for row in found for note in row.notes]
    compared = [f"- {line}" for line in table.ratios(found, "codesign")]
    parts = [where.format(**machine), _people(found), *notes, "", *compared, "", _single(single)]
    parts += ["", *_lines(targets.HEAD, targets.held(found, single))]
    return "\n" + "\n".join(parts) + "\n\n"


def _people(found: Sequence[rows.Row]) -> str:
    return "\n" + "\n".join(_lines(table.HEAD, map(table.cells, found))) + "\n"


def _lines(head: Sequence[str], found: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *found)]


def _single(found: Sequence[Figure]) -> str:
    lines = ["| workload | server | what | measured | at most | |", "|---|---|---|---|---|---|"]
    for one in found:
        most = "" if one.most is None else f"{one.most:.4g} {'✓' if one.is_met else 'missed'}"
        value = f"{one.value:,.4g} {one.unit}"
        lines.append(
            f"| {one.workload} | {one.server} | {one.what} | {value} | {most} | {one.note} |"
        )
    return "\n".join(lines)
