"""The table that is printed: rows under rows, and ratios where two servers did the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.rows import HOLDS_MS, Row

HEAD = (
    *("workload", "server", "p50", "p95", "p99 ms", "ack p99", "CPU", "edits", "cursors", "p99 ms"),
    *("MB/s", "MB", "durable ack", "checks per edit", "runs"),
)


def table(rows: Sequence[Row]) -> str:
    lines = [list(HEAD), *(cells(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    texts = [
        "  ".join(
            _fit(cell, width, at) for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    notes = [f"{row.workload}, {row.server}: {note}" for row in rows for note in row.notes]
    return "\n".join([texts[0], "-" * len(texts[0]), *texts[1:], *notes])


def ratios(rows: Sequence[Row], ours: str) -> list[str]:
    """What a peer needs beside us where both hold the work, and how many people each holds."""
    by = {(row.workload, row.server): row for row in rows}
    lines = []
    for row in rows:
        mine = by.get((row.workload, ours))
        if mine is None or row.server == ours:
            continue
        if not (row.is_clean and mine.is_clean):
            lines.append(f"{row.workload}: no ratio with {row.server}, for want of a clean run")
        elif not row.holds:
            lines.append(f"{row.workload}: {row.server} does not hold this load")
        else:
            cpu, p99 = row.cpu_cores / mine.cpu_cores, row.p99_ms / mine.p99_ms
            lines.append(
                f"{row.workload}: {row.server} uses {cpu:.2f} x the CPU of {ours}; its p99 is {p99:.2f} x"
            )
    return lines + _most(rows, ours)


def _most(rows: Sequence[Row], ours: str) -> list[str]:
    lines = []
    for kind in ("e", "ec"):
        held = {
            server: max(
                (r.people for r in _of(rows, kind) if r.server == server and r.holds), default=0
            )
            for server in dict.fromkeys(row.server for row in _of(rows, kind))
        }
        if len(held) > 1:
            said = ", ".join(f"{server} {people or 'none'}" for server, people in held.items())
            lines.append(
                f"{kind.upper()}, one board, most people of the sizes tested at p99 <= {HOLDS_MS:.0f} ms: {said}"
            )
    return lines


def _of(rows: Iterable[Row], kind: str) -> list[Row]:
    return [row for row in rows if row.is_clean and row.workload.rstrip("0123456789") == kind]


def cells(row: Row) -> list[str]:
    return [
        row.workload,
        row.server,
        _ms(row.p50_ms),
        _ms(row.p95_ms),
        _ms(row.p99_ms),
        _ms(row.ack_p99_ms),
        f"{row.cpu_cores:.2f}",
        _share(row.delivered),
        _share(row.cursors_delivered),
        _ms(row.cursors_p99_ms),
        f"{row.bytes_per_s / 1e6:.1f}",
        "-" if row.rss_mb is None else f"{row.rss_mb:.0f}",
        "yes" if row.durable else "no",
        row.checks or "-",
        _runs(row),
    ]


def _runs(row: Row) -> str:
    each = f" ({', '.join(map(_ms, row.p99s))})" if row.p99s else ""
    return f"{row.clean}/{row.runs}{each}"


def _ms(value: float | None) -> str:
    if value is None or value < 0:
        return "-"
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def _share(value: float | None) -> str:
    return "-" if value is None or value < 0 else f"{value:.1%}"


def _fit(cell: str, width: int, at: int) -> str:
    return cell.ljust(width) if at < 2 or at >= 12 else cell.rjust(width)
