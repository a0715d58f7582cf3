"""A figure that is no row of people and latencies: bytes of a join, memory of a connection, seconds of a restart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    workload: str
    server: str
    what: str
    value: float
    unit: str = ""
    target: str = ""
    #: What it must not exceed, where there is such a line.
    most: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        return None if self.most is None else self.value <= self.most

    def __str__(self) -> str:
        said = f"{self.workload}, {self.server}: {self.what} {self.value:,.4g} {self.unit}"
        if self.most is not None:
            said += f" (at most {self.most:g}: {'met' if self.is_met else 'MISSED'})"
        return said + (f"; {self.note}" if self.note else "")
