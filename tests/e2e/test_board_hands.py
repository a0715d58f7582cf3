"""Several hands in one text, one of them composing; what a facilitator sets up; images."""

from __future__ import annotations

import base64
import re
import struct
import zlib

import pytest
from playwright.async_api import Page, expect

from tests.e2e.boards import Hall, add, note


def png(width: int, height: int) -> bytes:
    """A plain picture."""
    rows = b"".join(b"\0" + b"\x40\x90\x70" * width for _ in range(height))

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


async def shared_title(hall: Hall) -> None:
    for at, text in enumerate(("One", "Two")):
        await hall.write(text, at=at)
    notes = list(await hall.notes())
    cluster = "c" * 22
    place = {"region": hall.opened.regions[0], "order": "a0"}
    await hall.ask({"type": "create_cluster", "id": cluster, "name": "", **place})
    for id in notes:
        await hall.ask({"type": "move_item", "id": id, "cluster": cluster})


async def write_in_title(page: Page) -> None:
    await page.locator(".group").dblclick(position={"x": 60, "y": 20})
    await expect(page.locator(".group textarea")).to_be_focused()


async def test_while_one_composes_the_words_of_the_other_wait_and_no_letter_is_lost(
    hall: Hall,
) -> None:
    await shared_title(hall)
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await write_in_title(nino)
    await write_in_title(marko)
    await nino.keyboard.type("bus")
    title = marko.locator(".group textarea")
    await expect(title).to_have_value("bus")
    # Marko's input method shows what may become ავტობუსი; Nino goes on typing.
    device = await marko.context.new_cdp_session(marko)
    await marko.keyboard.press("End")
    await device.send(
        "Input.imeSetComposition", {"text": "ავტ", "selectionStart": 3, "selectionEnd": 3}
    )
    await nino.keyboard.press("Home")
    await nino.keyboard.type("the ")
    await hall.until_item("cluster", lambda c: str(c["name"]).startswith("the "))
    await expect(title).to_have_value("busავტ")
    await device.send("Input.insertText", {"text": "ავტობუსი"})
    for page in (nino, marko):
        await expect(page.locator(".group textarea")).to_have_value("the busავტობუსი")
    await hall.until_item("cluster", lambda c: c["name"] == "the busავტობუსი")


@pytest.mark.long
async def test_one_offline_for_a_while_loses_no_letter_of_a_shared_title(hall: Hall) -> None:
    await shared_title(hall)
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await write_in_title(nino)
    await nino.keyboard.type("bus stop")
    await write_in_title(marko)
    await expect(marko.locator(".group textarea")).to_have_value("bus stop")
    await marko.context.set_offline(True)
    await marko.keyboard.press("End")
    await marko.keyboard.type(" at night")
    await nino.keyboard.press("Home")
    await nino.keyboard.type("No ")
    await marko.context.set_offline(False)
    for page in (nino, marko):
        await expect(page.locator(".group textarea")).to_have_value("No bus stop at night")


@pytest.mark.long
async def test_a_facilitator_sets_up_what_others_cannot_move(hall: Hall) -> None:
    elira, nino = await hall.lead(), await hall.person("Nino")
    await elira.locator("#menu-button").click()
    await elira.get_by_role("button", name="Add a zone").click()
    await elira.keyboard.type("By train")
    await elira.keyboard.press("Enter")
    await expect(nino.locator(".zone__t").last).to_have_text("By train")
    await elira.locator("#menu-button").click()
    await elira.get_by_role("button", name="Add a heading").click()
    await elira.keyboard.type("Start here")
    await elira.keyboard.press("Enter")
    heading = nino.locator(".heading")
    await expect(heading).to_have_text("Start here")
    await heading.click()
    await expect(nino.get_by_role("toolbar").get_by_role("button", name="Move to")).to_have_count(0)
    await nino.keyboard.press("Delete")
    await expect(heading).to_be_visible()


