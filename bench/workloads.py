"""What is measured: a name, how many people, what each does, and which target of docs/performance.md it proves."""

from __future__ import annotations

from dataclasses import dataclass, replace

#: What everybody does a second: edits, and with EC cursor moves as well.
EDITS, CURSORS = 2.0, 10.0
E_SIZES = (50, 200, 400, 800, 1200)
EC_SIZES = (50, 200, 400, 600, 800)


@dataclass(frozen=True, slots=True)
class Workload:
    name: str
    people: int
    cursors: float = 0.0
    boards: int = 1
    target: str = ""
    #: On each board besides the people's own.
    notes: int = 0

    @property
    def kind(self) -> str:
        return "EC" if self.cursors else "E"

    @property
    def family(self) -> str:
        """Workloads that differ in size only: `e`, `ec`, `boards`."""
        return self.name.rstrip("0123456789")

    @property
    def says(self) -> str:
        where = "one board" if self.boards == 1 else f"{self.boards} boards"
        return f"{self.kind}, {self.people} people, {where}"


_TARGETS = {
    "e800": "T1",
    "e1200": "T1+",
    "ec600": "T2",
    "ec800": "T2+",
    "ec200": "T3",
    "e50": "T5",
    "e400": "T7",
}


def _all() -> list[Workload]:
    found = [Workload(f"e{n}", n) for n in E_SIZES]
    found += [Workload(f"ec{n}", n, CURSORS) for n in EC_SIZES]
    found += [
        Workload("boards20", 400, CURSORS, 20, "T4"),
        Workload("boards25", 500, CURSORS, 25, "T4+"),
    ]
    return [replace(w, target=w.target or _TARGETS.get(w.name, "")) for w in found]


#: What grows while all else stays (bench/growing.py); people grow in LIVE.
GROWING = (
    *(Workload(f"spread{n}", 200, boards=n) for n in (1, 5, 20, 50)),
    *(Workload(f"notes{n}", 100, notes=n) for n in (0, 2_000, 5_000, 10_000)),
)
LIVE: dict[str, Workload] = {workload.name: workload for workload in _all()}
KNOWN = LIVE | {workload.name: workload for workload in GROWING}
#: The main rows: the product's limits, and what peers can be held against in under three minutes.
QUICK = ("e50", "e200", "e800", "ec200", "ec600", "boards20")
QUICK_PEERS = ("e200", "ec200")
