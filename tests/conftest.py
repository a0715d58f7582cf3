"""What all tests share: services, a browser, and which tests run when. What they start is in services.py."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import hypothesis
import pytest

from tests.services import NotAvailable, Postgres, Valkey, running

Service = TypeVar("Service", Postgres, Valkey)

# `dev.py test` sets it: there a missing service is a failure. Someone who runs pytest by hand gets a skip.
SERVICES_REQUIRED = os.environ.get("CODESIGN_REQUIRE_SERVICES") == "1"

# The same examples every time, so that a red run is always about the change at hand; the long run looks for new ones.
hypothesis.settings.register_profile("quick", deadline=None, derandomize=True)
hypothesis.settings.register_profile("long", deadline=None, max_examples=1000, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked `long`, too")


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile("long" if _long_too(config) else "quick")


def pytest_collection_finish() -> None:
    """What was imported stays until the end: from now on collections pass over it."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if _long_too(config):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _long_too(config: pytest.Config) -> bool:
    asked = config.getoption("--long") or os.environ.get("CODESIGN_LONG") == "1"
    return bool(asked) or "long" in config.getoption("-m")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server per test worker; 0.6 s."""
    with running(_or_skip(Postgres)) as service:
        yield service


@pytest.fixture
async def pg_url(postgres: Postgres) -> AsyncIterator[str]:
    """A PostgreSQL database for one test."""
    async with postgres.database() as url:
        yield url


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    """One server per test worker; 0.1 s."""
    with running(_or_skip(Valkey)) as service:
        yield service


@pytest.fixture
async def redis_url(valkey: Valkey) -> AsyncIterator[str]:
    """An empty Valkey for one test."""
    import redis.asyncio as redis

    yield valkey.url
    async with redis.from_url(valkey.url) as client:
        await client.flushall()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/codesign.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def any_database_url(request: pytest.FixtureRequest) -> str:
    """An empty database for one test, which runs once on each kind."""
    name = {"sqlite": "sqlite_url", "postgresql": "pg_url"}[request.param]
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a host begins: nothing is set, and the data will lie in `data` of this folder, where commands are typed."""
    for name in os.environ:
        if name.startswith("CODESIGN_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    monkeypatch.setenv("CODESIGN_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's Chromium (the one Playwright would download is not had everywhere), kept from phoning home."""
    # The shell has no windows to draw, and is a third quicker.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CODESIGN_CHROMIUM") or next(
        filter(None, map(shutil.which, names)), None
    )
    return {
        **browser_type_launch_args,
        **({"executable_path": found} if found else {}),
        # Root and most containers cannot have it, and the only pages opened here are our own.
        "chromium_sandbox": False,
        "args": [
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


def _or_skip(make: Callable[[], Service]) -> Service:
    try:
        return make()
    except NotAvailable as missing:
        if SERVICES_REQUIRED:
            raise
        pytest.skip(str(missing))
