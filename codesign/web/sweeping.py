"""Once a day the pictures nobody sees any more are cleared away, beside everything else."""

from __future__ import annotations

import asyncio
import logging

from codesign.store import pictures
from codesign.web.files import folder_of
from codesign.web.house import House

log = logging.getLogger(__name__)

#: Seconds after the start, so that a server which starts has nothing else to do, and between two rounds.
FIRST, EVERY = 10 * 60.0, 24 * 60 * 60.0


async def sweep_daily(house: House) -> None:
    """Until cancelled. A round that fails is made up for by the next."""
    wait = FIRST
    while True:
        await asyncio.sleep(wait)
        wait = EVERY
        try:
            await sweep_once(house)
        except Exception as error:
            log.warning("unused pictures were not cleared: %s", type(error).__name__)


async def sweep_once(house: House) -> None:
    folder = folder_of(house.settings)
    await pictures.sweep(house.database, house.journal, folder, house.now())
