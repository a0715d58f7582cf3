"""One server and one board for each walk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.boards import Hall, hall_of


@pytest.fixture
async def hall(tmp_path: Path, new_context: Any) -> AsyncIterator[Hall]:
    async with hall_of(tmp_path, new_context) as found:
        yield found
