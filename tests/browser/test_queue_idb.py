"""The queue in IndexedDB, in a real browser: what tests/browser/queue.test.js asks of every queue."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "static/js"

ROUNDS = """async () => {
  const { openQueue } = await import("/board/queue_idb.js");
  let now = 0;
  const open = () => openQueue({ now: () => now });
  const ana = { person: "ana", workshop: "w" };
  const record = (n) => ({
    kind: "op", n, stream: "board:B", base: 0, op: { type: "recolour" }, changes: [], spot: null, from: "", splices: [],
  });
  const ns = (found) => found.map(({ client, records }) => [client, records.map(({ n }) => n)]);
  const one = await open();
  const two = await open();
  const told = { first: await one.renew("one", ana) };
  one.put("one", "op 1", record(1));
  one.put("one", "op 2", record(2));
  one.remove("one", "op 1");
  await one.settled();
  await two.renew("two", ana);
  told.tooSoon = ns(await two.adopt("two", ana));
  now += 10_000;
  told.othersWorkshop = ns(await two.adopt("two", { ...ana, workshop: "x" }));
  told.adopted = ns(await two.adopt("two", ana));
  told.onlyOnce = ns(await (await open()).adopt("three", ana));
  told.taken = await one.renew("one", ana);
  await two.leave("two");
  told.letGo = ns(await (await open()).adopt("three", ana));
  return told;
}"""

LEFT_BEHIND = """async () => {
  const { openQueue } = await import("/board/queue_idb.js");
  const queue = await openQueue({ now: () => 0 });
  await queue.renew("gone", { person: "ana", workshop: "tab" });
  queue.put("gone", "op 7", { kind: "op", n: 7, text: "\\u10ec\\ud83d\\ude00" });
}"""

FOUND = """async () => {
  const { openQueue } = await import("/board/queue_idb.js");
  const queue = await openQueue({ now: () => 20_000 });
  return queue.adopt("next", { person: "ana", workshop: "tab" });
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SCRIPTS)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


async def test_leases_are_kept_as_in_memory(page: Any, origin: str) -> None:
    await page.goto(f"{origin}/lib/")
    assert await page.evaluate(ROUNDS) == {
        "first": True,
        "tooSoon": [],
        "othersWorkshop": [],
        "adopted": [["one", [2]]],
        "onlyOnce": [],
        "taken": False,
        "letGo": [["one", [2]]],
    }


async def test_what_was_asked_outlives_its_tab(context: Any, origin: str) -> None:
    tab = await context.new_page()
    await tab.goto(f"{origin}/lib/")
    await tab.evaluate(LEFT_BEHIND)
    await tab.close()
    another = await context.new_page()
    await another.goto(f"{origin}/lib/")
    record = {"kind": "op", "n": 7, "text": "წ😀"}
    assert await another.evaluate(FOUND) == [{"client": "gone", "records": [record]}]
