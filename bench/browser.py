"""The board's page in Chromium: bytes, until it can be used, frames, keys, others' changes, memory (B1 to B5)."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    CDPSession,
    Error,
    Page,
    Request,
    Response,
    ViewportSize,
    sync_playwright,
)

from bench import machine, peer_pages
from bench.figures import Figure
from bench.live import Bench, Stage, stage
from bench.peer_servers import NoPeers
from bench.prepare import Crowd
from bench.suite import tell
from codesign import assets

SERVER = "codesign"
VIEW = ViewportSize(width=1366, height=768)
ROUNDS = 3
LETTERS = 150
#: When nothing more is fetched, after the page has loaded.
SETTLED_MS = 2_500
#: What an idle page fetches for later has come by then (`static/js/board/wings.js`).
LATER_MS = 8_000
FRAMES = 120
#: Of what the view shows at rest; single letters of a note that comes in at the edge are within this.
BLANK_MOST = 10.0
#: So many notes that no pan gets to where there are none.
WIDE = 2_000
_FRAME_EVENTS = "disabled-by-default-devtools.timeline.frame,devtools.timeline.frame"
#: Ten people with two edits a second, beside whom the page is used.
REMOTE_PEOPLE, REMOTE_RATE = 10, 2
#: Bytes a second and ms each way, of what browsers call slow 4G, and of the weak network of issue 3.
SLOW_4G, WEAK = (200_000, 150), (500_000, 300)
SLOWER_CPU = 4
_SCRIPT = Path(__file__).with_name("browser_page.js")
_BROTLI = """const z = require("zlib"), fs = require("fs");
const p = { params: { [z.constants.BROTLI_PARAM_QUALITY]: 11 } };
console.log(z.brotliCompressSync(fs.readFileSync(0), p).length);"""


def measure(bench: Bench, sizes: Sequence[int], peers: bool) -> Iterator[Figure]:
    peers = peers and _are_built()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**_launch())
        try:
            for notes in sizes:
                yield from _ours(bench, browser, notes)
                for name in peer_pages.PAGES if peers else ():
                    try:
                        yield from _theirs(browser, name, notes)
                    except Error as error:  # a peer that does not get there is no reason to end
                        tell(f"page{notes}, {name}: {error.message.splitlines()[0]}")
        finally:
            browser.close()


def _are_built() -> bool:
    try:
        peer_pages.build()
    except NoPeers as error:
        tell(str(error))
        return False
    return True


def _ours(bench: Bench, browser: Browser, notes: int) -> Iterator[Figure]:
    with stage(bench, Crowd(REMOTE_PEOPLE + 2, notes=notes, letters=LETTERS)) as here:
        # The last of the people has the browser; the generator has the others.
        place, site = here.places[-1], f"http://127.0.0.1:{here.port}"
        lab = Lab(browser, SERVER, notes, f"{site}/b/{place.board}", "#view", place.cookie)
        if not notes:
            yield from _bytes(lab, "board page", lab.address, 120.0, LATER_MS)
            yield from _bytes(lab, "front page", f"{site}/", 60.0)
        yield from _until_usable(lab)
        if notes:
            yield from _frames(lab)
            if notes >= WIDE:
                yield from _blank(lab)
            yield from _beside_others(bench, lab, here)


def _theirs(browser: Browser, name: str, notes: int) -> Iterator[Figure]:
    with peer_pages.serving(notes, LETTERS) as site:
        lab = Lab(browser, name, notes, f"{site}/{name}.html", peer_pages.PAGES[name])
        if not notes:
            yield from _bytes(lab, "board page", lab.address)
        yield from _until_usable(lab)
        if notes:
            yield from _frames(lab)


@dataclass(frozen=True, slots=True)
class Lab:
    """A browser, and a board of so many notes."""

    browser: Browser
    server: str
    notes: int
    address: str
    #: Where gestures go.
    surface: str
    cookie: str = ""

    def figure(
        self,
        what: str,
        value: float,
        unit: str,
        target: str = "",
        most: float | None = None,
        note: str = "",
    ) -> Figure:
        """The targets are ours; a peer's figures stand for themselves."""
        if self.server != SERVER:
            target, most, note = "", None, ""
        return Figure(f"page{self.notes}", self.server, what, value, unit, target, most, note)

    @contextmanager
    def page(self) -> Iterator[tuple[Page, CDPSession]]:
        context = self.browser.new_context(viewport=VIEW, locale="en-GB")
        if self.cookie:
            # By the host: an address with a path would keep it to that path.
            host = "/".join(self.address.split("/")[:3])
            cookie: Any = {"name": "codesign_session", "value": self.cookie, "url": host}
            context.add_cookies([cookie])
        context.add_init_script(path=_SCRIPT)
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("Performance.enable")
        try:
            yield page, devtools
        finally:
            context.close()

    def open(self, page: Page, seconds: float = 60) -> float:
        """Milliseconds from asking for the page until it can be used."""
        page.goto(self.address, timeout=seconds * 1000)
        page.locator("#board[data-ready]").wait_for(timeout=seconds * 1000)
        return float(page.evaluate("() => window.bench.usable"))


