"""Programmes that are kept until a day: on it an archive is made, and then everything goes but figures.

The archive lies in the data folder for thirty days, for those who led all of it; with it goes the last word. Each step
finds what it did before, so that being killed anywhere only means going on at the next look.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from codesign.core.permissions import LEADS
from codesign.core.stream import State
from codesign.core.visibility import role_of
from codesign.settings import Settings
from codesign.store import rehearsals, retention, workshops
from codesign.store.deletion import scrub_deleted
from codesign.store.disk import make_folder, sync_folder
from codesign.store.retention import Ending, Kept
from codesign.store.workshops import Workshop
from codesign.web.access import state_of
from codesign.web.archiving import write_archive
from codesign.web.house import House
from codesign.web.report_sources import READER, Reader
from codesign.web.rounds import repeat
from codesign.web.taking_away import take_away

log = logging.getLogger(__name__)

DAY_MS = 24 * 60 * 60_000
#: From how many days before it is warned on every page of it, and how soon it can be at the earliest.
WARNED_DAYS, LEAST_DAYS, MOST_DAYS = 30, 7, 3650
ARCHIVE_DAYS = 30
#: Seconds after the start, and between two looks.
FIRST, EVERY = 60.0, 60 * 60.0


async def look_hourly(house: House) -> None:
    await repeat(lambda: look(house), FIRST, EVERY, "what is over was not cleared")


async def look(house: House) -> None:
    """What is over ends; what cannot yet is tried again with the next look, and holds nothing else up."""
    now = house.now()
    for one in await retention.over(house.database, now):
        try:
            await end_programme(house, one)
        except Exception as error:
            log.warning("a programme could not end, and is kept on: %s", type(error).__name__)
            await retention.say_failed(house.database, one, now)
    for id in await retention.archives_over(house.database, now):
        try:
            await drop_archive(house, id)
        except Exception as error:
            log.warning("an archive that is over was not cleared: %s", type(error).__name__)


async def end_programme(house: House, over: Kept) -> None:
    programme, database = over.programme, house.database
    title = await workshops.programme_title(database, programme) or ""
    ended = await retention.ended_at(database, programme)
    rows = await workshops.workshops_in(database, programme, limit=None)
    if ended is not None:  # one that was opened since is in no archive, and stays
        rows = [row for row in rows if row.created <= ended]
    states = {row.id: await state_of(house, f"workshop:{row.id}") or State() for row in rows}
    led = await retention.accounts_in(database, programme)
    readers = _leaders_of_all(led, states)
    if ended is None:
        if not readers:
            raise LookupError("nobody leads all of it, so that nobody could have its archive")
        # One of a look that was broken off says too little by now.
        await drop_files(house, programme)
        await _write_archives(house, programme, rows, states)
    ending = Ending(
        id=programme,
        ended=house.now(),
        totals=await _totals(house, programme, states),
        title=title,
        kept_until=house.now() + ARCHIVE_DAYS * DAY_MS,
    )
    if not await retention.begin_ending(database, ending, over.until, readers, states):
        await drop_files(house, programme)
        return
    for row in rows:
        if copy := await rehearsals.rehearsal_of(database, row.id):
            await house.rehearsals.end(copy.workshop)
        await take_away(house, row.id)
    await scrub_deleted(database)


async def drop_archive(house: House, id: str) -> None:
    await drop_files(house, id)
    await retention.forget_archive(house.database, id)
    await scrub_deleted(house.database)


async def drop_files(house: House, programme: str) -> None:
    folder = folder_of(house.settings, programme)
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
    if folder.exists():
        raise OSError("files of an archive are still there")


def folder_of(settings: Settings, programme: str) -> Path:
    return settings.data / "archives" / programme


def archive_of(settings: Settings, programme: str) -> Path:
    return folder_of(settings, programme) / "archive.zip"


def _leaders_of_all(led: list[tuple[str, str, str]], states: Mapping[str, State]) -> set[str]:
    """Accounts that lead each workshop: the archive has all of them, so that it is for nobody who leads but some.

    Whoever owns one without having come in has no person in it.
    """
    pairs = {
        (id, who)
        for id, who, person in led
        if not person or role_of(person, states.get(id)) in LEADS
    }
    return {who for _, who in pairs if all((id, who) in pairs for id in states)}


async def _write_archives(
    house: House, programme: str, rows: list[Workshop], states: dict[str, State]
) -> None:
    """One file with a file for each workshop. Whole, or not there."""
    whole = archive_of(house.settings, programme)
    parts = whole.parent / "parts"
    await asyncio.to_thread(make_folder, parts)
    for at, row in enumerate(rows, 1):
        if "board" in states[row.id].fields:  # else it was never opened, and nobody was in it
            out = parts / f"workshop-{at:02}.codesign.zip"
            await write_archive(house, _leader(row, states[row.id]), out, "en", closed=True)
    await asyncio.to_thread(_put_together, parts, whole)


def _put_together(parts: Path, whole: Path) -> None:
    draft = whole.with_suffix(".part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
        for part in sorted(parts.iterdir()):
            archive.write(part, part.name)
    draft.chmod(0o600)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(whole)
    shutil.rmtree(parts)
    sync_folder(whole.parent)


def _leader(row: Workshop, state: State) -> Reader:
    """As whoever leads it would take it home; maybe nobody does any more."""
    with_reader = State(dict(state.fields), dict(state.items))
    with_reader.put({"id": READER, "kind": "person", "role": "owner", "name": ""})
    return Reader(row.id, with_reader, READER, names=True)


async def _totals(house: House, programme: str, states: dict[str, State]) -> dict[str, int]:
    found = Counter({"workshops": len(states)})
    for state in states.values():
        found["people"] += state.count_of("person")
        for board in state.of_kind("board"):
            items = await state_of(house, f"board:{board['id']}")
            found["notes"] += items.count_of("note") if items else 0
    register = await state_of(house, f"register:{programme}")
    if register is not None:
        found["records"] = sum(1 for one in register.all() if one["kind"] != "line")
    return dict(found)
