"""The clients of a world: ours in Python, and the browser's own sync.js under node. One face for both."""

from __future__ import annotations

import json
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.test_browser_units import node

SCRIPT = Path(__file__).parent / "js_client.mjs"


@dataclass
class Said:
    """What a client wants after something was done to it: messages out, snapshots, people told."""

    sent: list[dict[str, Any]] = field(default_factory=list)
    fetches: list[tuple[int, str]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)


class Engine(ABC):
    """A client's state machine. `said` gathers what came of the last calls."""

    def __init__(self) -> None:
        self.said = Said()

    @abstractmethod
    def call(self, name: str, *args: Any) -> Any:
        """follow, ask, edit_text, undo, redo, opened, closed, receive, beat, fetched, failed, look."""

    def take(self) -> Said:
        said, self.said = self.said, Said()
        return said


Start = Callable[[str, str, Callable[[], int]], Engine]


class JsEngine(Engine):
    """A page in a node process that serves all pages of a test run."""

    _process: subprocess.Popen[str] | None = None
    _made = 0

    def __init__(self, me: str, client: str, now: Callable[[], int]) -> None:
        super().__init__()
        JsEngine._made += 1
        self._page = JsEngine._made
        self._now = now
        self.call("start", {"me": me, "client": client})

    def call(self, name: str, *args: Any) -> Any:
        told = {"page": self._page, "now": self._now(), "do": name, "args": args}
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        if "error" in answer:
            raise AssertionError(answer["error"])
        self.said.sent += answer["sent"]
        self.said.fetches += [(ticket, stream) for ticket, stream in answer["fetches"]]
        self.said.events += answer["events"]
        return answer["value"]

    @classmethod
    def _running(cls) -> subprocess.Popen[str]:
        if cls._process is None or cls._process.poll() is not None:
            cls._process = subprocess.Popen(
                [*node(), str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        return cls._process
