"""Runs of people at work: a fresh server for each, repeated until enough of them are clean."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from bench import cache, generator, machine, prepare, product
from bench.rows import Row, make_row, worst
from bench.workloads import EDITS, Workload

#: Disturbed runs are made again so often, beyond the rounds asked for.
MORE = 2


@dataclass(frozen=True, slots=True)
class Bench:
    """What all runs share."""

    program: Path
    cores: machine.Cores
    rounds: int = 1
    seconds: float = 5.0
    warm: float = 2.0
    #: Of a soak.
    minutes: float = 60.0

    @property
    def server_pin(self) -> list[str]:
        return machine.pinned(self.cores.server)


class Server(Protocol):
    """One that can be measured: the product, or a peer."""

    @property
    def name(self) -> str: ...
    @property
    def durable(self) -> bool: ...
    @property
    def checks(self) -> str: ...

    def run(self, bench: Bench, workload: Workload) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Stage:
    """A server that runs, and what the generator must know of it."""

    port: int
    folder: Path
    server: subprocess.Popen[bytes]
    options: dict[str, object]
    places: list[prepare.Place]

    def load(self, bench: Bench, **more: object) -> dict[str, Any]:
        options = {name.replace("_", "-"): value for name, value in more.items()}
        return generator.run(bench.program, bench.cores.load, {**self.options, **options})


@contextmanager
def stage(bench: Bench, crowd: prepare.Crowd) -> Iterator[Stage]:
    """The product, serving a workshop that was prepared."""
    with cache.scratch() as folder:
        places = prepare.prepare(folder / "data", crowd)
        prepare.write_places(places, folder / "people")
        port = product.free_port()
        with product.serving(folder / "data", port, bench.cores.server) as server:
            options = {"port": port, "people": folder / "people", "pids": _pids(server)}
            yield Stage(port, folder, server, options, places)


class Codesign:
    name = "codesign"
    durable = True
    checks = "role, stage, whose; limits"

    def run(self, bench: Bench, workload: Workload) -> dict[str, Any]:
        with stage(bench, prepare.Crowd(workload.people, workload.boards, workload.notes)) as here:
            return here.load(bench, **load_of(bench, workload))


def _pids(server: subprocess.Popen[bytes]) -> str:
    return ",".join(map(str, product.pids(server)))


def load_of(bench: Bench, workload: Workload) -> dict[str, object]:
    return {
        "edits": EDITS,
        "cursors": workload.cursors,
        "seconds": bench.seconds,
        "warm": bench.warm,
    }


def measure(bench: Bench, server: Server, workload: Workload) -> Row | None:
    """The worst clean run of those asked for; a disturbed one only where there is no other, and it says so."""
    clean: list[Row] = []
    disturbed: list[Row] = []
    while len(clean) < bench.rounds and len(clean) + len(disturbed) < bench.rounds + MORE:
        run = server.run(bench, workload)
        if not run:
            return None
        row = make_row(
            run,
            target=workload.target,
            server=server.name,
            workload=workload.name,
            durable=server.durable,
            checks=server.checks,
        )
        if found := machine.disturbances(run):
            print(
                f"  {workload.name}: dropped a run, {', '.join(found)}", file=sys.stderr, flush=True
            )
            disturbed.append(row)
        else:
            clean.append(row)
            if row.is_past_saving:
                break  # once is enough to know, and it may have taken a minute
    runs = len(clean) + len(disturbed)
    if clean:
        p99s = [row.p99_ms for row in clean] if len(clean) > 1 else []
        return replace(worst(clean), clean=len(clean), runs=runs, p99s=p99s)
    row = min(disturbed, key=lambda row: row.p99_ms)
    return replace(row, clean=0, runs=runs, notes=[*row.notes, "no clean run: take it as a guess"])
