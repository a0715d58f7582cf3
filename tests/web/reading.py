"""Another program that reads: the token somebody who leads makes for it, and what it asks."""

from __future__ import annotations

import re
from typing import Any

import httpx2 as httpx

from tests.web.browsing import Browser, Walk


async def made(lead: Browser, page: str, *rights: str, **more: str) -> str:
    """As a facilitator makes one on the page of a workshop or a programme: the token stands in the answer."""
    await lead.get(page)
    fields: dict[str, Any] = {"label": "The city's page", "days": "7", "right": list(rights)}
    answer = await lead.post(f"{page}/tokens", **{**fields, **more})
    found = re.search(r'id="new-token" value="(cs_[\w-]{40,})"', answer.text)
    assert found is not None, answer.text
    return found[1]


async def read(walk: Walk, path: str, token: str = "", **query: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return await walk.browser().http.get(f"/api/v1/{path}", headers=headers, params=query)
