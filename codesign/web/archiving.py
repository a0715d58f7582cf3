"""A workshop written into one file, for somebody who leads it or because it is about to go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codesign.core.visibility import may_follow
from codesign.results.worker import Work
from codesign.store import attendance, reports
from codesign.web import report_sources as sources
from codesign.web.house import House
from codesign.web.report_sources import Reader


async def write_archive(
    house: House, reader: Reader, out: Path, lang: str, *, closed: bool
) -> None:
    """What the reader may follow of it, as it stands now. Raises WorkError."""
    workshop = reader.workshop
    streams, snapshots = await _streams(house, reader, closed=closed)
    stays = await attendance.stays_of(house.database, workshop)
    values = {
        "title": str(reader.state.fields.get("title", "")),
        "lang": lang,
        "day": sources.today(house),
        "names": reader.names,
        "streams": streams,
        "files": await sources.files_of(house, workshop),
        "plan": (await reports.report(house.database, workshop)).plan,
        # Who is there now was there until now.
        "attendance": [(one.person, one.came, one.went or house.now()) for one in stays],
        "out": str(out),
    }
    await house.workers.run("archive", Work(values, snapshots))


async def _streams(
    house: House, reader: Reader, *, closed: bool
) -> tuple[list[dict[str, Any]], list[bytes]]:
    """No lane, no inbox."""
    programme, workshop = reader.state.fields.get("programme"), reader.workshop
    wanted = [f"workshop:{workshop}", f"desk:{workshop}"]
    wanted += [f"board:{board}" for board in sources.boards_of(reader)]
    wanted += [f"register:{programme}"] + ([f"closed:{programme}"] if closed else [])
    about, bodies = list[dict[str, Any]](), list[bytes]()
    for stream in wanted:
        if not may_follow(reader.person, stream, reader.state):
            continue
        snapshot, found = await house.rooms.snapshot(stream), await house.rooms.state(stream)
        if snapshot is not None and found is not None and snapshot.seq:
            dropped = sorted(found[1].dropped)
            about.append({"stream": stream, "seq": snapshot.seq, "dropped": dropped})
            bodies.append(snapshot.body)
    return about, bodies
