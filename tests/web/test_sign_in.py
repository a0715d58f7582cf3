"""One-time links, passwords, sessions (P13)."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Awaitable, Callable

import pytest
from argon2 import PasswordHasher

from codesign.store import people, workshops
from codesign.web import sign_in
from codesign.web.demo import load_demo
from codesign.web.first_run import first_run
from codesign.web.links import hash_token
from tests.web.browsing import Browser, Walk, path_of

PASSWORD = "three plain words"


@pytest.fixture(autouse=True)
def a_hash_costs_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty guesses at full price are ten seconds; what each costs is the library's own choice, and left to it."""
    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    monkeypatch.setattr(sign_in, "_hasher", cheap)


async def with_password(walk: Walk) -> Browser:
    elira = await walk.facilitator()
    await elira.get("/password")
    assert "Your password is set." in (await elira.post("/password", new=PASSWORD)).text
    return elira


async def sign_in_with(browser: Browser, login: str, password: str) -> int:
    await browser.get("/sign-in")
    return (await browser.post("/sign-in", login=login, password=password)).status_code


async def test_guesses_sent_all_at_once_are_counted_before_they_are_looked_at(walk: Walk) -> None:
    await with_password(walk)
    browser = walk.browser(address="192.0.2.9")
    await browser.get("/sign-in")
    guesses = [browser.post("/sign-in", login="Elira Hoxha", password="guess") for _ in range(30)]
    answers = [answer.status_code for answer in await asyncio.gather(*guesses)]
    assert (answers.count(422), answers.count(429)) == (20, 10)


async def test_right_passwords_are_no_guesses(walk: Walk) -> None:
    await with_password(walk)
    for _ in range(25):
        assert await sign_in_with(walk.browser(), "Elira Hoxha", PASSWORD) == 303


async def test_the_first_start_prints_a_link_that_makes_the_server_somebodys(walk: Walk) -> None:
    first = await first_run(walk.house, demo=True)
    assert first.address is None
    browser = walk.browser()
    await browser.get(first.link)
    assert "This server is yours." in browser.text
    assert (await browser.post(first.link, name="  ")).status_code == 422
    assert (await browser.post(first.link, name="Elira", email="no address")).status_code == 422
    assert path_of(await browser.post(first.link, name="Elira Hoxha")) == "/"
    home = await browser.get("/")
    assert "Elira" in browser.text
    assert "Getting around Kutaisi without a car" in home.text


async def test_a_one_time_link_works_once_and_for_a_day(walk: Walk) -> None:
    elira = await walk.facilitator()
    assert elira.account is not None
    token = await sign_in.make_link(walk.house, elira.account.id)
    browser, second = walk.browser(), walk.browser()
    await browser.get(f"/sign-in/{token}")
    await second.get(f"/sign-in/{token}")
    assert path_of(await browser.post(f"/sign-in/{token}")) == "/"
    assert (await second.post(f"/sign-in/{token}")).status_code == 404
    late = await sign_in.make_link(walk.house, elira.account.id)
    walk.clock.ms += sign_in.LINK_MS
    page = await walk.browser().get(f"/sign-in/{late}")
    assert page.status_code == 404
    assert "This link has been used, or is too old." in page.text


async def test_looking_at_a_link_does_not_use_it_up(walk: Walk) -> None:
    first = await first_run(walk.house, demo=False)
    for _ in range(3):
        assert (await walk.browser().get(first.link)).status_code == 200


async def test_name_or_address_and_password_sign_in_whatever_the_case(walk: Walk) -> None:
    elira = await with_password(walk)
    assert elira.account is not None
    await people.name_account(walk.house.database, elira.account.id, "Elira Hoxha", "e@kutaisi.ge")
    for login in ("elira hoxha", "E@Kutaisi.ge"):
        assert await sign_in_with(walk.browser(), login, PASSWORD) == 303
    assert await sign_in_with(walk.browser(), "Elira Hoxha", PASSWORD + "x") == 422
    assert await sign_in_with(walk.browser(), "Nobody", PASSWORD) == 422
    assert await sign_in_with(walk.browser(), "", "") == 422


async def test_ten_minutes_rest_after_twenty_wrong_passwords(walk: Walk) -> None:
    await with_password(walk)
    guesser = walk.browser(address="198.51.100.7")
    for _ in range(20):
        assert await sign_in_with(guesser, "Elira Hoxha", "wrong wrong wrong") == 422
    assert await sign_in_with(guesser, "Elira Hoxha", PASSWORD) == 429
    walk.clock.ms += 10 * 60 * 1000 + 1
    assert await sign_in_with(guesser, "Elira Hoxha", PASSWORD) == 303


