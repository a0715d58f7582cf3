"""Codesign as it is really run: `codesign serve` on a data folder, on a core of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import machine

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30


class DidNotStart(Exception):
    pass


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
        return port


@contextmanager
def serving(data: Path, port: int, core: int | None) -> Iterator[subprocess.Popen[bytes]]:
    process = start(data, port, core)
    try:
        yield process
    finally:
        stop(process)


def start(data: Path, port: int, core: int | None) -> subprocess.Popen[bytes]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("CODESIGN_")}
    command = [
        *machine.pinned(core),
        sys.executable,
        "-m",
        "codesign",
        "serve",
        "--port",
        str(port),
    ]
    return launch(command, port, {**env, "CODESIGN_DATA": str(data)}, ROOT, data / "server.log")


def launch(
    command: list[str], port: int, env: dict[str, str], cwd: Path, log: Path
) -> subprocess.Popen[bytes]:
    """Start a server and wait until it takes connections."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return process
        except OSError:
            time.sleep(0.05)
    stop(process)
    raise DidNotStart(log.read_text(errors="replace")[-2000:])


def stop(process: subprocess.Popen[bytes]) -> None:
    """In good order if it can be had, and in any case."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(6)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def rss_mb(process: subprocess.Popen[bytes]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if "VmRSS" in line)


def pids(process: subprocess.Popen[bytes]) -> list[int]:
    """The process and what it started, such as workers."""
    found = [process.pid]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found
