"""`--flame ec600`: the busiest second of a server at that work, as a picture, and what took most of it in words.

py-spy looks at the server from outside, second after second; it is installed into the bench's cache when first needed.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import cache, flame, machine, prepare
from bench.live import Bench, Stage, load_of, stage
from bench.workloads import Workload

PICTURE = Path(__file__).resolve().parent.parent / "docs/pictures/busy.svg"
SPY = "py-spy==0.4.3"
INSTALL_SECONDS = 120
#: Looks a second, and how many seconds are looked at.
RATE, SECONDS = 400, 10
TOP = 12


class NoSpy(Exception):
    """The message is a sentence for whoever runs the bench."""


@dataclass(frozen=True, slots=True)
class Second:
    began: float
    stacks: Path

    @property
    def samples(self) -> int:
        return flame.read(self.stacks).samples


def picture(bench: Bench, workload: Workload, target: Path = PICTURE) -> Iterator[str]:
    """Draws it, and says what it shows."""
    spy = install()
    with stage(bench, prepare.Crowd(workload.people, workload.boards, workload.notes)) as here:
        seconds = _watched(bench, spy, here, workload)
        if not seconds:
            raise NoSpy(f"py-spy saw nothing: {_said(here.folder)}")
        busiest = max(seconds, key=lambda second: second.samples)
        root = flame.read(busiest.stacks)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(flame.draw(root), "utf-8")
    yield f"{workload.says}: the busiest of {len(seconds)} seconds, at work in {root.samples} of {RATE} looks"
    yield from _words("with what it calls", whole(root), root.samples)
    yield from _words("by itself", own(root), root.samples)
    yield f"drawn: {target}"


def _watched(bench: Bench, spy: Path, here: Stage, workload: Workload) -> list[Second]:
    """The seconds in which everybody was there and at work."""
    found: list[Second] = []
    run: dict[str, float] = {}
    options = {**load_of(bench, workload), "seconds": SECONDS}
    load = threading.Thread(target=lambda: run.update(here.load(bench, **options)))
    began = time.monotonic()
    load.start()
    while load.is_alive():
        file = here.folder / f"stacks{len(found)}"
        second = Second(time.monotonic(), file)
        if not _record(bench, spy, here, file):
            break
        found.append(second)
    load.join()
    if not run:
        return []
    at_work = began + run["join_s"] + bench.warm
    return [one for one in found if at_work <= one.began <= at_work + SECONDS - 1]


def _record(bench: Bench, spy: Path, here: Stage, file: Path) -> bool:
    command = [*machine.pinned(bench.cores.load), str(spy), "record", "--pid", str(here.server.pid)]
    command += ["--gil", "--format", "raw", "--rate", str(RATE), "--duration", "1"]
    with (here.folder / "spy.log").open("ab") as log:
        done = subprocess.run([*command, "--output", str(file)], stdout=log, stderr=log)
    return done.returncode == 0 and file.exists()


def _said(folder: Path) -> str:
    log = folder / "spy.log"
    return log.read_text(errors="replace").strip()[-400:] if log.exists() else "it did not start"


def whole(root: flame.Frame) -> Counter[str]:
    """Samples in which a function is somewhere on the stack."""
    found: Counter[str] = Counter()

    def walk(frame: flame.Frame, above: frozenset[str]) -> None:
        for name, below in frame.below.items():
            if name not in above:
                found[name] += below.samples
            walk(below, above | {name})

    walk(root, frozenset())
    return found


def own(root: flame.Frame) -> Counter[str]:
    """Samples in which a function is at the end of the stack."""
    found: Counter[str] = Counter()

    def walk(frame: flame.Frame) -> None:
        for name, below in frame.below.items():
            found[name] += below.samples - sum(one.samples for one in below.below.values())
            walk(below)

    walk(root)
    return found


def _words(how: str, counted: Counter[str], all_samples: int) -> Iterator[str]:
    yield f"{how}:"
    for name, samples in counted.most_common(TOP):
        yield f"  {samples / max(1, all_samples):5.1%}  {name}"


def install() -> Path:
    """The program; a second run finds it there."""
    home = cache.folder() / SPY.replace("==", "-")
    program = home / "bin/py-spy"
    if not program.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(home), SPY]
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=INSTALL_SECONDS,
        )
        if done.returncode or not program.exists():
            raise NoSpy(f"py-spy could not be installed: {done.stdout.strip()[-400:]}")
    return program
