"""Once a day the pictures nobody sees any more are cleared away, beside everything else."""

from __future__ import annotations

from codesign.store import pictures
from codesign.web.files import folder_of
from codesign.web.house import House
from codesign.web.rounds import repeat

#: Seconds after the start, so that a server which starts has nothing else to do, and between two rounds.
FIRST, EVERY = 10 * 60.0, 24 * 60 * 60.0


async def sweep_daily(house: House) -> None:
    await repeat(lambda: sweep_once(house), FIRST, EVERY, "unused pictures were not cleared")


async def sweep_once(house: House) -> None:
    folder = folder_of(house.settings)
    await pictures.sweep(house.database, house.journal, folder, house.now())
