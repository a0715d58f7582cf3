"""What trouble costs everybody else: hostile clients, a server that is killed, heavy work beside a full board."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator

from bench import machine, product
from bench.figures import Figure
from bench.live import Bench, Stage, stage
from bench.prepare import Crowd

#: 220 sockets: most of them people, and the rest of issue 3, point 5.
CROWD, SILENT, SLOW, FLOOD, PINGING = 220, 20, 10, 5, 3
#: What others may lose at p99 (P7).
COST_MOST_MS = 20.0
BACK_PEOPLE, BACK_NOTES, BACK_MOST_S, BACK_P95_S = 500, 2_000, 15.0, 10.0


def hostile(bench: Bench, peers: list[str]) -> Iterator[Figure]:
    people = CROWD - SILENT - SLOW - FLOOD - PINGING
    load = {"edits": 2, "seconds": max(10.0, bench.seconds), "warm": bench.warm}
    with stage(bench, Crowd(people)) as here:
        calm = here.load(bench, **load)
    with stage(bench, Crowd(CROWD)) as here:
        trouble = {"silent": SILENT, "slow": SLOW, "flood": FLOOD, "pinging": PINGING}
        rough = here.load(bench, **load, **trouble)
    cost = rough["edit_ms"][2] - calm["edit_ms"][2]
    said = f"p99 {calm['edit_ms'][2]:.0f} ms without them, {rough['edit_ms'][2]:.0f} ms with"
    said += doubt(calm, rough)
    yield Figure("hostile", "codesign", "what p99 loses", cost, "ms", "P7", COST_MOST_MS, said)
    yield Figure("hostile", "codesign", "healthy ones cut off", rough["lost"], "people", "P7", 0)
    missing = (1 - rough["edits_share"]) * 100
    yield Figure("hostile", "codesign", "edits not delivered", missing, "%", "P7", 0.1)
    more = (rough["rss_mb"] - calm["rss_mb"]) * 1024 / (CROWD - people)
    note = f"{rough['thrown_out']} times somebody was thrown out"
    yield Figure("hostile", "codesign", "memory of a hostile one", more, "KB", "P8", 2048, note)


def doubt(*runs: dict[str, float]) -> str:
    found = [text for run in runs for text in machine.disturbances(run)]
    return f" (disturbed: {'; '.join(found)})" if found else ""


def restart(bench: Bench, peers: list[str]) -> Iterator[Figure]:
    with stage(bench, Crowd(BACK_PEOPLE, notes=BACK_NOTES)) as here:
        yield from come_back(bench, here, "restart", f"{BACK_NOTES} notes and what was written")


def come_back(
    bench: Bench, here: Stage, name: str, what: str, look: Callable[[], None] = lambda: None
) -> Iterator[Figure]:
    """`kill -9` under a crowd at work; the server is started again at once, as systemd would.

    `look` is called before it dies and after all are back.
    """
    with contextlib.ExitStack() as stack:
        words = [f"--{name}={value}" for name, value in here.options.items()]
        words = [word for pair in words for word in pair.split("=", 1)]
        command = [*machine.pinned(bench.cores.load), str(bench.program), *words, "--restart", "1"]
        load = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert load.stdout is not None
        connected = json.loads(load.stdout.readline())["connected"]
        look()
        os.kill(here.server.pid, signal.SIGKILL)
        here.server.wait()
        again = product.start(here.folder / "data", here.port, bench.cores.server)
        stack.callback(product.stop, again)
        back = json.loads(load.communicate(timeout=90)[0].strip().splitlines()[-1])
        look()
    _, p95, last = back["back_s"]
    note = f"{back['back']} of {connected} back; {what}"
    yield Figure(name, "codesign", "everybody back", last, "s", "P10", BACK_MOST_S, note)
    yield Figure(name, "codesign", "19 of 20 back", p95, "s", "P10", BACK_P95_S)
    missing = connected - back["back"]
    yield Figure(name, "codesign", "people who did not come back", missing, "people", "P10", 0)
    note = f"the last ack before was {back['acked']}"
    yield Figure(name, "codesign", "people shown less", back["behind"], "people", "P1", 0, note)
