"""Taking a workshop away, so that nothing of it is left: in memory, in the database, among the pictures."""

from __future__ import annotations

import asyncio

from codesign.store.deletion import delete_workshop
from codesign.web import files
from codesign.web.house import House


async def take_away(house: House, workshop: str) -> None:
    """Asked again, it does nothing. Whoever asks empties the log after it (`scrub_deleted`)."""
    await house.rooms.take_away(workshop)
    for picture in await delete_workshop(house.database, workshop):
        path = files.path_of(house.settings, picture)
        await asyncio.to_thread(path.unlink, missing_ok=True)
    house.doors.forget(workshop)
    house.wrong_words.forget_workshop(workshop)
    house.reporting.forget()
