"""A hall whose server ends in the middle and begins again at the same address, on the same data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from codesign.app import create_app
from codesign.settings import Settings
from tests.e2e.boards import Hall, MovedClock
from tests.services import own_port, serve
from tests.store.prepared import lay_sqlite


class Restarting(Hall):
    folder: Path
    stack: AsyncExitStack

    async def begin(self) -> None:
        settings = Settings(
            data=self.folder, secret=SecretStr("a secret that only tests have, long enough")
        )
        self.app = create_app(settings, clock=self.clock)
        self.stack = AsyncExitStack()
        address = await self.stack.enter_async_context(serve(self.app, own_port()))
        self.url = f"http://{address}"

    async def restart(self) -> None:
        await self.stack.aclose()
        await self.begin()


@asynccontextmanager
async def restarting_hall(folder: Path, new_context: Any) -> AsyncIterator[Restarting]:
    hall = Restarting("", None, new_context, MovedClock())  # type: ignore[arg-type]
    hall.folder = folder
    lay_sqlite(folder / "codesign.db")
    await hall.begin()
    await hall.open()
    try:
        yield hall
    finally:
        await hall.stack.aclose()
