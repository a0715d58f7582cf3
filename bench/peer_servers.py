"""The peers: installed once from bench/peers into the cache, started as their guides say, measured like the product.

Each is asked for what it can do and no more; what it does not do is a column of the table.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path
from typing import Any

from bench import cache, generator, product
from bench.live import Bench, load_of
from bench.workloads import Workload

SOURCE = Path(__file__).resolve().parent / "peers"
INSTALL_SECONDS = 300


class NoPeers(Exception):
    """The message is a sentence for whoever runs the bench."""


@dataclass(frozen=True, slots=True)
class Peer:
    name: str
    dialect: str
    durable: bool
    checks: str
    program: str

    def run(self, bench: Bench, workload: Workload) -> dict[str, Any]:
        load = load_of(bench, workload)
        return self.load(bench, people=workload.people, boards=workload.boards, **load)

    def load(self, bench: Bench, **more: object) -> dict[str, Any]:
        """A fresh server, and one run of the generator against it."""
        home = install()
        with cache.scratch() as folder:
            port = product.free_port()
            env = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "DATA": str(folder)}
            command = [*bench.server_pin, *node(), "--no-warnings", self.program]
            server = product.launch(command, port, env, home, folder / "server.log")
            options = {
                "port": port,
                "dialect": self.dialect,
                "templates": templates(),
                "pids": ",".join(map(str, product.pids(server))),
                **more,
            }
            try:
                return generator.run(bench.program, bench.cores.load, options)
            finally:
                server.kill()
                server.wait()


PEERS = {
    peer.name: peer
    for peer in (
        Peer("hocuspocus", "hocuspocus", False, "none (a flag per connection)", "hocuspocus.mjs"),
        Peer("tldraw", "tldraw", True, "schema; a flag per connection", "tldraw.mjs"),
        Peer("y-websocket", "yjs", False, "none", "node_modules/@y/websocket-server/src/server.js"),
    )
}


@once
def install() -> Path:
    """The folder the peers are in; a second run finds them there."""
    files = sorted(SOURCE.glob("package*.json"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    home = cache.folder() / f"peers-{digest}"
    if not (home / "installed").exists():
        _install(home)
    for file in SOURCE.glob("*.mjs"):
        shutil.copy(file, home)
    return home


def _install(home: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoPeers("npm is not installed here, so the peers could not be.")
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(SOURCE / name, home)
    done = subprocess.run(
        [npm, "ci", "--loglevel=error"],
        cwd=home,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=INSTALL_SECONDS,
    )
    if done.returncode:
        raise NoPeers(f"The peers could not be installed: {done.stdout.strip()[-400:]}")
    (home / "installed").touch()


@once
def node() -> list[str]:
    """One Node for all peers: the one they bring, or a new enough one of this machine."""
    found = sorted(install().glob("node_modules/node-linux-*/bin/node"))
    for program in found:
        if subprocess.run([program, "--version"], capture_output=True).returncode == 0:
            return [str(program)]
    own = shutil.which("node")
    if own is None:
        raise NoPeers("There is no Node for the peers to run on.")
    return [own]


@once
def templates() -> Path:
    """What tldraw's page says, in tldraw's own words."""
    folder = install() / "messages"
    done = subprocess.run(
        [*node(), "--no-warnings", "tldraw_messages.mjs", str(folder)],
        cwd=install(),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise NoPeers(f"tldraw's messages could not be made: {done.stderr.strip()[-400:]}")
    return folder
