"""From opening the link to the first note, on a narrow and far network: `python -m bench.first_note [KB/s] [ms]`.

The network is a proxy that shapes what passes (tests/proxies.py), so that it holds for sockets and for the line alike.
Issue: the first note stands within ten seconds at 500 KB/s and 300 ms.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from codesign.store import workshops
from tests.e2e.boards import CITIES, Hall, field, hall_of, landed, note
from tests.proxies import Proxy, proxied

#: What is on the board already when somebody comes.
NOTES = 200


async def measure(rate: float, delay: float) -> dict[str, float]:
    """Seconds from the link to: the join page, the board with a note of others, and one's own note on disk."""
    found: dict[str, float] = {}
    program = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    with tempfile.TemporaryDirectory() as folder:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=os.environ.get("CODESIGN_CHROMIUM") or program
            )
            async with hall_of(Path(folder), browser.new_context) as hall:
                for number in range(NOTES):
                    await hall.write(f"Note {number}", zone=number % 3, at=number)
                port = int(hall.url.rpartition(":")[2])
                async with proxied("127.0.0.1", port) as proxy:
                    proxy.rate, proxy.delay = rate, delay / 2
                    for name, habit in (("socket", "pass"), ("line", "hang")):
                        proxy.sockets = habit  # type: ignore[assignment]
                        for step, seconds in (await _come(hall, browser, proxy, name)).items():
                            found[f"{name}: {step}"] = seconds
            await browser.close()
    return found


async def _come(hall: Hall, browser: Browser, proxy: Proxy, name: str) -> dict[str, float]:
    context = await browser.new_context(locale="en-GB")
    page: Page = await context.new_page()
    row = await workshops.workshop(hall.house.database, hall.opened.workshop)
    assert row is not None
    started = time.perf_counter()
    took: dict[str, float] = {}

    def done(step: str) -> None:
        took[step] = round(time.perf_counter() - started, 2)

    await page.goto(f"{proxy.url}/join/{hall.house.links.join(row, 'participant')}")
    await page.locator("#name").fill(name)
    done("join page")
    await page.locator("label.pick", has_text=CITIES[0]).click()
    await page.locator("button.btn--big").click()
    await landed(page)
    await note(page, "Note 0").first.wait_for()
    done("notes of others")
    await field(page).fill(f"First of {name}")
    await field(page).press("Enter")
    await note(page, f"First of {name}").wait_for()
    done("own note on screen")
    await page.locator("#board[data-unsent='0']").wait_for()
    done("own note on disk")
    await context.close()
    return took


def main(rate: str = "500", delay: str = "300") -> None:
    found: dict[str, Any] = asyncio.run(measure(float(rate) * 1000, float(delay) / 1000))
    for step, seconds in found.items():
        print(f"{step:28} {seconds:6.2f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