def _bytes(
    lab: Lab, name: str, address: str, most: float | None = None, later_ms: int = 0
) -> Iterator[Figure]:
    """What comes over the line for an empty browser; fonts apart, since scripts of other languages bring theirs."""
    done: list[Request] = []
    with lab.page() as (page, _):
        # What is finished: the body of a request that is kept open for news would be waited for.
        page.on("requestfinished", lambda request: done.append(request))
        page.goto(address)
        page.wait_for_timeout(SETTLED_MS)
        first = list(done)
        taken = [(request.resource_type, _body(request.response())) for request in first]
        page.wait_for_timeout(later_ms)
        later = [_body(request.response()) for request in done[len(first) :]]
    plain = [body for kind, body in taken if kind != "font"]
    fonts = sum(len(body) for kind, body in taken if kind == "font") / 1000
    yield lab.figure(f"{name}, brotli", sum(map(_brotli, plain)) / 1000, "KB", "B1", most)
    yield lab.figure(f"{name}, fonts", fonts, "KB")
    yield lab.figure(f"{name}, requests", len(taken), "", "B1", 12)
    if later_ms:
        yield lab.figure(f"{name}, fetched when idle", sum(map(_brotli, later)) / 1000, "KB")


def _until_usable(lab: Lab) -> Iterator[Figure]:
    times, heaps = [], []
    for _ in range(ROUNDS):
        with lab.page() as (page, devtools):
            times.append(lab.open(page))
            devtools.send("HeapProfiler.collectGarbage")
            heaps.append(_metrics(devtools)["JSHeapUsedSize"] / 1e6)
    most = 600.0 if lab.notes == 2_000 else None
    yield lab.figure("usable", statistics.median(times), "ms", "B2", most)
    most = 15.0 if lab.notes == 2_000 else None
    yield lab.figure("JS heap", statistics.median(heaps), "MB", "B5", most)
    with lab.page() as (page, devtools):
        _slow(devtools, *SLOW_4G, SLOWER_CPU)
        took = lab.open(page)
    most = 4_000.0 if lab.notes == 2_000 else None
    yield lab.figure("usable, 4 x slower CPU, slow 4G", took, "ms", "B2", most)
    with lab.page() as (page, devtools):
        _slow(devtools, *WEAK, 1)
        took = lab.open(page)
    yield lab.figure("usable, 500 KB/s and 300 ms", took, "ms", "J", 10_000)


def _frames(lab: Lab) -> Iterator[Figure]:
    gestures = {
        "pan": {"x": 40, "y": 12, "turn": True},
        "zoom out and in": {"y": 40, "ctrl": True, "turn": True},
    }
    with lab.page() as (page, devtools):
        lab.open(page)
        for name, wheel in gestures.items():
            before = _metrics(devtools)["TaskDuration"]
            run = page.evaluate(
                "([on, wheel, frames]) => window.bench.gesture(on, frames, wheel)",
                [lab.surface, wheel, FRAMES],
            )
            busy = (_metrics(devtools)["TaskDuration"] - before) * 1000 / FRAMES
            yield lab.figure(f"{name}, frames a second", run["fps"], "", note="58 wanted (B3)")
            yield lab.figure(f"{name}, main thread a frame", busy, "ms", "B3", 6.0)
            yield lab.figure(f"{name}, longest task", run["longest"], "ms", "B3", 50.0)
        for name, wheel in gestures.items():
            drawn = _drawn(lab, page, wheel)
            yield lab.figure(f"{name}, frames drawn a second", drawn, "", note="54 wanted (B3)")


