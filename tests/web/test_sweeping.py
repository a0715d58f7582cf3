"""Pictures nobody sees any more go, and none that somebody sees or could bring back (P17)."""

from __future__ import annotations

import os

import pytest

from codesign.core import limits
from codesign.store import files
from codesign.store.files import File
from codesign.store.pictures import DAY_MS, GRACE_MS
from codesign.web.files import folder_of, keep
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from codesign.web.sweeping import sweep_once
from tests.store.builders import lose_entry
from tests.web.browsing import Walk


async def bring(walk: Walk, opened: Opened) -> str:
    """A picture as an upload leaves it."""
    new = File(make_id(), opened.workshop, "image/webp", 60, 40, 5, walk.clock.now())
    await keep(walk.house, new, b"bytes")
    path = folder_of(walk.house.settings) / new.id
    os.utime(path, (walk.clock.ms / 1000, walk.clock.ms / 1000))
    return new.id


async def show(walk: Walk, opened: Opened, file: str) -> str:
    item, place = make_id(), {"region": opened.regions[0], "order": "a0"}
    op = {"type": "create_image", "id": item, "file": file, "w": 6_000, "h": 4_000, **place}
    await ask(walk, opened, op)
    return item


async def ask(walk: Walk, opened: Opened, op: dict[str, object]) -> None:
    await walk.house.rooms.ask(f"board:{opened.board}", op, product=True)


async def known(walk: Walk) -> set[str]:
    return {file.id for file in await files.every_file(walk.house.database)}


def on_disk(walk: Walk) -> set[str]:
    return {path.name for path in folder_of(walk.house.settings).iterdir()}


async def test_only_pictures_that_nothing_shows_or_could_show_again_go(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = await walk.workshop(None)
    shown, unused, deleted = [await bring(walk, opened) for _ in range(3)]
    await show(walk, opened, shown)
    item = await show(walk, opened, deleted)
    await ask(walk, opened, {"type": "delete_item", "id": item})
    walk.clock.ms += GRACE_MS
    await sweep_once(walk.house)
    assert await known(walk) == {shown, unused, deleted}  # a slow page may still be on its way
    walk.clock.ms += 1
    await sweep_once(walk.house)
    assert await known(walk) == {shown, deleted}
    assert on_disk(walk) == {shown, unused, deleted}  # a backup under way may want it
    await sweep_once(walk.house)
    assert on_disk(walk) == {shown, deleted}
    monkeypatch.setattr(limits, "UNDO_ENTRIES", 1)
    await sweep_once(walk.house)
    assert deleted in await known(walk)  # its deletion is the last entry, which can be undone
    await ask(walk, opened, {"type": "delete_item", "id": opened.regions[1]})
    await sweep_once(walk.house)
    assert await known(walk) == {shown}


async def test_a_new_picture_is_left_alone(walk: Walk) -> None:
    opened = await walk.workshop(None)
    old = await bring(walk, opened)
    walk.clock.ms += GRACE_MS + 1
    new = await bring(walk, opened)
    await sweep_once(walk.house)
    assert await known(walk) == {new}
    assert on_disk(walk) == {old, new}


async def test_what_a_broken_off_upload_left_goes_after_a_day(walk: Walk) -> None:
    opened = await walk.workshop(None)
    file = await bring(walk, opened)
    for name in (".half.part", "stray"):
        (folder_of(walk.house.settings) / name).write_bytes(b"half a")
        seconds = walk.clock.ms / 1000
        os.utime(folder_of(walk.house.settings) / name, (seconds, seconds))
    walk.clock.ms += DAY_MS
    await sweep_once(walk.house)
    assert on_disk(walk) == {file, ".half.part", "stray"}
    walk.clock.ms += 1
    await sweep_once(walk.house)
    assert on_disk(walk) == {file}


async def test_a_workshop_whose_journal_cannot_be_believed_keeps_its_pictures(walk: Walk) -> None:
    sound, broken = await walk.workshop(None), await walk.workshop(None)
    gone, kept = await bring(walk, sound), await bring(walk, broken)
    walk.clock.ms += GRACE_MS + 1
    await lose_entry(walk.house.journal, f"board:{broken.board}", 1)
    await sweep_once(walk.house)
    assert await known(walk) == {kept}
    assert gone in on_disk(walk)
