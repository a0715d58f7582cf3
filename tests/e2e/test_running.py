"""Running a workshop in Chromium: one act takes everyone on, timers agree, and nobody's caret is taken."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from codesign.web.seats import make_id
from tests.e2e.boards import LAPTOP, PHONE, SMALL_TARGETS, Hall, add, faults, field, landed

#: What a page shows of its timer, in seconds, and when it looked.
SHOWN = """() => {
  const words = document.querySelector("#task [data-timer-words]")?.textContent ?? "";
  const [m, s] = words.split(":").map(Number);
  return m * 60 + s;
}"""


async def planned(hall: Hall, *steps: dict[str, Any]) -> list[str]:
    """An agenda on the desk; the ids of its steps."""
    ids = []
    for at, step in enumerate(steps):
        ids.append(make_id())
        op = {"type": "add_step", "id": ids[-1], "order": f"a{at}", **step}
        await hall.house.rooms.ask(f"desk:{hall.opened.workshop}", op, product=True)
    return ids


async def state(hall: Hall) -> dict[str, Any]:
    found = await hall.house.rooms.state(f"workshop:{hall.opened.workshop}")
    assert found is not None
    return dict(found[1].fields)


async def another_board(hall: Hall, title: str) -> str:
    board = make_id()
    add_board = {"type": "add_board", "board": board, "title": title, "layout": "zones"}
    regions = [{"id": make_id(), "title": "First", "order": "a0"}]
    await hall.ask_workshop({**add_board, "question": "And now?", "regions": regions})
    return board


def start(page: Page) -> Any:
    return page.locator("#runbar .runbar__start")


WRITE = {"title": "Write", "minutes": 25, "question": "What hinders you?"}
GROUP = {"title": "Group", "minutes": 20, "stage": "cluster"}


async def test_one_press_takes_everyone_to_the_step(hall: Hall) -> None:
    await planned(hall, WRITE, {**GROUP, "question": "Which of these belong together? " * 3})
    elira, nino = await hall.lead(), await hall.person("ნინო")
    await start(elira).click()
    await expect(nino.locator(".task__step")).to_have_text("Step 1 of 2 · Write")
    await expect(nino.locator(".task__q")).to_have_text("What hinders you?")
    await expect(nino.locator("#assertive")).to_have_text("Step 1 of 2: Write. What hinders you?")
    await add(nino, "The bus never comes")
    await start(elira).click()
    await expect(nino.locator(".task__step")).to_have_text("Step 2 of 2 · Group")
    await expect(field(nino)).to_have_attribute("placeholder", "Now the notes are grouped")
    await expect(elira.get_by_role("button", name="Back to Write")).to_be_visible()
    # What the page says meanwhile takes nothing of the field of who leads.
    assert await field(elira).evaluate("(field) => field.offsetWidth") > 120
    await elira.get_by_role("button", name="Back to Write").click()
    await expect(nino.locator(".task__step")).to_have_text("Step 1 of 2 · Write")


@pytest.mark.long
async def test_pressing_a_coming_step_only_shows_it(hall: Hall) -> None:
    await planned(hall, WRITE, GROUP, {"title": "Vote", "minutes": 10, "note": "Nino counts"})
    elira, nino = await hall.lead(), await hall.person("ნინო")
    await start(elira).click()
    await elira.locator(".run__s", has_text="Vote").click()
    await expect(elira.locator(".stepcard")).to_contain_text("Nino counts")
    await expect(nino.locator(".task__step")).to_have_text("Step 1 of 3 · Write")
    await elira.get_by_role("button", name="Skip").click()
    await expect(nino.locator(".task__step")).to_have_text("Step 1 of 2 · Write")
    await elira.locator(".run__s", has_text="Group").click()
    await elira.get_by_role("button", name="Start for everyone").click()
    await expect(nino.locator(".task__step")).to_have_text("Step 2 of 2 · Group")


@pytest.mark.long
async def test_two_facilitators_who_press_together_start_one_step(hall: Hall) -> None:
    first, second, *_ = await planned(hall, WRITE, GROUP, {"title": "Vote", "minutes": 10})
    elira, nino = await hall.lead(), await hall.lead("Nino K")
    await start(elira).click()
    await expect(start(nino)).to_contain_text("Start Group")
    await nino.context.set_offline(True)
    await start(nino).click()
    await start(elira).click()
    await expect(start(elira)).to_contain_text("Start Vote")
    await nino.context.set_offline(False)
    await expect(start(nino)).to_contain_text("Start Vote", timeout=15_000)
    await expect(nino.locator("#board[data-unsent='0']")).to_be_visible(timeout=15_000)
    fields = await state(hall)
    assert (fields["step"], first != second) == (second, True)


@pytest.mark.long
async def test_every_screen_shows_the_same_time_within_half_a_second(hall: Hall) -> None:
    await planned(hall, WRITE)
    elira, nino = await hall.lead(), await hall.person("ნინო")
    phone = await hall.person("Марко", 1, viewport=PHONE)
    # A watch that is an hour off.
    moved = "const now = Date.now; Date.now = () => now() + 3_600_000;"
    await phone.context.add_init_script(moved)
    await phone.reload()
    await landed(phone)
    await start(elira).click()
    for page in (nino, phone):
        await expect(page.locator("#task [data-timer-words]")).to_have_text(
            re.compile(r"^2[45]:\d\d$")
        )
    ends = (await state(hall))["timer_ends"]
    for page in (elira, nino, phone):
        shown = await page.evaluate(SHOWN)
        left = (ends - hall.house.clock.now()) / 1000
        assert -0.5 <= shown - left <= 1.5  # what is shown is rounded up to a whole second


async def test_the_timer_rests_goes_on_and_is_longer_for_everyone(hall: Hall) -> None:
    await planned(hall, WRITE)
    elira, nino = await hall.lead(), await hall.person("ნინო")
    await start(elira).click()
    await elira.get_by_role("button", name="+5 minutes").click()
    await expect(nino.locator("#task [data-timer-words]")).to_have_text(re.compile(r"^(29|30):"))
    await elira.get_by_role("button", name="Pause").click()
    await expect(nino.locator("#task .timer")).to_have_attribute("data-look", "rests")
    await nino.reload()
    await expect(nino.locator("#task [data-timer-words]")).to_have_text(re.compile(r"^(29|30):"))
    left = (await state(hall))["timer_left"]
    hall.clock.offset += 60_000
    await elira.get_by_role("button", name="Go on").click()
    await expect(nino.locator("#task .timer")).to_have_attribute("data-look", "runs")
    fields = await state(hall)
    assert "timer_left" not in fields
    assert abs(left - (29 * 60_000 + 58_000)) < 4_000


@pytest.mark.long
async def test_a_lock_at_the_end_is_announced_and_can_be_stopped(hall: Hall) -> None:
    await planned(hall, {**WRITE, "at_zero": "lock"})
    elira, nino = await hall.lead(), await hall.person("ნინო")
    await start(elira).click()
    await expect(nino.locator("#task .timer")).to_be_visible()
    ends_soon = {"type": "set_timer", "ends_at": hall.house.clock.now() + 300, "of": 1_500_000}
    await hall.ask_workshop(ends_soon)
    await expect(nino.locator("#room-notice")).to_contain_text("The board is locked in")
    await expect(nino.locator("#room-notice button")).to_have_count(0)
    await elira.get_by_role("button", name="Stop it").click()
    await expect(nino.locator("#room-notice")).to_be_empty()
    assert (await state(hall))["stage"] == "open"


async def test_who_writes_is_told_and_keeps_the_caret_until_done(hall: Hall) -> None:
    board = await another_board(hall, "Second board")
    await planned(hall, WRITE, {"title": "Deeper", "minutes": 20, "board": board})
    elira, nino, marko = await hall.lead(), await hall.person("ნინო"), await hall.person("Марко", 1)
    await start(elira).click()
    await expect(nino.locator(".task__step")).to_be_visible()
    await field(nino).press_sequentially("I am in the mid")
    await start(elira).click()
    await marko.wait_for_url(f"**/b/{board}")
    await elira.wait_for_url(f"**/b/{board}")
    await expect(nino.locator("#room-notice")).to_contain_text("when you have finished writing")
    await field(nino).press_sequentially("dle")
    assert board not in nino.url
    await expect(field(nino)).to_have_value("I am in the middle")
    await field(nino).press("Enter")
    await nino.wait_for_url(f"**/b/{board}")
    assert [note["text"] for note in (await hall.notes()).values()] == ["I am in the middle"]
    await expect(nino.locator(".task__step")).to_have_text("Step 2 of 2 · Deeper")


@pytest.mark.long
async def test_who_wants_to_stays_and_can_follow_later(hall: Hall) -> None:
    board = await another_board(hall, "Second board")
    await planned(hall, {**WRITE, "board": board})
    elira, nino = await hall.lead(), await hall.person("ნინო")
    await start(elira).click()
    await nino.get_by_role("button", name="Stay here").click()
    await expect(nino.locator("#room-notice")).to_contain_text("Everyone is at “Write”.")
    await nino.get_by_role("button", name="Go there").click()
    await nino.wait_for_url(f"**/b/{board}")


@pytest.mark.long
async def test_leading_is_handed_over_in_two_presses(hall: Hall) -> None:
    await planned(hall, WRITE)
    elira, nino = await hall.lead(), await hall.person("Nino")
    await expect(nino.locator("#runbar")).to_be_hidden()
    await elira.locator("#people .avatars").click()
    await elira.get_by_role("button", name="Let Nino lead too").click()
    await expect(start(nino)).to_be_visible()
    await start(nino).click()
    await expect(elira.locator(".task__step")).to_have_text("Step 1 of 1 · Write")


async def test_keys_look_ahead_pause_and_lock(hall: Hall) -> None:
    await planned(hall, WRITE, GROUP)
    elira = await hall.lead()
    await start(elira).click()
    await expect(start(elira)).to_contain_text("Start Group")
    await elira.keyboard.press("Alt+Shift+KeyN")
    await expect(elira.locator(".stepcard")).to_contain_text("Group")
    await elira.keyboard.press("Escape")
    await elira.keyboard.press("Alt+Shift+KeyP")
    await expect(elira.get_by_role("button", name="Go on")).to_be_visible()
    await elira.keyboard.press("Alt+Shift+KeyK")
    await expect(elira.locator(".tile", has_text="Lock board")).to_have_attribute(
        "aria-pressed", "true"
    )


async def test_the_running_room_has_no_faults(hall: Hall) -> None:
    await planned(hall, WRITE, GROUP, {"title": "Vote", "minutes": 10})
    elira, nino = await hall.lead(), await hall.person("ნინო", viewport=PHONE)
    await start(elira).click()
    await expect(nino.locator(".task__step")).to_be_visible()
    await expect(elira.locator("#cockpit .bigtime")).to_be_visible()
    assert await faults(elira) == []
    assert await elira.evaluate(SMALL_TARGETS) == []
    assert await faults(nino) == []
    await elira.set_viewport_size(PHONE)
    assert await faults(elira) == []
    await elira.set_viewport_size({**LAPTOP, "height": 640})
    boxes = [await elira.locator(id).bounding_box() for id in ("#runbar", "#task", "#people")]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 1366 - 360 for box in boxes)


async def test_a_workshop_can_be_run_from_a_phone(hall: Hall) -> None:
    await planned(hall, WRITE, GROUP)
    elira, nino = await hall.lead(viewport=PHONE), await hall.person("ნინო")
    await elira.get_by_role("button", name="Room").click()
    await elira.locator("#cockpit .runbar__start").click()
    await expect(nino.locator(".task__step")).to_have_text("Step 1 of 2 · Write")
    await elira.locator(".runlist__s", has_text="Group").click()
    await elira.get_by_role("button", name="Start for everyone").click()
    await expect(nino.locator(".task__step")).to_have_text("Step 2 of 2 · Group")
    assert await faults(elira) == []


@pytest.mark.long
async def test_private_writing_begins_with_its_step_and_ends_with_the_tile(hall: Hall) -> None:
    await planned(hall, {**WRITE, "stage": "silent", "stage_minutes": 8, "at_zero": "reveal"})
    elira, nino = await hall.lead(), await hall.person("ნინო")
    await start(elira).click()
    tile = elira.locator(".tile", has_text="Private writing")
    await expect(tile).to_have_attribute("aria-pressed", "true")
    await expect(nino.locator("#task [data-timer-words]")).to_have_text(re.compile(r"^[78]:"))
    await add(nino, "The bus never comes")
    await expect(elira.locator(".note:not(.is-ghost)")).to_have_count(0)
    await tile.click()
    await elira.locator("#dialog").get_by_role("button", name="Reveal").click()
    await expect(elira.locator(".note", has_text="The bus never comes")).to_be_visible()
    await expect(tile).to_have_attribute("aria-pressed", "false")