def _drawn(lab: Lab, page: Page, wheel: dict[str, Any]) -> float:
    """What was on the screen in the end, which is less than what was asked for. Tracing itself costs some."""
    lab.browser.start_tracing(page=page, categories=[_FRAME_EVENTS])
    page.evaluate(
        "([on, wheel, frames]) => window.bench.gesture(on, frames, wheel)",
        [lab.surface, wheel, FRAMES],
    )
    events = json.loads(lab.browser.stop_tracing())["traceEvents"]
    at = sorted(one["ts"] for one in events if one.get("name") == "DrawFrame")
    return (len(at) - 1) * 1e6 / (at[-1] - at[0]) if len(at) > 1 else 0.0


def _blank(lab: Lab) -> Iterator[Figure]:
    """Panning near, faster than people do: what is blank of that which stands there."""
    with lab.page() as (page, _):
        lab.open(page)
        run = page.evaluate(
            "([on, wheel, frames]) => window.bench.covered(on, frames, wheel)",
            [lab.surface, {"x": 40, "y": 12}, FRAMES],
        )
    blank = max(0.0, 1 - run["least"] / run["still"]) * 100 if run["still"] else 100.0
    note = f"in the worst of {FRAMES} frames"
    yield lab.figure("pan, of the view blank", blank, "%", "point 4", BLANK_MOST, note)


def _beside_others(bench: Bench, lab: Lab, here: Stage) -> Iterator[Figure]:
    """Keys, and what others write, while they write."""
    words = [word for name, value in here.options.items() for word in (f"--{name}", str(value))]
    more = ["--edits", str(REMOTE_RATE), "--warm", "1", "--seconds", "12"]
    command = [*machine.pinned(bench.cores.load), str(bench.program), *words, *more]
    offset = (time.time() - time.clock_gettime(time.CLOCK_MONOTONIC)) * 1000
    with lab.page() as (page, _):
        lab.open(page)
        page.evaluate("(offset) => { bench.watchMarkers(offset); bench.watchKeys(); }", offset)
        people = here.folder / "people"
        lines = people.read_text().splitlines(keepends=True)
        people.write_text("".join(lines[:REMOTE_PEOPLE]))
        load = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        page.wait_for_timeout(4_000)  # the load joins and warms up; it says nothing when it does
        page.locator("#composer textarea").click()
        for letter in "While others write, these words should follow the keys at once":
            page.keyboard.press("Space" if letter == " " else letter)
            page.wait_for_timeout(40)  # the pace of somebody who types well
        run = json.loads(load.communicate(timeout=60)[0].strip().splitlines()[-1])
        keys, seen = page.evaluate("() => [bench.keys, bench.seen]")
    p50, p95 = _quantiles(keys)
    yield lab.figure("key to paint, p50", p50, "ms")
    yield lab.figure("key to paint, p95", p95, "ms", "B4", 16.0, "20 edits of others a second")
    if not seen:
        yield lab.figure("others' changes seen", 0, "", note="their notes are out of view")
        return
    p50, p95 = _quantiles(seen)
    there = run["edit_ms"][0]
    note = f"{len(seen)} seen; {there:.1f} ms of it until a program has it"
    yield lab.figure("change of others to screen, p50", p50, "ms", note=note)
    yield lab.figure("change of others to screen, p95", p95, "ms", "B5", 40.0 + run["edit_ms"][1])


def _quantiles(values: Sequence[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(values, n=20)
    return statistics.median(values), cuts[-1]


def _metrics(devtools: CDPSession) -> dict[str, float]:
    found = devtools.send("Performance.getMetrics")["metrics"]
    return {one["name"]: one["value"] for one in found}


def _slow(devtools: CDPSession, bytes_per_s: int, latency_ms: int, cpu: int) -> None:
    devtools.send("Network.enable")
    line = {"downloadThroughput": bytes_per_s, "uploadThroughput": bytes_per_s}
    more = {"offline": False, "latency": latency_ms}
    devtools.send("Network.emulateNetworkConditions", {**line, **more})
    if cpu > 1:
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": cpu})


def _body(answer: Response | None) -> bytes:
    return b"" if answer is None or 300 <= answer.status < 400 else answer.body()


def _brotli(body: bytes) -> int:
    node = (assets.system_node() or (["node"],))[0]
    done = subprocess.run([*node, "-e", _BROTLI], input=body, capture_output=True, check=True)
    return int(done.stdout)


def _launch() -> dict[str, Any]:
    """The Chromium the tests use; without root's sandbox."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CODESIGN_CHROMIUM") or next(
        filter(None, map(shutil.which, names)), None
    )
    quiet = ["--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    quiet += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {
        "chromium_sandbox": False,
        "args": quiet,
        **({"executable_path": found} if found else {}),
    }
