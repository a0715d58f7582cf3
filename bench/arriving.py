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
from bench.live import Bench, Stage, stage
from bench.peer_servers import PEERS
from bench.prepare import Crowd, Place

JOINS = 9
IDLE = 1000
#: Few who write, few or many who read: what differs is the frames.
WRITERS, FEW, MANY, RATE = 10, 100, 500, 3.0
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
    """What one more frame to one more reader costs, beside a bare asyncio writer of frames as long."""
    ours = [_listened(bench, people) for people in (FEW, MANY)]
    size = ours[1]["bytes_per_s"] / ours[1]["frames_per_s"]
    raw = [_raw(bench, people, ours[1]["frames_per_s"] / MANY, int(size)) for people in (FEW, MANY)]
    mine, bare = _per_frame(ours), _per_frame(raw)
    note = f"{size:.0f} B, from {FEW} to {MANY} readers"
    if min(mine, bare) <= 0:
        yield Figure(
            "frames", "codesign", "readers that came to the raw writer", raw[1]["ready"], ""
        )
        return
    yield Figure("frames", "raw asyncio", "CPU of a frame more", bare, "us", note=note)
    most = bare * FAN_OUT_MOST
    yield Figure("frames", "codesign", "CPU of a frame more", mine, "us", "fan-out", most, note)
    whole = ours[1]["cpu"] * 1e6 / ours[1]["frames_per_s"]
    note = f"all of the server's work, {MANY} readers"
    yield Figure("frames", "codesign", "CPU in all for a frame", whole, "us", note=note)


def _listened(bench: Bench, people: int) -> dict[str, Any]:
    with stage(bench, Crowd(people)) as here:
        return _load(here, bench)


def _load(here: Stage, bench: Bench) -> dict[str, Any]:
    return here.load(bench, writers=WRITERS, edits=RATE, seconds=bench.seconds, warm=bench.warm)


def _raw(bench: Bench, people: int, rate: float, size: int) -> dict[str, Any]:
    """bench/raw_writer.py in place of the product: as many frames a second to each, as long."""
    with cache.scratch() as folder:
        port = product.free_port()
        program = Path(__file__).with_name("raw_writer.py")
        words = [sys.executable, str(program), str(port), str(rate), str(size)]
        command = [*bench.server_pin, *words]
        server = product.launch(command, port, dict(os.environ), folder, folder / "server.log")
        options = {"port": port, "dialect": "listen", "people": people, "pids": server.pid}
        more = {"edits": 0, "seconds": bench.seconds, "warm": bench.warm}
        try:
            return generator.run(bench.program, bench.cores.load, {**options, **more})
        finally:
            product.stop(server)


def _per_frame(runs: list[dict[str, Any]]) -> float:
    few, many = runs
    more = many["frames_per_s"] - few["frames_per_s"]
    return float((many["cpu"] - few["cpu"]) * 1e6 / more) if more > 0 else -1.0
