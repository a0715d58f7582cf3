"""The services themselves: that a test gets what it asks for, empty and its own."""

from __future__ import annotations

import asyncpg
import pytest
import redis.asyncio as redis
from playwright.async_api import Page
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.services import Postgres, Valkey, running, serve


@pytest.mark.parametrize("again", [1, 2])
async def test_each_test_has_a_database_of_its_own(any_database_url: str, again: int) -> None:
    engine = create_async_engine(any_database_url)
    async with engine.begin() as db:
        await db.execute(text("create table note (text varchar(20))"))
        await db.execute(text("insert into note values ('ნდობა')"))
        assert (await db.execute(text("select text from note"))).scalars().all() == ["ნდობა"]
    await engine.dispose()


@pytest.mark.parametrize("again", [1, 2])
async def test_each_test_has_an_empty_valkey(redis_url: str, again: int) -> None:
    async with redis.from_url(redis_url) as client:
        assert await client.keys() == []
        await client.set("a", "1")


async def test_postgres_keeps_its_data_over_a_kill() -> None:
    with running(Postgres(durable=True)) as service:
        db = await asyncpg.connect(host=str(service.folder), user="postgres")
        await db.execute("create table note (text text); insert into note values ('kept')")
        await db.close()
        service.kill()
        service.start()
        db = await asyncpg.connect(host=str(service.folder), user="postgres")
        assert await db.fetchval("select text from note") == "kept"
        await db.close()
    assert not service.folder.exists()


async def test_valkey_comes_back_after_a_kill_at_the_same_address() -> None:
    with running(Valkey()) as service:
        for _ in range(2):
            async with redis.from_url(service.url) as client:
                assert await client.dbsize() == 0
            service.kill()
            service.start()
    assert not service.folder.exists()


async def test_the_browser_opens_a_page_of_a_server_in_the_same_loop(page: Page) -> None:
    async def hello(request: object) -> HTMLResponse:
        return HTMLResponse("<title>Добро дошли</title>")

    async with serve(Starlette(routes=[Route("/", hello)])) as one, serve(Starlette()) as two:
        assert one != two
        await page.goto(f"http://{one}/")
        assert await page.title() == "Добро дошли"


async def test_a_server_that_cannot_start_says_so() -> None:
    async def lifespan(scope: object, receive: object, send: object) -> None:
        raise RuntimeError("no database")

    with pytest.raises(RuntimeError, match="the server could not start"):
        async with serve(lifespan):
            pass
