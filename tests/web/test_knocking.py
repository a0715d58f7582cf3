"""The door that is not simply open: a word, or somebody who lets you in. Who waits hears of nothing inside."""

from __future__ import annotations

import re

import pytest

from codesign.core.rules.door import waiting
from codesign.web import codes
from codesign.web.opening import Opened
from tests.web.browsing import Browser, Walk, path_of

HTMX = {"hx-request": "true"}


async def stand(walk: Walk, lead: Browser, opened: Opened, door: str, **more: str) -> None:
    await lead.get(f"/workshops/{opened.workshop}")
    path_of(await lead.post(f"/workshops/{opened.workshop}/door", door=door, **more))


async def knocked(
    walk: Walk, opened: Opened, name: str = "Nino", role: str = "participant"
) -> Browser:
    browser, path = walk.browser(), await walk.join_path(opened, role)
    await browser.get(path)
    answer = await browser.post(path, name=name, city=opened.cities[0])
    assert path_of(answer) == f"/lobby/{opened.workshop}", browser.text
    return browser


async def let_in(walk: Walk, lead: Browser, opened: Opened, **form: str) -> None:
    await lead.get(f"/workshops/{opened.workshop}")
    path_of(await lead.post(f"/workshops/{opened.workshop}/knocks", **form))


async def at_door(walk: Walk, opened: Opened) -> dict[str, str]:
    """Name -> id."""
    found = await walk.house.rooms.state(f"desk:{opened.workshop}")
    return {one["name"]: one["id"] for one in waiting(found[1])} if found else {}


async def test_who_knocks_is_seen_with_name_and_city_and_is_taken_in_by_itself(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "approve")
    nino = await knocked(walk, opened, role="observer")
    lobby = f"/lobby/{opened.workshop}"
    await nino.get(lobby)
    assert "You are at the door" in nino.text
    assert "Elira sees that you are here" in nino.text
    await elira.get(f"/workshops/{opened.workshop}")
    assert "1 person waits at the door" in elira.text
    assert re.search(r"Nino Kutaisi Observer", elira.text)
    part = await nino.get(lobby, **HTMX)
    assert "data-go" not in part.text
    await let_in(walk, elira, opened, admit=(await at_door(walk, opened))["Nino"])
    part = await nino.get(lobby, **HTMX)
    assert f'href="/b/{opened.board}" data-go' in part.text
    assert path_of(await nino.get(lobby)) == f"/b/{opened.board}"
    assert (await nino.get(f"/b/{opened.board}")).status_code == 200


async def test_who_waits_gets_no_stream_no_page_and_no_socket(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "approve")
    nino = await knocked(walk, opened)
    (person,) = (await at_door(walk, opened)).values()
    programme = (await walk.state(opened)).fields["programme"]
    ids = (f"workshop:{opened.workshop}", f"desk:{opened.workshop}", f"board:{opened.board}")
    for stream in (*ids, f"register:{programme}", f"lane:{opened.board}:1:{person}"):
        assert (await nino.get(f"/streams/{stream}")).status_code == 404
    for page in ("", "/export.csv", "/return-link", "/personas"):
        answer = await nino.get(f"/b/{opened.board}{page}")
        assert path_of(answer) == f"/lobby/{opened.workshop}"
    assert "Elira Hoxha" not in nino.page


async def test_some_and_all_are_let_in_and_nobody_who_was_not_shown(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "approve")
    for name in ("Ana", "Besa", "Ceca", "Dita"):
        await knocked(walk, opened, name)
        walk.clock.ms += 1_000
    there = await at_door(walk, opened)
    await let_in(walk, elira, opened, do="admit", person=there["Besa"])
    assert list(await at_door(walk, opened)) == ["Ana", "Ceca", "Dita"]
    await elira.get(f"/workshops/{opened.workshop}")
    await knocked(walk, opened, "Late")
    await elira.post(f"/workshops/{opened.workshop}/knocks", do="all")
    assert list(await at_door(walk, opened)) == ["Late"]
    names = {p["name"] for p in (await walk.state(opened)).of_kind("person")}
    assert names == {"Elira Hoxha", "Ana", "Besa", "Ceca", "Dita"}


async def test_who_is_sent_away_reads_so_and_can_still_be_let_in(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "approve")
    nino = await knocked(walk, opened)
    id = (await at_door(walk, opened))["Nino"]
    await let_in(walk, elira, opened, refuse=id)
    await nino.get(f"/lobby/{opened.workshop}")
    assert "You were not let in" in nino.text
    path = await walk.join_path(opened)
    assert path_of(await nino.get(path)) == f"/lobby/{opened.workshop}"
    await elira.get(f"/workshops/{opened.workshop}")
    assert "Sent away" in elira.text
    assert "Nobody waits at the door" in elira.text
    assert f'type="checkbox" name="person" value="{id}"' not in elira.page
    await let_in(walk, elira, opened, admit=id)
    assert path_of(await nino.get(path)) == f"/b/{opened.board}"


@pytest.mark.parametrize("form", [{"do": "admit"}, {"admit": "x"}, {"do": "fly"}, {"refuse": ""}])
async def test_nonsense_at_the_door_changes_nothing(walk: Walk, form: dict[str, str]) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "approve")
    await knocked(walk, opened)
    await let_in(walk, elira, opened, **form)
    assert list(await at_door(walk, opened)) == ["Nino"]


