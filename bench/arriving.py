"""Coming in and being there: joins of big boards, memory of an idle connection, and what one more frame costs."""

from __future__ import annotations

import gzip
import http.client
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import cache, generator, product
from bench.figures import Figure
from bench.live import Bench, stage
from bench.peer_servers import PEERS
from bench.prepare import Crowd, Place
from bench.trouble import doubt

JOINS = 9
IDLE = 1000
#: Few who write, and many who read: what it costs is then the frames.
WRITERS, READERS, RATE = 10, 500, 3.0
FAN_OUT_MOST = 1.25


def join(notes: int) -> Any:
    """A special of the suite: boards of so many notes."""

    def run(bench: Bench, peers: list[str]) -> Iterator[Figure]:
        name = f"join{notes}"
        with stage(bench, Crowd(JOINS + 1, notes=notes)) as here:
            whole = here.load(bench, join=JOINS)
            fetched = [fetch(here.port, here.places[0]) for _ in range(JOINS)]
        yield from _joined(name, "codesign", whole)
        took, packed, plain = (statistics.median(one[at] for one in fetched) for at in range(3))
        goal = 20.0 if notes == 10_000 else None
        yield Figure(name, "codesign", "snapshot alone", took, "ms", "T6", goal)
        goal = 600.0 if notes == 10_000 else None
        note = f"{plain / 1000:.0f} KB unpacked"
        yield Figure(
            name, "codesign", "snapshot on the wire", packed / 1000, "KB", "T6", goal, note
        )
        for peer in peers:
            run = PEERS[peer].load(bench, people=JOINS + 1, join=JOINS, seeds=notes)
            yield from _joined(name, peer, run)

    return run


def _joined(name: str, server: str, run: dict[str, Any]) -> Iterator[Figure]:
    if "join_ms" not in run:
        yield Figure(name, server, "joins", 0, "of 9", note=run.get("why", "nothing came"))
        return
    note = "ticket, two snapshots, socket" if server == "codesign" else "socket"
    yield Figure(name, server, "connecting to having all", run["join_ms"], "ms", note=note)
    yield Figure(name, server, "bytes in", run["bytes"] / 1000, "KB")


def fetch(port: int, place: Place) -> tuple[float, int, int]:
    """Milliseconds and bytes of one snapshot, as a page asks for it."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": f"codesign_session={place.cookie}", "Accept-Encoding": "gzip"}
    connection.request("GET", f"/streams/board:{place.board}", headers=headers)
    body = connection.getresponse().read()
    took = (time.perf_counter() - began) * 1000
    connection.close()
    return took, len(body), len(gzip.decompress(body))


def idle(bench: Bench, peers: list[str]) -> Iterator[Figure]:
    with stage(bench, Crowd(IDLE)) as here:
        run = here.load(bench, hold=5)
    yield from _held("codesign", run, 128.0)
    for peer in peers:
        yield from _held(peer, PEERS[peer].load(bench, people=IDLE, hold=5), None)


def _held(server: str, run: dict[str, Any], most: float | None) -> Iterator[Figure]:
    target = "P8" if most else ""
    there = f"{run['ready']} connected in {run['join_s']:.1f} s"
    kb = run["kb_per_connection"]
    yield Figure("idle", server, "memory of a connection", kb, "KB", target, most, there)
    yield Figure("idle", server, "CPU of 1,000 idle ones", run["cpu"], "core")


def frames(bench: Bench, peers: list[str]) -> Iterator[Figure]:
    """CPU of a frame to a reader, all that is done for it counted, beside a bare asyncio writer of frames as long."""
    ours = _listened(bench)
    size, rate = ours["bytes_per_s"] / ours["frames_per_s"], ours["frames_per_s"] / READERS
    raw = _raw(bench, rate, int(size))
    if raw["frames_per_s"] <= 0:
        yield Figure("frames", "raw asyncio", "readers that came", raw["ready"], "")
        return
    mine, bare = (run["cpu"] * 1e6 / run["frames_per_s"] for run in (ours, raw))
    note = f"{size:.0f} B, {rate:.0f} a second to each of {READERS}{doubt(ours, raw)}"
    yield Figure("frames", "raw asyncio", "CPU of a frame", bare, "us", note=note)
    note = f"with deciding and saving what {WRITERS} people write"
    most = bare * FAN_OUT_MOST
    yield Figure("frames", "codesign", "CPU of a frame", mine, "us", "fan-out", most, note)


def _listened(bench: Bench) -> dict[str, Any]:
    with stage(bench, Crowd(READERS)) as here:
        load = {"writers": WRITERS, "edits": RATE}
        return here.load(bench, **load, seconds=bench.seconds, warm=bench.warm)


def _raw(bench: Bench, rate: float, size: int) -> dict[str, Any]:
    """bench/raw_writer.py in place of the product: as many frames a second to each, as long."""
    with cache.scratch() as folder:
        port = product.free_port()
        program = Path(__file__).with_name("raw_writer.py")
        words = [sys.executable, str(program), str(port), str(rate), str(size)]
        command = [*bench.server_pin, *words]
        server = product.launch(command, port, dict(os.environ), folder, folder / "server.log")
        options = {"port": port, "dialect": "listen", "people": READERS, "pids": server.pid}
        more = {"edits": 0, "seconds": bench.seconds, "warm": bench.warm}
        try:
            return generator.run(bench.program, bench.cores.load, {**options, **more})
        finally:
            product.stop(server)
