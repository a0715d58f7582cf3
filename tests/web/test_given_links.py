"""Links for a role or a table: what they make of whoever opens them, and that nobody makes one from another."""

from __future__ import annotations

import re
from html import unescape

import pytest

from codesign.core.items import sits_key
from codesign.store import links
from codesign.web.links import ROLES, hash_token
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.web.browsing import Browser, Walk, path_of


async def with_tables(walk: Walk, opened: Opened, owner: str, count: int = 2) -> list[str]:
    """The ids of tables that are open."""
    seating, tables = make_id(), [make_id() for _ in range(count)]
    made = {
        "type": "make_tables",
        "id": seating,
        "template": opened.board,
        "tables": [{"id": table, "board": make_id()} for table in tables],
    }
    stream = f"workshop:{opened.workshop}"
    for op in (made, {"type": "open_tables", "id": seating}):
        answer = await walk.house.rooms.ask(stream, op, person=owner)
        assert not hasattr(answer, "code"), answer
    await walk.house.rooms.settle()
    return tables


def addresses(browser: Browser) -> list[str]:
    found = re.findall(r'id="given-[^"]*" value="([^"]*)"', browser.page)
    return ["/join/" + unescape(address).rpartition("/")[2] for address in found]


async def joined(walk: Walk, path: str, opened: Opened, name: str) -> Browser:
    browser = walk.browser()
    await browser.get(path)
    path_of(await browser.post(path, name=name, city=opened.cities[0]))
    return browser


