"""What a server does by itself now and then, beside everything else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


async def repeat(
    act: Callable[[], Awaitable[object]], first: float, every: float, trouble: str
) -> None:
    """Until cancelled: `first` seconds from now, then `every` so many. A round that fails is made up for by the next.

    `trouble`: what the log says then, with the kind of error and none of its words.
    """
    wait = first
    while True:
        await asyncio.sleep(wait)
        wait = every
        try:
            await act()
        except Exception as error:
            log.warning("%s: %s", trouble, type(error).__name__)
