"""Who may call what: every route with everyone who might try, also with ids that are not theirs (P4)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from codesign.app import routes
from codesign.store import workshops
from codesign.web.csrf import form_token
from codesign.web.given import make_links
from codesign.web.opening import Opened
from codesign.web.routes import ROUTES, Entry
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk, walking

#: Routes that are no pages, each tested with its own module. A new one has to be added here, with a thought.
MACHINES = {"healthz", "readyz", "metrics"}
API = {"api_openapi", "api_workshops"}
API |= {"api_report", "api_notes", "api_votes", "api_records", "api_actions"}
ELSEWHERE = {"static", "socket", "ticket", "line", "line_talk", "stream"} | MACHINES | API
PASSED, SIGN_IN, UNKNOWN = "passed", "sign in", "unknown"
#: What the guard says to whom: (who may) -> (who asks) -> answer.
EXPECTED = {
    "anyone": {who: PASSED for who in ("stranger", "guest", "other_guest", "lead", "other_lead")},
    "account": {
        "stranger": SIGN_IN,
        "guest": SIGN_IN,
        "other_guest": SIGN_IN,
        "lead": PASSED,
        "other_lead": PASSED,
    },
    "leader": {
        "stranger": SIGN_IN,
        "guest": SIGN_IN,
        "other_guest": SIGN_IN,
        "lead": PASSED,
        "other_lead": PASSED,
    },
    "lead": {
        "stranger": SIGN_IN,
        "guest": SIGN_IN,
        "other_guest": SIGN_IN,
        "lead": PASSED,
        "other_lead": UNKNOWN,
    },
    "programme": {
        "stranger": SIGN_IN,
        "guest": SIGN_IN,
        "other_guest": SIGN_IN,
        "lead": PASSED,
        "other_lead": UNKNOWN,
    },
    "person": {
        "stranger": UNKNOWN,
        "guest": PASSED,
        "other_guest": UNKNOWN,
        "lead": PASSED,
        "other_lead": UNKNOWN,
    },
}
CASES = [
    pytest.param(entry, method, id=f"{method} {entry.path}")
    for entry in ROUTES
    for method, page in (("GET", entry.get), ("POST", entry.post))
    if page
]


@dataclass
class Cast:
    walk: Walk
    opened: Opened
    person: str
    browsers: dict[str, Browser]
    programme: str


@pytest.fixture(scope="module")
async def cast(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cast]:
    """One for all these tests: what they change is not what they look at."""
    async with walking(tmp_path_factory.mktemp("access")) as walk:
        yield await gather(walk)


async def gather(walk: Walk) -> Cast:
    lead, other_lead = await walk.facilitator("Elira"), await walk.facilitator("Ilir")
    opened, other = await walk.workshop(lead), await walk.workshop(other_lead)
    at = {"type": "set_desk", "starts": walk.house.now()}  # else there is nothing for a calendar
    await walk.house.rooms.ask(f"desk:{opened.workshop}", at, product=True)
    browsers = {
        "stranger": walk.browser(),
        "guest": await walk.guest(opened),
        "other_guest": await walk.guest(other),
        "lead": lead,
        "other_lead": other_lead,
    }
    row = await workshops.workshop(walk.house.database, opened.workshop)
    assert row is not None
    return Cast(walk, opened, await walk.person(opened, "Tamar"), browsers, row.programme)


async def test_every_route_is_in_the_table_or_in_the_list_of_those_elsewhere() -> None:
    named = {route.name for route in routes()}
    assert named == {entry.name for entry in ROUTES} | ELSEWHERE


def test_every_page_says_who_may_call_it_and_has_its_own_name() -> None:
    assert all(entry.who in EXPECTED for entry in ROUTES)
    assert len({entry.name for entry in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize(("entry", "method"), CASES)
async def test_the_guard_answers_as_the_table_says_and_not_whether_it_is_there(
    cast: Cast, entry: Entry, method: str
) -> None:
    walk, found = cast.walk, cast
    (link,) = await make_links(walk.house, found.opened.workshop, "observer", [None])
    path = _path(
        entry,
        found.opened.workshop,
        found.opened.board,
        found.person,
        link.id,
        programme=found.programme,
    )
    random = _path(entry, make_id(), make_id(), make_id(), programme=make_id())
    for who, browser in found.browsers.items():
        if entry.name in ("leave", "sign_out") and who != "stranger":
            continue  # would send away those who are asked after
        mine = await _ask(walk, browser, method, path)
        assert _said(mine, path) == EXPECTED[entry.who][who], who
        if _is_somebodys(entry) and EXPECTED[entry.who][who] != PASSED:
            none = await _ask(walk, browser, method, random)
            assert (mine[0], _without_ids(mine[1], path)) == (
                none[0],
                _without_ids(none[1], random),
            )
    if _is_somebodys(entry):
        assert (await _ask(walk, found.browsers["lead"], method, random))[0] == 404


@pytest.mark.parametrize(("entry", "method"), [c for c in CASES if c.values[1] == "POST"])
async def test_no_form_is_taken_without_its_token(cast: Cast, entry: Entry, method: str) -> None:
    walk, found = cast.walk, cast
    path = _path(
        entry, found.opened.workshop, found.opened.board, found.person, programme=found.programme
    )
    before = _told(await walk.state(found.opened))
    answer = await found.browsers["lead"].http.post(
        path, data={"do": "remove", "door": "closed"}, headers={"origin": "http://board.test"}
    )
    assert answer.status_code in (303, 307, 400, 403, 404, 422)
    assert _told(await walk.state(found.opened)) == before


def _told(state: object) -> object:
    return (dict(state.fields), dict(state.items))  # type: ignore[attr-defined]


def _path(
    entry: Entry, workshop: str, board: str, person: str, link: str = "x" * 22, *, programme: str
) -> str:
    ids = {
        "workshop": workshop,
        "board": board,
        "person": person,
        "token": "x" * 22,
        "vote": "x" * 22,
        "seating": "x" * 22,
        "link": link,
        "given": "x" * 22,
        "ending": "x" * 22,
    }
    ids |= {"form": "csv", "file": "x" * 22, "method": "notes"}
    ids |= {
        "shared": workshop,
        "picture": board,
        "playbook": "digital-services-codesign",
        "logo": "x" * 22,
    }
    ids |= {"programme": programme, "document": "action-plan"}
    return entry.path.format_map(ids)


def _is_somebodys(entry: Entry) -> bool:
    nobodys = entry.who in ("anyone", "leader") or entry.name == "start_playbook"
    return "{" in entry.path and not nobodys


def _said(answer: tuple[int, str], path: str) -> str:
    status, location = answer
    if status == 303 and "/sign-in" in location:
        return SIGN_IN
    tokened = any(
        part in path
        for part in ("/join/", "/return/", "/sign-in/", "/files/", "/r/", "/lobby/", "/endings/")
    )
    return UNKNOWN if status == 404 and not tokened else PASSED


async def _ask(walk: Walk, browser: Browser, method: str, path: str) -> tuple[int, str]:
    if method == "GET":
        answer = await browser.http.get(path)
    else:
        key = browser.http.cookies.get("codesign_session") or browser.http.cookies.get(
            "codesign_form", ""
        )
        fields = {"form_token": form_token(walk.house.secret, key), "name": "Tamar"}
        answer = await browser.http.post(path, data=fields, headers={"origin": "http://board.test"})
    return answer.status_code, answer.headers.get("location", "")


def _without_ids(location: str, path: str) -> str:
    return location.replace(path, "…")
