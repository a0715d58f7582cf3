"""The socket as browsers meet it: a real server, real frames, real closes (protocol 6)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.builders import ANNA, BORIS
from tests.live.hall import a_note
from tests.web.served import Served, serving


@pytest.fixture(params=["our protocol", "plain ASGI"])
async def served(request: pytest.FixtureRequest) -> AsyncIterator[Served]:
    """Both bodies of the wire: the raw transport, and what any ASGI server offers."""
    config = {} if request.param == "our protocol" else {"ws": "websockets-sansio"}
    async with serving(**config) as served:
        yield served


async def test_an_edit_reaches_the_asker_as_ack_and_changes_and_others_as_changes(
    served: Served,
) -> None:
    async with served.page(ANNA) as anna, served.page(BORIS) as boris:
        await anna.ask(a_note("one", "Buses"))
        ack = await anna.hear()
        told = await anna.hear()
        assert (ack["type"], ack["n"], ack["seq"]) == ("ack", 1, 2)
        assert (told["type"], told["from"], told["to"]) == ("changes", 2, 2)
        assert await boris.hear() == told