async def test_the_session_is_new_after_signing_in_and_the_seats_come_along(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest = await walk.guest(opened)
    before = guest.http.cookies["codesign_session"]
    elira = await walk.facilitator()
    assert elira.account is not None
    token = await sign_in.make_link(walk.house, elira.account.id)
    await guest.get(f"/sign-in/{token}")
    await guest.post(f"/sign-in/{token}")
    after = guest.http.cookies["codesign_session"]
    assert after != before
    now = walk.clock.now()
    assert await people.session(walk.house.database, hash_token(before), now) is None
    assert (await guest.get(f"/b/{opened.board}")).status_code == 200


async def test_signing_out_ends_the_session(walk: Walk) -> None:
    elira = await walk.facilitator()
    token = elira.http.cookies["codesign_session"]
    await elira.get("/")
    assert path_of(await elira.post("/sign-out")) == "/"
    now = walk.clock.now()
    assert await people.session(walk.house.database, hash_token(token), now) is None
    assert path_of(await elira.get("/password")) == "/sign-in"


async def test_sessions_end_a_month_after_they_were_last_used(walk: Walk) -> None:
    elira = await walk.facilitator()
    for _ in range(3):
        walk.clock.ms += 29 * 24 * 60 * 60 * 1000
        assert (await elira.get("/password")).status_code == 200
    walk.clock.ms += 31 * 24 * 60 * 60 * 1000
    assert path_of(await elira.get("/password")) == "/sign-in"


async def test_a_new_password_wants_the_old_one_unless_one_has_just_signed_in(walk: Walk) -> None:
    elira = await with_password(walk)
    await elira.get("/password")
    assert 'name="old"' not in elira.page
    walk.clock.ms += sign_in.FRESH_MS
    await elira.get("/password")
    assert (await elira.post("/password", new="other plain words", old="?")).status_code == 422
    answer = await elira.post("/password", new="other plain words", old=PASSWORD)
    assert "Your password is set." in answer.text
    assert await sign_in_with(walk.browser(), "Elira Hoxha", PASSWORD) == 422


async def test_short_passwords_are_refused(walk: Walk) -> None:
    elira = await walk.facilitator()
    await elira.get("/password")
    assert (await elira.post("/password", new="short")).status_code == 422


async def test_after_signing_in_one_is_where_one_wanted_to_go_and_never_elsewhere(
    walk: Walk,
) -> None:
    await with_password(walk)
    browser = walk.browser()
    asked = await browser.get("/workshops/new")
    assert asked.headers["location"].endswith("/sign-in?next=/workshops/new")
    await browser.get("/sign-in?next=/workshops/new")
    answer = await browser.post("/sign-in", login="Elira Hoxha", password=PASSWORD)
    assert path_of(answer) == "/workshops/new"
    for bad in ("//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "evil"):
        stranger = walk.browser()
        await stranger.get("/sign-in")
        await stranger.post("/sign-in", login="Elira Hoxha", password=PASSWORD, next=bad)
        answer = await stranger.get("/sign-in")
        assert answer.headers["location"] == "http://board.test/", bad


async def test_a_password_is_kept_as_argon2(walk: Walk) -> None:
    elira = await with_password(walk)
    assert elira.account is not None
    account = await people.account(walk.house.database, elira.account.id)
    assert account is not None
    assert (account.password_hash or "").startswith("$argon2id$")


async def test_the_demo_is_loaded_once_and_becomes_the_first_accounts(walk: Walk) -> None:
    id = await load_demo(walk.house)
    assert await load_demo(walk.house) == id
    first = await first_run(walk.house, demo=True)
    browser = walk.browser()
    await browser.get(first.link)
    await browser.post(first.link, name="Elira")
    row = await workshops.workshop(walk.house.database, id)
    account = await people.first_account(walk.house.database)
    assert row is not None
    assert account is not None
    assert row.owner_account == account.id
    state = await walk.house.rooms.state(f"workshop:{id}")
    assert state is not None
    board = await walk.house.rooms.state(f"board:{state[1].fields['board']}")
    assert board is not None
    notes = list(board[1].of_kind("note"))
    assert len(notes) == 23
    assert {note["lang"] for note in notes} == {"ka", "uk", "ro", "sr-Cyrl", "sq", "mk", "bs", "en"}
    assert board[1].fields["question/ka"].startswith("რა უშლის")


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities of their own there")
async def test_whoever_writes_goes_before_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    async def priority_at(work: Callable[[], Awaitable[object]]) -> int:
        class Hasher:
            def hash(self, password: str) -> str:
                seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
                return password

        seen: list[int] = []
        monkeypatch.setattr(sign_in, "_hasher", Hasher())
        await work()
        return seen[0]

    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert await priority_at(lambda: sign_in.hash_password("three plain words")) > own
    assert await priority_at(lambda: sign_in.verify(None, "three plain words")) > own
