"""Pictures brought to a board, and the board taken home and brought back, in Chromium."""

from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.e2e.boards import Hall, add, landed


def a_photo(path: Path) -> Path:
    Image.new("RGB", (900, 600), (60, 140, 200)).save(path, "JPEG")
    return path


async def choose_image(page: Page, path: Path) -> None:
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("button", name="Add an image").click()
    await (await choosing.value).set_files(path)


async def take_home(page: Page, name: str) -> bytes:
    await page.get_by_role("button", name="Menu").click()
    async with page.expect_download() as downloading:
        await page.locator(".menu__files a", has_text=name).click()
    await page.keyboard.press("Escape")
    path = Path(await (await downloading.value).path())
    return await asyncio.to_thread(path.read_bytes)


async def test_a_picture_is_brought_seen_by_others_and_taken_home(
    hall: Hall, tmp_path: Path
) -> None:
    nino, marko = await hall.person("ნინო"), await hall.person("Марко", 1)
    await choose_image(nino, a_photo(tmp_path / "bridge.jpg"))
    seen = marko.locator(".picture img")
    await expect(seen).to_be_visible(timeout=15_000)  # a process looks at it first
    await expect(seen).to_have_js_property("naturalWidth", 900)
    with Image.open(io.BytesIO(await take_home(marko, "PNG"))) as image:
        colours = {c: n for n, c in image.convert("RGB").getcolors(1_000_000)}
    blue = [n for (r, g, b), n in colours.items() if abs(r - 60) + abs(g - 140) + abs(b - 200) < 12]
    assert sum(blue) > 20_000


@pytest.mark.long
async def test_what_is_no_picture_is_said_in_a_sentence(hall: Hall, tmp_path: Path) -> None:
    nino = await hall.person("ნინო")
    lie = tmp_path / "bridge.png"
    lie.write_bytes(b"<svg onload='alert(1)'/>")
    await choose_image(nino, lie)
    await expect(nino.locator("#toast")).to_contain_text(
        "This file is not a picture that can be read."
    )


@pytest.mark.long
async def test_a_board_goes_home_as_json_and_comes_back_by_the_workshops_page(
    hall: Hall, tmp_path: Path
) -> None:
    elira = await hall.lead()
    await add(elira, "ტროტუარი ვიწროა")
    archive = tmp_path / "board.json"
    archive.write_bytes(await take_home(elira, "JSON"))
    assert json.loads(archive.read_text("utf-8"))["format"] == "codesign-board"
    await elira.goto(f"{hall.url}/workshops/{hall.opened.workshop}")
    await elira.get_by_text("Bring a board in").click()
    await elira.locator("input[name=archive]").set_input_files(archive)
    await elira.get_by_role("button", name="Bring it in").click()
    await elira.wait_for_url(lambda url: "/b/" in url and hall.opened.board not in url)
    await landed(elira)
    await expect(elira.locator(".note", has_text="ტროტუარი ვიწროა")).to_be_visible()
