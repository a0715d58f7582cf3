"""Heavy work beside a full board: exports, imports and passwords, and what they cost everybody's p99 (P7)."""

from __future__ import annotations

import http.client
import os
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from bench.figures import Figure
from bench.live import Bench, Stage, stage
from bench.prepare import LOGIN, PASSWORD, Crowd
from bench.trouble import COST_MOST_MS, doubt
from codesign.web import csrf

PEOPLE, NOTES = 400, 500
FORMS = ("csv", "xlsx", "json", "svg", "png", "pdf")
#: Fewer than the server lets one address try.
WRONG_PASSWORDS = 3


def exports(bench: Bench, peers: list[str]) -> Iterator[Figure]:
    load = {"edits": 2, "seconds": max(15.0, bench.seconds), "warm": bench.warm}
    with stage(bench, Crowd(PEOPLE, notes=NOTES)) as here:
        calm = here.load(bench, **load)
    with stage(bench, Crowd(PEOPLE, notes=NOTES)) as here:
        errands = Errands(bench, here)
        errands.begin()
        try:
            rough = here.load(bench, **load)
        finally:
            errands.end()
    cost = rough["edit_ms"][2] - calm["edit_ms"][2]
    said = f"p99 {calm['edit_ms'][2]:.0f} ms without, {rough['edit_ms'][2]:.0f} ms with; "
    said += "workers on the server's own core" + doubt(calm, rough)
    yield Figure("exports", "codesign", "what p99 loses", cost, "ms", "P7", COST_MOST_MS, said)
    done = ", ".join(f"{count} {what}" for what, count in sorted(errands.done.items()))
    yield Figure("exports", "codesign", "errands done", errands.done.total(), "", note=done)
    refused = ", ".join(f"{what} {count}" for what, count in errands.refused.items())
    yield Figure("exports", "codesign", "refused", errands.refused.total(), "", note=refused)


class Errands:
    """Three people at once: one takes the board home, one brings one in, one signs in, again and again."""

    def __init__(self, bench: Bench, here: Stage) -> None:
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._bench = bench
        self._here = here
        self._owner = here.places[0]
        self._over = threading.Event()
        self._secret = (here.folder / "data/secret").read_text().strip().encode()
        work: list[Callable[[], None]] = [self._export, self._import, self._sign_in]
        self._threads = [threading.Thread(target=self._go_on, args=(one,)) for one in work]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self, errand: Callable[[], None]) -> None:
        if self._bench.cores.load is not None:
            os.sched_setaffinity(0, {self._bench.cores.load})  # this thread's
        while not self._over.is_set():
            errand()

    def _export(self) -> None:
        for form in FORMS:
            if not self._over.is_set():
                self._ask("GET", f"/b/{self._owner.board}/export.{form}", form)

    def _import(self) -> None:
        status, archive = self._ask("GET", f"/b/{self._owner.board}/export.json", "json")
        if status != 200:
            return
        edge = secrets.token_hex(8)
        token = csrf.form_token(self._secret, self._owner.cookie)
        body = (
            f'--{edge}\r\nContent-Disposition: form-data; name="form_token"\r\n\r\n{token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="archive"; filename="board.json"\r\n'
            "Content-Type: application/json\r\n\r\n"
        ).encode()
        body += archive + f"\r\n--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        self._ask("POST", f"/workshops/{self._owner.workshop}/import", "imports", body, kind)

    def _sign_in(self) -> None:
        """Mostly right: wrong ones are soon not even looked at."""
        wrong = self.done["passwords"] < WRONG_PASSWORDS
        key = secrets.token_urlsafe(16)
        form = {
            "login": LOGIN,
            "password": "not this one" if wrong else PASSWORD,
            "form_token": csrf.form_token(self._secret, key),
        }
        kind, cookie = "application/x-www-form-urlencoded", f"codesign_form={key}"
        self._ask("POST", "/sign-in", "passwords", urlencode(form).encode(), kind, cookie)

    def _ask(
        self,
        method: str,
        path: str,
        what: str,
        body: bytes | None = None,
        kind: str = "",
        cookie: str = "",
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._here.port, timeout=60)
        headers = {"Cookie": cookie or f"codesign_session={self._owner.cookie}"}
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        fine = answer.status in (200, 303) or (what == "passwords" and answer.status == 422)
        (self.done if fine else self.refused)[what if fine else f"{what} {answer.status}"] += 1
        return answer.status, content
