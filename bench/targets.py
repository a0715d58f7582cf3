"""What the product must hold, and by how much it does not: read from the rows, so that nobody types it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.figures import Figure
from bench.rows import Row

#: The longest tick, and what an answer may take beyond it (T7).
TICK_MS, ACK_MS = 25.0, 20.0
SERVER = "codesign"
HEAD = ("target", "workload", "what", "at most", "measured", "so it is")


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    workload: str
    what: str
    most: float
    unit: str
    of: Callable[[Row], float | None]


def _p50(row: Row) -> float:
    return row.p50_ms


def _p99(row: Row) -> float:
    return row.p99_ms


def _ack(row: Row) -> float | None:
    return row.ack_p99_ms


def _cpu(row: Row) -> float:
    return row.cpu_cores


TARGETS = (
    Target("T1", "e800", "p99", 100, "ms", _p99),
    Target("T1", "e800", "CPU", 0.6, "cores", _cpu),
    Target("T2", "ec600", "p99", 100, "ms", _p99),
    Target("T2", "ec600", "CPU", 0.8, "cores", _cpu),
    Target("T3", "ec200", "CPU", 0.4, "cores", _cpu),
    Target("T4", "boards20", "p99", 100, "ms", _p99),
    Target("T4", "boards20", "CPU", 0.65, "cores", _cpu),
    Target("T5", "e50", "p50", 5, "ms", _p50),
    Target("T5", "e50", "p99", 25, "ms", _p99),
    Target("T7", "e400", "ack p99", TICK_MS + ACK_MS, "ms", _ack),
    Target("further", "e1200", "p99", 100, "ms", _p99),
    Target("further", "ec800", "p99", 100, "ms", _p99),
    Target("further", "boards25", "p99", 100, "ms", _p99),
    Target("further", "ec50", "p50", 5, "ms", _p50),
)


def held(rows: Sequence[Row], figures: Iterable[Figure]) -> Iterator[list[str]]:
    """One line for each: name, workload, what, at most, measured, and what that comes to."""
    ours = {row.workload: row for row in rows if row.server == SERVER}
    for target in TARGETS:
        row = ours.get(target.workload)
        value = None if row is None else target.of(row)
        most = f"{target.most:g} {target.unit}"
        is_clean = row is not None and row.is_clean
        said = _verdict(value, target.most, is_clean=is_clean)
        yield [target.name, target.workload, target.what, most, _short(value), said]
    for one in figures:
        if one.most is not None and one.server == SERVER:
            said = _verdict(one.value, one.most, is_clean="disturbed" not in one.note)
            most = f"{one.most:.4g} {one.unit}".strip()
            yield [one.target, one.workload, one.what, most, _short(one.value), said]


def _verdict(value: float | None, most: float, *, is_clean: bool) -> str:
    if value is None:
        return "not measured"
    doubt = "" if is_clean else ", by a disturbed run"
    if 0 <= value <= most:
        return f"held{doubt}"
    if value < 0:
        return f"missed: nothing arrived{doubt}"
    over = f" by {(value / most - 1):.0%}" if most else ""
    return f"missed{over}{doubt}"


def _short(value: float | None) -> str:
    return "-" if value is None else f"{value:,.4g}"
