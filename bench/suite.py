"""One run of the bench: workload after workload, and for each the servers that can be had."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bench.figures import Figure
from bench.live import Bench, Codesign, Server, measure
from bench.peer_servers import PEERS, NoPeers, install, templates
from bench.product import DidNotStart
from bench.rows import Row
from bench.workloads import KNOWN

#: A workload that is no crowd of writers: it says its figures.
Special = Callable[[Bench, list[str]], Iterable[Figure]]


@dataclass(slots=True)
class Suite:
    bench: Bench
    specials: dict[str, Special]
    #: After each workload: what is broken off later has not been for nothing.
    save: Callable[[Suite], None] = lambda suite: None
    rows: list[Row] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    _given_up: set[tuple[str, str]] = field(default_factory=set)

    def run(self, names: Iterable[str], peers: Callable[[str], list[str]]) -> None:
        """Server beside server for each workload: a slow hour of the machine is then slow for all."""
        for name in names:
            try:
                if name in KNOWN:
                    self._measure(name, Codesign())
                    for peer in peers(name):
                        self._measure(name, PEERS[peer])
                else:
                    self._figure(name, peers(name))
            except (DidNotStart, NoPeers) as error:
                tell(f"{name}: {error}")
            self.save(self)

    def _figure(self, name: str, peers: list[str]) -> None:
        self.add(self.specials[name](self.bench, peers))

    def add(self, figures: Iterable[Figure]) -> None:
        for figure in figures:
            self.figures.append(figure)
            tell(str(figure))

    def _measure(self, name: str, server: Server) -> None:
        workload = KNOWN[name]
        if (server.name, workload.family) in self._given_up:
            return
        began = time.monotonic()
        row = measure(self.bench, server, workload)
        if row is None or row.is_past_saving:
            self._given_up.add((server.name, workload.family))
        if row is not None:
            self.rows.append(row)
            took = time.monotonic() - began
            tell(
                f"{name}, {server.name}: p99 {row.p99_ms:.0f} ms, {row.cpu_cores:.2f} core ({took:.0f} s)"
            )


def available(names: list[str]) -> list[str]:
    """The peers that are asked for and can be had; of the others it is said why not."""
    if not names:
        return []
    try:
        install()
        templates()
    except NoPeers as error:
        tell(f"{error} There are no ratios.")
        return []
    return names


def tell(text: str) -> None:
    """On the way; the tables come at the end."""
    print(f"  {text}", file=sys.stderr, flush=True)
