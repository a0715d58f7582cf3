"""Joining by link, coming back, and being the same person all along (J1, J3, J4)."""

from __future__ import annotations

import asyncio

import pytest

from codesign.core.ops import RemovePerson, SetDoor
from codesign.store import people
from codesign.web.sessions import FORM
from tests.web.browsing import Walk, path_of


async def test_a_guest_joins_with_a_name_and_a_city_and_lands_on_the_board(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest = walk.browser("ka-GE,ka;q=0.9")
    path = await walk.join_path(opened)
    page = await guest.get(path)
    assert 'lang="ka"' in page.text
    assert 'aria-pressed="true"' in page.text
    answer = await guest.post(path, name=" თამარ ", city=opened.cities[0])
    assert path_of(answer) == f"/b/{opened.board}"
    assert (await guest.get(f"/b/{opened.board}")).status_code == 200
    person = await walk.person(opened, "თამარ")
    stored = (await walk.state(opened)).get(person)
    assert stored == {
        "id": person,
        "kind": "person",
        "name": "თამარ",
        "role": "participant",
        "city": opened.cities[0],
        "lang": "ka",
    }


async def test_the_same_browser_is_the_same_person_again(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest = await walk.guest(opened)
    path = await walk.join_path(opened)
    assert path_of(await guest.get(path)) == f"/b/{opened.board}"
    assert sum(1 for _ in (await walk.state(opened)).of_kind("person")) == 1


async def test_a_form_that_is_sent_twice_makes_one_person(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest, path = walk.browser(), await walk.join_path(opened)
    await guest.get(path)
    for _ in range(2):
        guest.http.cookies.delete("codesign_session")
        await guest.post(path, name="Tamar", city=opened.cities[0])
    assert sum(1 for _ in (await walk.state(opened)).of_kind("person")) == 1


async def test_two_names_alike_are_told_apart(walk: Walk) -> None:
    opened = await walk.workshop(None)
    await walk.guest(opened, "Tamar")
    await walk.guest(opened, "tamar", city=1)
    found = [(p["name"], p.get("suffix")) for p in (await walk.state(opened)).of_kind("person")]
    assert found == [("Tamar", None), ("tamar", 2)]


async def test_changing_the_language_keeps_what_was_filled_in(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest, path = walk.browser(), await walk.join_path(opened)
    await guest.get(path)
    page = await guest.post(path, lang="sr-Latn", name="<Ana>", city=opened.cities[1])
    assert page.status_code == 200
    assert '<html lang="sr-Latn"' in page.text
    assert 'value="&lt;Ana&gt;"' in page.text
    assert f'value="{opened.cities[1]}" required checked' in page.text
    assert '<html lang="sr-Latn"' in (await guest.get("/privacy")).text


@pytest.mark.parametrize(
    "name", ["", "   ", "\u202e\u200f", "\u200b", "\x07", "\ufeff", "x" * 81, "ა" * 300, "\ud83d"]
)
async def test_a_name_nobody_could_read_is_asked_for_again(walk: Walk, name: str) -> None:
    opened = await walk.workshop(None)
    guest, path = walk.browser(), await walk.join_path(opened)
    await guest.get(path)
    page = await guest.post(path, name=name.encode("utf-8", "replace").decode(), city="nowhere")
    assert page.status_code == 422
    assert 'id="wrong-city"' in page.text
    assert sum(1 for _ in (await walk.state(opened)).of_kind("person")) == 0


async def test_a_name_is_only_ever_text(walk: Walk) -> None:
    opened = await walk.workshop(owner := await walk.facilitator())
    await walk.guest(opened, '<img src=x onerror="x">')
    page = await owner.get(f"/workshops/{opened.workshop}")
    assert "<img src=x" not in page.text
    assert "<bdi>&lt;img src=x onerror=&#34;x&#34;&gt;</bdi>" in page.text


async def test_a_closed_door_says_so_and_lets_those_in_who_are_in(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest, path = await walk.guest(opened), await walk.join_path(opened)
    late = walk.browser()
    await late.get(path)
    await walk.house.rooms.ask(f"workshop:{opened.workshop}", SetDoor(door="closed"), product=True)
    assert (await late.post(path, name="Late", city=opened.cities[0])).status_code == 403
    assert "The door is closed" in late.text
    assert (await late.get(path)).status_code == 403
    assert path_of(await guest.get(path)) == f"/b/{opened.board}"


async def test_somebody_who_was_removed_stays_out_by_every_way(walk: Walk) -> None:
    opened = await walk.workshop(await walk.facilitator())
    guest, path = await walk.guest(opened), await walk.join_path(opened)
    person = await walk.person(opened, "Tamar")
    back = walk.house.links.back(person)
    stream = f"workshop:{opened.workshop}"
    await walk.house.rooms.ask(stream, RemovePerson(person=person), product=True)
    assert (await guest.get(f"/b/{opened.board}")).status_code == 403
    assert (await guest.get(path)).status_code == 403
    assert "Elira has closed your place" in guest.text
    assert (await guest.post(path, name="Tamar", city=opened.cities[0])).status_code == 403
    assert (await walk.browser().get(f"/return/{back}")).status_code == 403


async def test_a_return_link_asks_first_and_then_makes_the_browser_that_person(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest = await walk.guest(opened)
    shown = (await guest.get(f"/b/{opened.board}/return-link")).json()
    path = "/return/" + shown["link"].rpartition("/")[2]
    assert shown["qr"].startswith("<svg")
    phone = walk.browser()
    assert (await phone.get(path)).status_code == 200
    assert "Tamar" in phone.text
    assert (await phone.get(f"/b/{opened.board}")).status_code == 404
    await phone.get(path)
    assert path_of(await phone.post(path)) == f"/b/{opened.board}"
    assert (await phone.get(f"/b/{opened.board}")).status_code == 200
    assert path_of(await phone.get(path)) == f"/b/{opened.board}"
    assert sum(1 for _ in (await walk.state(opened)).of_kind("person")) == 1


async def test_return_links_are_kept_as_hashes_and_no_token_is_in_the_database(
    walk: Walk,
) -> None:
    opened = await walk.workshop(None)
    guest = await walk.guest(opened)
    person = await walk.person(opened, "Tamar")
    secrets = [
        walk.house.links.back(person),
        (await walk.join_path(opened)).rpartition("/")[2],
        guest.http.cookies["codesign_session"],
        (await walk.code(opened)).split()[0],
    ]
    await walk.house.rooms.settle()
    files = [f for f in walk.house.settings.data.iterdir() if f.name.startswith("codesign.db")]
    kept = b"".join(file.read_bytes() for file in files)
    assert person.encode() in kept
    assert [secret for secret in secrets if secret.encode() in kept] == []


async def test_leaving_forgets_the_browser_and_the_return_link_still_knows(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest = await walk.guest(opened)
    page = await guest.get(f"/b/{opened.board}")
    token = page.text.partition('data-form-token="')[2].partition('"')[0]
    answer = await guest.post(f"/b/{opened.board}/leave", form_token=token)
    assert path_of(answer) == "/"
    assert (await guest.get(f"/b/{opened.board}")).status_code == 404
    assert (await guest.get(await walk.join_path(opened))).status_code == 200


async def test_a_page_that_lay_open_too_long_asks_to_press_again(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest, path = walk.browser(), await walk.join_path(opened)
    await guest.get(path)
    page = await guest.post(path, name="Tamar", city=opened.cities[0], form_token="old")
    assert page.status_code == 422
    assert 'value="Tamar"' in page.text
    assert path_of(await guest.post(path, name="Tamar", city=opened.cities[0]))


async def test_a_workshop_without_cities_asks_for_none(walk: Walk) -> None:
    opened = await walk.workshop(None, cities=[])
    guest, path = walk.browser(), await walk.join_path(opened)
    assert 'name="city"' not in (await guest.get(path)).text
    assert path_of(await guest.post(path, name="Tamar")) == f"/b/{opened.board}"


async def test_links_carry_their_role(walk: Walk) -> None:
    opened = await walk.workshop(None)
    for role in ("observer", "co-facilitator"):
        browser, path = walk.browser(), await walk.join_path(opened, role)
        await browser.get(path)
        await browser.post(path, name=role, city=opened.cities[0])
        person = (await walk.state(opened)).get(await walk.person(opened, role))
        assert person is not None
        assert person["role"] == role


async def test_a_session_is_found_by_its_hash_alone(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest = await walk.guest(opened)
    token = guest.http.cookies["codesign_session"]
    now = walk.clock.now()
    assert await people.session(walk.house.database, token, now) is None


async def test_two_tabs_that_join_at_once_make_one_person(walk: Walk) -> None:
    opened = await walk.workshop(None)
    path, guest = await walk.join_path(opened), walk.browser()
    await guest.get(path)
    first = guest.hidden()
    await guest.get(path)
    second = guest.hidden()
    form = {"name": "Tamar", "city": opened.cities[0]}
    # Both are on their way before either is answered: neither brings the cookie that the other one is given.
    headers = {"origin": "http://board.test", "cookie": f"{FORM}={guest.http.cookies[FORM]}"}
    answers = await asyncio.gather(
        *(
            walk.browser().http.post(path, data=one | form, headers=headers)
            for one in (first, second)
        )
    )
    assert [path_of(answer) for answer in answers] == [f"/b/{opened.board}"] * 2
    # And one that lay open meanwhile.
    guest.http.cookies.update(answers[1].cookies)
    assert path_of(await guest.post(path, **form)) == f"/b/{opened.board}"
    assert [p["name"] for p in (await walk.state(opened)).of_kind("person")] == ["Tamar"]


async def test_whoever_joins_where_somebody_has_left_is_somebody_else(walk: Walk) -> None:
    opened = await walk.workshop(None)
    guest, path = await walk.guest(opened, "Tamar"), await walk.join_path(opened)
    page = await guest.get(f"/b/{opened.board}")
    token = page.text.partition('data-form-token="')[2].partition('"')[0]
    await guest.post(f"/b/{opened.board}/leave", form_token=token)
    await guest.get(path)
    await guest.post(path, name="Nino", city=opened.cities[0])
    people_there = (await walk.state(opened)).of_kind("person")
    assert sorted(p["name"] for p in people_there) == ["Nino", "Tamar"]
