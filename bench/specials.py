"""Workloads that are no crowd of writers, by name."""

from __future__ import annotations

from bench import arriving, growing, heavy, soak, trouble, workshop
from bench.suite import Special

SPECIALS: dict[str, Special] = {
    "join2000": arriving.join(2_000),
    "join10000": arriving.join(10_000),
    "idle": arriving.idle,
    "frames": arriving.frames,
    "hostile": trouble.hostile,
    "restart": trouble.restart,
    "exports": heavy.exports,
    "workshop": workshop.workshop,
}
#: Too long for a run of everything.
LONG: dict[str, Special] = {"soak": soak.soak}
GROWTH: dict[str, Special] = {f"history{n}": growing.history(n) for n in growing.HISTORY}
