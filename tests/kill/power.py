"""The power goes: what a disk may hold at an instant, made from a trace of the server's system calls.

What was synced is there. Of what was written since, each write may be there, be missing or be torn at a sector, in any
company: a disk writes in the order it likes. An ack counts from the moment its bytes were handed to the socket, a sync
from the moment it returned, so every doubt is to the disadvantage of the server.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.services import NotAvailable

SECTOR = 512
CALLS = "pwrite64,fsync,fdatasync,ftruncate,write,writev,sendto,sendmsg"
_LINE = re.compile(r"^(\d+) +(.*)$")
_RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>")
_CALL = re.compile(r"^(\w+)\((?:(\d+)<([^>]*)>)?(.*)$")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_NUMBER = re.compile(r", (\d+)")
_ACK = re.compile(rb'\{"type":"ack"[^{}]*\}')


@dataclass(frozen=True)
class Write:
    name: str
    at: int
    data: bytes


@dataclass(frozen=True)
class Truncate:
    name: str
    to: int


@dataclass(frozen=True)
class Sync:
    name: str


Step = Write | Truncate | Sync | dict[str, Any]


class Tracer:
    """Everything that process says to its files and its sockets from here on."""

    def __init__(self, process: int, folder: Path) -> None:
        program = shutil.which("strace")
        if program is None:
            raise NotAvailable("strace: apt-get install strace")
        self.path = folder / "trace"
        options = ["-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-e", "signal=none"]
        self._strace = subprocess.Popen(
            [program, *options, "-o", self.path, "-p", str(process)],
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._strace.stderr is not None
        said = self._strace.stderr.readline()
        if "attached" not in said:
            raise NotAvailable(f"strace may not look: {said.strip()}")

    def end(self) -> None:
        """Once the process is gone."""
        self._strace.communicate(timeout=60)


def steps(trace: Path, names: set[str]) -> Iterator[Step]:
    """What happened to these files, and the acks between, in order."""
    begun: dict[str, str] = {}
    with trace.open() as lines:
        for line in lines:
            match = _LINE.match(line)
            assert match is not None, line[:200]
            thread, call = match[1], match[2]
            if _RESUMED.match(call):
                yield from _returned(begun.pop(thread, ""), names)
            elif call.endswith("<unfinished ...>"):
                begun[thread] = call
                yield from _entered(call, names)
            else:
                yield from _entered(call, names)
                yield from _returned(call, names)


def _entered(line: str, names: set[str]) -> Iterator[Step]:
    """Bytes may be on the disk, and with the reader, as soon as the call has begun."""
    call, path, rest = _parts(line)
    name = Path(path).name
    if call in ("write", "writev", "sendto", "sendmsg") and "/" not in path:
        yield from (json.loads(ack) for ack in _ACK.findall(_bytes(rest)))
    elif call == "pwrite64" and name in names:
        numbers = _NUMBER.findall(_STRING.sub('"', rest))
        yield Write(name, int(numbers[1]), _bytes(rest))
    elif call == "ftruncate" and name in names:
        yield Truncate(name, int(_NUMBER.findall(rest)[0]))


def _returned(line: str, names: set[str]) -> Iterator[Step]:
    call, path, _ = _parts(line)
    if call in ("fsync", "fdatasync") and Path(path).name in names:
        yield Sync(Path(path).name)


def _parts(line: str) -> tuple[str, str, str]:
    match = _CALL.match(line)
    return (match[1], _unhexed(match[3] or "").decode(), match[4]) if match else ("", "", "")


def _bytes(rest: str) -> bytes:
    return b"".join(map(_unhexed, _STRING.findall(rest)))


def _unhexed(written: str) -> bytes:
    return bytes.fromhex(written.replace("\\x", ""))


@dataclass
class Disk:
    """Each file: the bytes that are safe, and what was asked of it since."""

    safe: dict[str, bytearray]
    since: dict[str, list[Write | Truncate]] = field(default_factory=lambda: defaultdict(list))

    def take(self, step: Write | Truncate | Sync) -> None:
        if isinstance(step, Sync):
            for change in self.since.pop(step.name, []):
                _change(self.safe[step.name], change)
        else:
            self.since[step.name].append(step)

    def after_a_power_cut(self, random: Random) -> dict[str, bytes]:
        """One of the things that may be found when the machine is on again."""
        found = {}
        for name, safe in self.safe.items():
            file = bytearray(safe)
            changes = [*self.since.get(name, [])]
            if random.random() < 0.5:
                random.shuffle(changes)
            luck = random.choice([0.0, 0.5, 0.9])
            for change in changes:
                if random.random() < luck:
                    _change(file, change)
                elif isinstance(change, Write) and random.random() < 0.3:
                    _change(file, _torn(change, random))
            found[name] = bytes(file)
        return found


def _torn(write: Write, random: Random) -> Write:
    """Its first sectors only, or its last."""
    cut = random.randrange(0, len(write.data) + 1, SECTOR)
    if random.random() < 0.5:
        return Write(write.name, write.at, write.data[:cut])
    return Write(write.name, write.at + cut, write.data[cut:])


def _change(file: bytearray, change: Write | Truncate) -> None:
    size = change.to if isinstance(change, Truncate) else change.at + len(change.data)
    if len(file) < size:
        file.extend(bytes(size - len(file)))
    if isinstance(change, Truncate):
        del file[change.to :]
    else:
        file[change.at : size] = change.data