async def test_a_door_that_opens_lets_in_who_waits_before_it(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "approve")
    nino = await knocked(walk, opened)
    await stand(walk, elira, opened, "open")
    await walk.house.rooms.effects.run_due()
    assert path_of(await nino.get(f"/lobby/{opened.workshop}")) == f"/b/{opened.board}"


async def test_whoever_waits_sees_what_is_planned_and_no_more_of_the_desk(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    lead = await walk.person(opened, "Elira Hoxha")
    from codesign.web.seats import make_id

    step = {"type": "add_step", "id": make_id(), "order": "a0", "title": "Welcome"}
    secret = {"minutes": 15, "question": "CANARY question", "note": "CANARY note"}
    for op in (step | secret, {"type": "set_desk", "starts": 1_790_000_000_000}):
        await walk.house.rooms.ask(f"desk:{opened.workshop}", op, person=lead)
    await stand(walk, elira, opened, "approve")
    nino = await knocked(walk, opened)
    await nino.get(f"/lobby/{opened.workshop}")
    assert "Welcome" in nino.text
    assert "15 min" in nino.text
    assert "CANARY" not in nino.page


async def test_the_lobby_is_for_those_who_knocked(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "approve")
    await knocked(walk, opened)
    other = await walk.workshop(ilir := await walk.facilitator("Ilir"))
    guest = await walk.guest(other)
    for browser in (walk.browser(), ilir, guest):
        assert (await browser.get(f"/lobby/{opened.workshop}")).status_code == 404


# The word


async def try_word(walk: Walk, opened: Opened, word: str, address: str = "192.0.2.1") -> int:
    browser, path = walk.browser(address=address), await walk.join_path(opened)
    await browser.get(path)
    answer = await browser.post(path, name="Nino", city=opened.cities[0], passphrase=word)
    if answer.status_code == 303:
        return 202 if "/lobby/" in answer.headers["location"] else 303
    return answer.status_code


async def test_the_right_word_opens_whatever_its_capitals_and_script(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "passphrase", passphrase="Зелена река")
    for right in ("  зелена  РЕКА ", "Zelena reka"):
        assert await try_word(walk, opened, right) == 303
    for wrong in ("зелена", "", "!", "Zelena gora"):
        assert await try_word(walk, opened, wrong) == 422
    await elira.get(f"/workshops/{opened.workshop}")
    assert "елена" not in elira.page


async def test_a_door_with_a_word_needs_one_and_keeps_it_until_there_is_another(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    door = f"/workshops/{opened.workshop}/door"
    await elira.get(f"/workshops/{opened.workshop}")
    assert (await elira.post(door, door="passphrase", passphrase=" ")).status_code == 409
    await stand(walk, elira, opened, "passphrase", passphrase="river")
    await stand(walk, elira, opened, "open")
    await stand(walk, elira, opened, "passphrase")
    assert await try_word(walk, opened, "river") == 303
    await stand(walk, elira, opened, "passphrase", passphrase="lake")
    assert await try_word(walk, opened, "river") == 422


async def test_the_word_is_not_in_the_database(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "passphrase", passphrase="CANARYword")
    for file in walk.house.settings.data.rglob("*"):
        if file.is_file():
            content = file.read_bytes().lower()
            assert b"canaryword" not in content, file.name


async def test_after_twenty_wrong_words_everyone_from_there_goes_to_the_lobby(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "passphrase", passphrase="river")
    for _ in range(codes.TRIES_PER_ADDRESS):
        assert await try_word(walk, opened, "guess", "198.51.100.7") == 422
    # Right and wrong look alike now; somebody who leads sees both, and nobody is locked out.
    assert await try_word(walk, opened, "guess", "198.51.100.7") == 202
    assert await try_word(walk, opened, "river", "198.51.100.7") == 202
    assert await try_word(walk, opened, "river", "203.0.113.5") == 303
    walk.clock.ms += codes.ADDRESS_MS
    assert await try_word(walk, opened, "river", "198.51.100.7") == 303


async def test_forty_honest_people_behind_one_address_get_in_at_once(walk: Walk) -> None:
    """By code and by word, a guesser elsewhere at work, and some of them with one mistake."""
    opened = await walk.workshop(elira := await walk.facilitator())
    await stand(walk, elira, opened, "passphrase", passphrase="river")
    code = await walk.code(opened)
    for at in range(40):
        browser = walk.browser(address="198.51.100.7")
        await browser.get("/code")
        if at % 4 == 0:
            assert (await browser.post("/code", code="BABABA BABABA")).status_code == 422
        path = path_of(await browser.post("/code", code=code))
        await browser.get(path)
        fields = {"name": f"Guest {at}", "city": opened.cities[0]}
        if at % 4 == 1:
            await browser.post(path, **fields, passphrase="rivr")
        answer = await browser.post(path, **fields, passphrase="river")
        assert path_of(answer) == f"/b/{opened.board}"
        await try_word(walk, opened, "guess", "203.0.113.5")
    people = (await walk.state(opened)).of_kind("person")
    assert sum(person["name"].startswith("Guest") for person in people) == 40