async def test_what_came_of_a_link_stays_in_sight(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    page = f"/workshops/{opened.workshop}"
    asks = {"origin": "http://board.test", "HX-Request": "true"}
    await elira.get(page)
    assert '<details class="fold" id="given">' in elira.page
    form = elira.hidden()
    made = await elira.http.post(f"{page}/links", data={**form, "role": "observer"}, headers=asks)
    assert '<details class="fold" id="given" open>' in made.text
    (link,) = await links.links_of(walk.house.database, opened.workshop)
    ended = await elira.http.post(f"{page}/links/{link.id}", data=form, headers=asks)
    assert '<details class="fold" id="given" open>' in ended.text


async def test_a_link_is_made_for_each_role_and_says_what_it_makes_of_you(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    page = f"/workshops/{opened.workshop}"
    await elira.get(page)
    for role in ROLES:
        assert path_of(await elira.post(f"{page}/links", role=role)) == page
        walk.clock.ms += 1_000
    await elira.get(page)
    assert len(addresses(elira)) == len(set(addresses(elira))) == len(ROLES)
    for role, path in zip(ROLES, addresses(elira), strict=True):
        browser = await joined(walk, path, opened, role)
        item = (await walk.state(opened)).get(await walk.person(opened, role))
        assert item is not None
        assert item["role"] == role
        leads = (await browser.get(page)).status_code == 200
        assert leads == (role == "co-facilitator")
    stranger = walk.browser()
    await stranger.get(addresses(elira)[0])
    assert "You read along. You do not write or vote." in stranger.text


@pytest.mark.parametrize("fields", [{"role": "owner"}, {"role": "facilitator"}, {}])
async def test_no_link_makes_an_owner(walk: Walk, fields: dict[str, str]) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await elira.get(f"/workshops/{opened.workshop}")
    answer = await elira.post(f"/workshops/{opened.workshop}/links", **fields)
    assert answer.status_code == 409
    await elira.get(f"/workshops/{opened.workshop}")
    assert addresses(elira) == []


async def test_a_link_that_is_ended_lets_nobody_in_and_takes_nobody_out(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    page = f"/workshops/{opened.workshop}"
    paths = [await walk.join_path(opened, "observer")]
    walk.clock.ms += 1_000
    paths.append(await walk.join_path(opened, "observer"))
    nino = await joined(walk, paths[0], opened, "Nino")
    await elira.get(page)
    ends = re.findall(r'hx-post="([^"]*/links/[^"]*)"', elira.page)
    await elira.post(ends[0])
    status = [(await walk.browser().get(path)).status_code for path in paths]
    assert status == [404, 200]
    assert (await nino.get(f"/b/{opened.board}")).status_code == 200


async def test_nobody_ends_a_link_of_another_workshop(walk: Walk) -> None:
    opened = await walk.workshop(await walk.facilitator())
    path = await walk.join_path(opened, "observer")
    mine = await walk.workshop(ilir := await walk.facilitator("Ilir"))
    (link,) = await links.links_of(walk.house.database, opened.workshop)
    await ilir.get(f"/workshops/{mine.workshop}")
    await ilir.post(f"/workshops/{mine.workshop}/links/{link.id}")
    assert (await walk.browser().get(path)).status_code == 200
    assert (await ilir.get(f"/workshops/{mine.workshop}/links/{link.id}")).status_code == 404


async def test_a_link_to_a_table_seats_whoever_joins_by_it(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    owner = await walk.person(opened, "Elira Hoxha")
    tables = await with_tables(walk, opened, owner)
    page = f"/workshops/{opened.workshop}"
    await elira.get(page)
    await elira.post(f"{page}/links", role="host", table=tables[1])
    walk.clock.ms += 1_000
    await elira.post(f"{page}/links", role="participant", table="each")
    await elira.get(page)
    host, first, _ = addresses(elira)
    for path, name, table in ((host, "Nino", tables[1]), (first, "Luka", tables[0])):
        await joined(walk, path, opened, name)
        state = await walk.state(opened)
        (seating,) = state.of_kind("seating")
        assert seating[sits_key(await walk.person(opened, name))] == table
    assert (await elira.post(f"{page}/links", role="host", table=make_id())).status_code == 409


async def test_no_link_can_be_made_from_another_one(walk: Walk) -> None:
    """An address says nothing: not the role, not the workshop. What is changed in it opens nothing."""
    opened = await walk.workshop(await walk.facilitator())
    await walk.join_path(opened, "co-facilitator")
    token = (await walk.join_path(opened, "participant")).rpartition("/")[2]
    observer = (await walk.join_path(opened, "observer")).rpartition("/")[2]
    rows = await links.links_of(walk.house.database, opened.workshop)
    leads = next(row for row in rows if row.role == "co-facilitator")
    # What somebody with the database, and without the secret, would try.
    tries = [leads.id, hash_token(leads.id)[:22], hash_token(token)[:22], token[::-1]]
    tries += [token[:11] + observer[11:], observer[:11] + token[11:]]
    tries += [f"{one}{more}" for one in (token, observer) for more in ("?role=co-facilitator",)]
    for tried in tries:
        browser = walk.browser()
        answer = await browser.get(f"/join/{tried}")
        if answer.status_code == 200:  # a query is no part of a link
            assert "Co-facilitator" not in browser.text
        else:
            assert answer.status_code == 404
    for path in (f"/join/{token}", f"/join/{observer}"):
        browser = walk.browser()
        await browser.get(path)
        await browser.post(path, name="Luka", city=opened.cities[0], role="co-facilitator")
        assert (await browser.get(f"/workshops/{opened.workshop}")).status_code != 200


async def test_a_new_link_for_participants_leaves_the_others_as_they_are(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    path = await walk.join_path(opened, "expert")
    await elira.get(f"/workshops/{opened.workshop}")
    await elira.post(f"/workshops/{opened.workshop}/rotate")
    assert (await walk.browser().get(path)).status_code == 200


async def test_the_picture_of_a_link_is_for_those_who_lead(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    path = await walk.join_path(opened, "observer")
    await elira.get(f"/workshops/{opened.workshop}")
    (picture,) = set(re.findall(r'href="([^"]*/links/[^"]*)"', elira.page))
    assert path in (await elira.get(picture)).text
    observer = await joined(walk, path, opened, "Nino")
    assert (await observer.get(picture)).status_code == 303
