"""One row for each workload and server: what of several runs is kept, and the file the rows go into."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.figures import Figure

RESULTS = Path(__file__).resolve().parent / "results.json"
#: A row is what a server holds when p99 stays below this and everything arrives.
HOLDS_MS, HOLDS_SHARE = 100.0, 0.99
#: What is past saving: it is not measured again, and not with a bigger crowd.
GIVE_UP_MS, GIVE_UP_SHARE = 1000.0, 0.5


@dataclass(frozen=True, slots=True)
class Row:
    target: str
    server: str
    workload: str
    people: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    cpu_cores: float
    #: Share of the edits that arrived at everybody else.
    delivered: float
    durable: bool
    bytes_per_s: float
    checks: str = ""
    ack_p99_ms: float | None = None
    cursors_p99_ms: float | None = None
    cursors_delivered: float | None = None
    rss_mb: float | None = None
    #: Clean runs of all; with none the row says so.
    clean: int = 1
    runs: int = 1
    #: Of each clean run, where there was more than one; the worst is the row's own.
    p99s: list[float] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return self.clean > 0

    @property
    def holds(self) -> bool:
        return 0 <= self.p99_ms <= HOLDS_MS and self.delivered >= HOLDS_SHARE

    @property
    def is_past_saving(self) -> bool:
        return not 0 <= self.p99_ms <= GIVE_UP_MS or self.delivered < GIVE_UP_SHARE


def make_row(
    run: dict[str, Any], *, target: str, server: str, workload: str, durable: bool, checks: str
) -> Row:
    p50, p95, p99 = run["edit_ms"]
    moved = run["cursors_sent"] > 0
    acked = run["ack_ms"][2] >= 0
    return Row(
        target=target,
        server=server,
        workload=workload,
        people=run["people"],
        p50_ms=p50,
        p95_ms=p95,
        p99_ms=p99,
        cpu_cores=run["cpu"],
        delivered=run["edits_share"],
        durable=durable,
        bytes_per_s=run["bytes_per_s"],
        checks=checks,
        ack_p99_ms=run["ack_ms"][2] if acked else None,
        cursors_p99_ms=run["cursor_ms"][2] if moved else None,
        cursors_delivered=run["cursors_share"] if moved else None,
        rss_mb=run["rss_mb"],
        notes=_notes(run),
    )


def worst(rows: Sequence[Row]) -> Row:
    """The run to quote: a server is as fast as its slowest clean run."""
    return max(
        rows, key=lambda row: (row.p99_ms if row.p99_ms >= 0 else float("inf"), row.cpu_cores)
    )


def write(
    machine: dict[str, object],
    found: Sequence[Row],
    figures: Sequence[Figure],
    file: Path = RESULTS,
    *,
    keep: bool = False,
) -> None:
    """`rows` and, beside them, what is no row of people and latencies. `keep`: what was not measured now stays."""
    new = {"rows": [_plain(row) for row in found], "figures": [_plain(one) for one in figures]}
    old = json.loads(file.read_text()) if keep and file.exists() else {}
    merged = {
        part: sorted(_merged(old.get(part, []), now), key=_place) for part, now in new.items()
    }
    file.write_text(json.dumps({"machine": machine, **merged}, indent=1) + "\n")


def read(file: Path = RESULTS) -> tuple[list[Row], list[Figure]]:
    data = json.loads(file.read_text())
    return [Row(**row) for row in data["rows"]], [Figure(**one) for one in data["figures"]]


def _merged(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    measured = {(one["workload"], one["server"]) for one in new}
    return [one for one in old if (one["workload"], one["server"]) not in measured] + new


def _place(one: dict[str, Any]) -> tuple[str, int, str]:
    """By workload and its size; servers in the order they were measured."""
    name = str(one["workload"])
    family = name.rstrip("0123456789")
    return family, int(name[len(family) :] or 0), ""


def _plain(row: Row | Figure) -> dict[str, Any]:
    empty: tuple[object, ...] = (None, "", [])
    kept = ("target", "server", "workload")
    return {k: v for k, v in asdict(row).items() if k in kept or v not in empty}


def _notes(run: dict[str, Any]) -> list[str]:
    found = []
    if run["ready"] < run["people"]:
        found.append(f"{run['people'] - run['ready']} of {run['people']} did not get in")
    if run["lost"]:
        found.append(f"{run['lost']} were cut off ({run['why']})")
    if run["refused"]:
        found.append(f"{run['refused']} edits were refused")
    if run["folded"]:
        found.append(f"{run['folded']} edits waited for the answer to the one before")
    return found
