"""The machine a measurement runs on: what it is, which cores are ours, and whether somebody else was at work."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Cores that others kept busy, and the hypervisor's share of the time, above which a run is disturbed.
OTHERS_MOST, STOLEN_MOST = 0.2, 0.05
#: How late (ms) the generator may be at worst, and how busy: what it then measures is itself.
STALL_MOST_MS, OWN_MOST = 60.0, 0.9
#: Cores at work before we begin that make the machine a busy one.
BUSY_MOST, LOOKS = 0.5, 4


@dataclass(frozen=True, slots=True)
class Cores:
    """Where the server runs and where the load; None: there is one core for both."""

    server: int
    load: int | None

    @property
    def is_fair(self) -> bool:
        return self.load is not None


def cores() -> Cores:
    mine = sorted(_affinity())
    return Cores(mine[0], mine[1] if len(mine) > 1 else None)


def pinned(core: int | None) -> list[str]:
    """What to put before a command so that it stays on that core."""
    return [] if core is None else ["taskset", "-c", str(core)]


def disturbances(run: dict[str, Any]) -> list[str]:
    """What speaks against a run, in words; nothing if it is clean."""
    found = []
    if run["stall_ms"] > STALL_MOST_MS:
        found.append(f"the generator stood still for {run['stall_ms']:.0f} ms")
    if run["own_cpu"] > OWN_MOST:
        found.append(f"the generator used {run['own_cpu']:.2f} of its core")
    if run["others_cpu"] > OTHERS_MOST:
        found.append(f"other programs used {run['others_cpu']:.2f} of a core")
    if run["stolen"] > STOLEN_MOST:
        found.append(f"{run['stolen']:.0%} of the time was taken by the host of this machine")
    return found


def why_no_ratio(cores: Cores) -> str | None:
    """A sentence when nothing that is measured here can be compared."""
    if not cores.is_fair:
        return (
            "There is one core here for the server and the load: figures are given, ratios are not."
        )
    # What has just ended, such as a compiler, is given time to be gone.
    busy = min(busy_now() for _ in range(LOOKS))
    if busy > BUSY_MOST:
        return f"This machine is busy ({busy:.1f} cores before we began): figures are given, ratios are not."
    return None


def busy_now(seconds: float = 1.0) -> float:
    """Cores at work just now."""
    before = _busy()
    time.sleep(seconds)
    return (_busy() - before) / seconds


def describe() -> dict[str, object]:
    return {
        "cpu": _cpu_name(),
        "cores": len(_affinity()),
        "memory_gb": round(_memory_kb() / 1024**2),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "day": time.strftime("%Y-%m-%d"),
    }


def _affinity() -> set[int]:
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else {0}


def _busy() -> float:
    """Seconds of all cores at work since the machine started."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return 0.0
    user, nice, system, _, _, irq, soft = (
        int(word) for word in stat.read_text().split("\n")[0].split()[1:8]
    )
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def _cpu_name() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _memory_kb() -> int:
    info = Path("/proc/meminfo")
    return int(info.read_text().split()[1]) if info.exists() else 0