@pytest.mark.long
async def test_an_image_is_pasted_and_seen_by_others(hall: Hall) -> None:
    nino, marko = await hall.person("Nino"), await hall.person("Marko", 1)
    await nino.evaluate(
        """(data) => {
          const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
          const files = new DataTransfer();
          files.items.add(new File([bytes], "map.png", { type: "image/png" }));
          const paste = { clipboardData: files, bubbles: true, cancelable: true };
          document.body.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        base64.b64encode(png(320, 240)).decode(),
    )
    for page in (nino, marko):
        picture = page.locator(".picture img")
        await expect(picture).to_be_visible()
        await expect(picture).to_have_js_property("naturalWidth", 320)
    [image] = await hall.items("image")
    assert (image["w"], image["h"]) == (36_800, 27_600)


@pytest.mark.long
async def test_a_file_that_is_no_image_is_refused_in_words(hall: Hall) -> None:
    nino = await hall.person("Nino")
    await add(nino, "Before")
    await nino.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(["not a picture"], "lie.png", { type: "image/png" }));
          const paste = { clipboardData: files, bubbles: true, cancelable: true };
          document.body.dispatchEvent(new ClipboardEvent("paste", paste));
        }"""
    )
    await expect(nino.locator("#toast")).to_contain_text("not a picture")
    await expect(note(nino, "Before")).to_be_visible()


async def test_the_question_is_written_anew_and_the_board_locked_for_everyone(hall: Hall) -> None:
    elira, nino = await hall.lead(), await hall.person("Nino")
    await elira.get_by_role("button", name="Edit the question").click()
    await elira.keyboard.press("End")
    await elira.keyboard.type(" Without a car?")
    await expect(nino.get_by_role("heading", level=1)).to_have_text(
        "What makes it hard? Without a car?"
    )
    await elira.keyboard.press("Enter")
    await expect(elira.get_by_role("button", name="Edit the question")).to_be_focused()
    await elira.locator("#menu-button").click()
    await elira.get_by_role("button", name="Lock the board for everyone").click()
    await expect(nino.locator("#banner")).to_contain_text("Elira Hoxha has locked the board.")
    await expect(nino.locator("#composer textarea")).to_have_attribute("readonly", "")


@pytest.mark.long
async def test_a_frame_is_made_larger_by_its_corner(hall: Hall) -> None:
    await hall.open("free", [])
    elira = await hall.lead()
    await elira.locator("#menu-button").click()
    await elira.get_by_role("button", name="Add a frame").click()
    await elira.keyboard.type("For the report")
    await elira.keyboard.press("Enter")
    # Hovering waits until it stands still: the board may be making room for what stands beside it.
    await elira.locator(".resize").hover()
    corner = await elira.locator(".resize").bounding_box()
    assert corner is not None
    await elira.mouse.move(corner["x"] + 11, corner["y"] + 11)
    await elira.mouse.down()
    await elira.mouse.move(corner["x"] + 11 - 160, corner["y"] + 11 - 80, steps=4)
    await elira.mouse.up()
    await hall.until_item("frame", lambda f: f["w"] < 60_000 and f["h"] < 42_000)


async def test_fingers_pan_pinch_hold_and_carry(hall: Hall) -> None:
    await hall.write("Under a finger")
    tablet = {"width": 1024, "height": 768}
    nino = await hall.person("Nino", viewport=tablet, has_touch=True)
    touch = await nino.context.new_cdp_session(nino)

    async def fingers(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    box = await note(nino, "Under a finger").bounding_box()
    assert box is not None
    await fingers("touchStart", (600, 600))
    await fingers("touchMove", (600, 560))
    await fingers("touchMove", (600, 540))
    await fingers("touchEnd")
    panned = await note(nino, "Under a finger").bounding_box()
    assert panned is not None
    assert panned["y"] < box["y"]
    await fingers("touchStart", (120, 160), (220, 160))
    await fingers("touchMove", (100, 160), (260, 160))
    await fingers("touchEnd")
    zoomed = await note(nino, "Under a finger").bounding_box()
    assert zoomed is not None
    assert zoomed["width"] > box["width"]
    await nino.get_by_role("button", name="See the whole board").click()
    await expect(nino.locator(".is-moving")).to_have_count(0)
    box = await note(nino, "Under a finger").bounding_box()
    zone = await nino.locator(".zone").nth(1).bounding_box()
    assert box is not None
    assert zone is not None
    await fingers("touchStart", (box["x"] + 30, box["y"] + 30))
    await expect(note(nino, "Under a finger")).to_have_class(re.compile("is-carried"))
    await fingers("touchMove", (zone["x"] + 60, zone["y"] + 90))
    await fingers("touchMove", (zone["x"] + 66, zone["y"] + 100))
    await fingers("touchEnd")
    await hall.until(lambda n: [v["region"] for v in n.values()] == [hall.opened.regions[1]])
