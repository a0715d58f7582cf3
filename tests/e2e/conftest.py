"""One server and one board for each walk; pages of the browser go from walk to walk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.e2e.boards import Hall, hall_of
from tests.e2e.pages import PASSED, Pages, has_passed


@pytest.fixture(scope="session")
async def pages(browser: Browser) -> Pages:
    return Pages(browser)


@pytest.fixture
async def hall(
    tmp_path: Path, new_context: Any, pages: Pages, request: pytest.FixtureRequest
) -> AsyncIterator[Hall]:
    async with hall_of(tmp_path, new_context) as found:
        found.pages = pages
        yield found
        await pages.give_back(found.url, again=has_passed(request.node))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
    return report
