"""Making a workshop and leading it: people, door, link, code (J5)."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest

from codesign.core.permissions import LEADS
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.web.browsing import Walk, path_of


async def test_a_workshop_is_made_from_a_question_its_zones_and_its_cities(walk: Walk) -> None:
    elira = await walk.facilitator()
    await elira.get("/workshops/new")
    answer = await elira.post(
        "/workshops/new",
        question="What is hard?",
        title="",
        layout="columns",
        zones="On foot\n\n By bus \n",
        cities="Kutaisi\nNiš",
    )
    id = path_of(answer).rpartition("/")[2]
    found = await walk.house.rooms.state(f"workshop:{id}")
    assert found is not None
    fields = found[1].fields
    assert (fields["title"], fields["question"], fields["door"]) == (
        "What is hard?",
        "What is hard?",
        "open",
    )
    cities = [(c["name"], c["colour"]) for c in found[1].of_kind("city")]
    assert cities == [("Kutaisi", "sun"), ("Niš", "lilac")]
    people = [(p["name"], p["role"]) for p in found[1].of_kind("person")]
    assert people == [("Elira Hoxha", "owner")]
    board = await walk.house.rooms.state(f"board:{fields['board']}")
    assert board is not None
    assert board[1].fields["layout"] == "columns"
    regions = [r["title"] for r in board[1].of_kind("region")]
    assert regions == ["On foot", "By bus"]
    assert (await elira.get(f"/b/{fields['board']}")).status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"question": " "}, "Please write the question"),
        ({"question": "x" * 1025}, "too long"),
        ({"question": "a\x00b"}, "cannot be kept"),
        ({"zones": ""}, "Please write one zone"),
        ({"zones": "\n".join("abcdefghijklm")}, "at most 12"),
        ({"cities": "\u202e"}, "cannot be used"),
        ({"cities": "\n".join("abcdefghijklm")}, "At most 12 cities fit."),
        ({"form_token": "x"}, "press the button once more"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(
    walk: Walk, fields: dict[str, str], said: str
) -> None:
    elira = await walk.facilitator()
    await elira.get("/workshops/new")
    good = {"question": "Why?", "title": "T", "layout": "zones", "zones": "A", "cities": "Niš"}
    answer = await elira.post("/workshops/new", **(good | fields))
    assert answer.status_code == 422
    assert said in elira.text
    assert 'value="T"' in answer.text


async def test_a_free_board_needs_no_zones(walk: Walk) -> None:
    elira = await walk.facilitator()
    await elira.get("/workshops/new")
    answer = await elira.post("/workshops/new", question="Why?", layout="free", zones="", cities="")
    assert answer.status_code == 303


async def test_people_are_renamed_moved_and_given_roles(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await walk.guest(opened)
    person = await walk.person(opened, "Tamar")
    await elira.get(f"/workshops/{opened.workshop}")
    path = f"/workshops/{opened.workshop}/people/{person}"
    answer = await elira.post(
        path, do="keep", name="Tamara", city=opened.cities[1], role="co-facilitator"
    )
    assert path_of(answer) == f"/workshops/{opened.workshop}"
    item = (await walk.state(opened)).get(person)
    assert item is not None
    assert (item["name"], item["city"], item["role"]) == (
        "Tamara",
        opened.cities[1],
        "co-facilitator",
    )


async def test_a_co_facilitator_leads_without_an_account(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    guest = await walk.guest(opened)
    person = await walk.person(opened, "Tamar")
    assert path_of(await guest.get(f"/workshops/{opened.workshop}")) == "/sign-in"
    await elira.get(f"/workshops/{opened.workshop}")
    path = f"/workshops/{opened.workshop}/people/{person}"
    await elira.post(path, do="keep", name="Tamar", role="co-facilitator")
    assert (await guest.get(f"/workshops/{opened.workshop}")).status_code == 200


async def test_people_are_removed_and_let_back_in(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    guest = await walk.guest(opened)
    path = f"/workshops/{opened.workshop}/people/{await walk.person(opened, 'Tamar')}"
    await elira.get(f"/workshops/{opened.workshop}")
    await elira.post(path, do="remove")
    assert (await guest.get(f"/b/{opened.board}")).status_code == 403
    assert "Elira has closed your place" in guest.text
    await elira.get(f"/workshops/{opened.workshop}")
    assert "Removed" in elira.text
    await elira.post(path, do="readmit")
    assert (await guest.get(f"/b/{opened.board}")).status_code == 200


async def test_the_last_one_who_leads_cannot_give_it_up_or_be_removed(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    me = await walk.person(opened, "Elira Hoxha")
    await elira.get(f"/workshops/{opened.workshop}")
    answer = await elira.post(f"/workshops/{opened.workshop}/people/{me}", do="remove")
    assert answer.status_code == 409
    assert "Somebody must lead the workshop" in elira.text
    state = await walk.state(opened)
    assert [p["role"] in LEADS for p in state.of_kind("person")] == [True]


async def test_owners_make_owners_and_other_leads_do_not(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    lead, people = await walk.guest(opened), f"/workshops/{opened.workshop}/people"
    tamar, me = await walk.person(opened, "Tamar"), await walk.person(opened, "Elira Hoxha")
    await elira.get(f"/workshops/{opened.workshop}")
    await elira.post(f"{people}/{tamar}", do="keep", name="Tamar", role="facilitator")
    await lead.get(f"/workshops/{opened.workshop}")
    assert '<option value="owner"' not in lead.page
    tries = [{"do": "keep", "name": "Elira Hoxha", "role": "observer"}, {"do": "remove"}]
    for form in tries:
        assert (await lead.post(f"{people}/{me}", **form)).status_code == 409
        assert "You may not do this here." in lead.text
    form = {"do": "keep", "name": "Tamar", "role": "owner"}
    assert (await lead.post(f"{people}/{tamar}", **form)).status_code == 409
    assert await roles(walk, opened) == {"Elira Hoxha": "owner", "Tamar": "facilitator"}

    await elira.get(f"/workshops/{opened.workshop}")
    path_of(await elira.post(f"{people}/{tamar}", **form))
    path_of(await elira.post(f"{people}/{me}", **tries[0]))
    assert await roles(walk, opened) == {"Elira Hoxha": "observer", "Tamar": "owner"}


async def test_the_last_owner_stays_one(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await walk.guest(opened)
    people = f"/workshops/{opened.workshop}/people"
    tamar, me = await walk.person(opened, "Tamar"), await walk.person(opened, "Elira Hoxha")
    await elira.get(f"/workshops/{opened.workshop}")
    await elira.post(f"{people}/{tamar}", do="keep", name="Tamar", role="facilitator")
    for form in ({"do": "keep", "name": "Elira", "role": "facilitator"}, {"do": "remove"}):
        assert (await elira.post(f"{people}/{me}", **form)).status_code == 409
        assert "A workshop needs an owner." in elira.text


async def roles(walk: Walk, opened: Opened) -> dict[str, str]:
    return {p["name"]: p["role"] for p in (await walk.state(opened)).of_kind("person")}


@pytest.mark.parametrize("name", ["", " \u202e ", "x" * 400])
async def test_a_name_that_cannot_be_is_refused_in_the_row(walk: Walk, name: str) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await walk.guest(opened)
    person = await walk.person(opened, "Tamar")
    await elira.get(f"/workshops/{opened.workshop}")
    path = f"/workshops/{opened.workshop}/people/{person}"
    assert (await elira.post(path, do="keep", name=name)).status_code == 409
    assert "This name cannot be used." in elira.text
    for city in ("nowhere", opened.board):
        answer = await elira.post(path, do="keep", name="Tamar", city=city)
        assert answer.status_code == 409


async def test_the_door_closes_and_opens(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await elira.get(f"/workshops/{opened.workshop}")
    assert 'value="open" checked' in elira.page
    await elira.post(f"/workshops/{opened.workshop}/door", door="closed")
    await elira.get(f"/workshops/{opened.workshop}")
    assert 'value="closed" checked' in elira.page
    assert (await walk.browser().get(await walk.join_path(opened))).status_code == 403
    await elira.post(f"/workshops/{opened.workshop}/door", door="open")
    assert (await walk.browser().get(await walk.join_path(opened))).status_code == 200


async def test_a_new_link_and_code_end_the_old_ones_at_once(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    guest = await walk.guest(opened)
    path, code = await walk.join_path(opened), await walk.code(opened)
    await elira.get(f"/workshops/{opened.workshop}")
    await elira.post(f"/workshops/{opened.workshop}/rotate")
    assert (await walk.browser().get(path)).status_code == 404
    stranger = walk.browser()
    await stranger.get("/code")
    assert (await stranger.post("/code", code=code)).status_code == 422
    await stranger.post("/code", code=await walk.code(opened))
    assert (await walk.browser().get(await walk.join_path(opened))).status_code == 200
    assert (await guest.get(f"/b/{opened.board}")).status_code == 200


async def test_htmx_is_given_the_block_and_everybody_else_the_page(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await walk.guest(opened)
    path = f"/workshops/{opened.workshop}/people"
    part = await elira.get(path, **{"hx-request": "true"})
    assert "<html" not in part.text
    assert "Tamar" in part.text
    assert "<html" in (await elira.get(path)).text


async def test_the_owner_has_a_person_in_what_was_adopted(walk: Walk) -> None:
    from codesign.store import workshops

    opened = await walk.workshop(None)
    elira = await walk.facilitator()
    assert elira.account is not None
    await workshops.adopt(walk.house.database, elira.account.id)
    assert (await elira.get(f"/b/{opened.board}")).status_code == 200
    second = walk.browser()
    second.http.cookies.update(elira.http.cookies)
    assert (await second.get(f"/b/{opened.board}")).status_code == 200
    found = [(p["name"], p["role"]) for p in (await walk.state(opened)).of_kind("person")]
    assert found == [("Elira Hoxha", "owner")]


async def test_the_name_can_be_changed_and_cities_added(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    page = f"/workshops/{opened.workshop}"
    await elira.get(page)
    assert path_of(await elira.post(f"{page}/name", title=" Without a car ")) == page
    for city in ("Tirana", "Bălți"):
        await elira.get(page)
        assert path_of(await elira.post(f"{page}/cities", city=city)) == page
    await elira.get(page)
    for path, field in (("name", "title"), ("cities", "city")):
        assert (await elira.post(f"{page}/{path}", **{field: " "})).status_code == 409
    state = await walk.state(opened)
    assert state.fields["title"] == "Without a car"
    cities = sorted(state.of_kind("city"), key=lambda city: city["order"])
    assert [(c["name"], c["colour"]) for c in cities] == [
        ("Kutaisi", "sun"),
        ("Niš", "lilac"),
        ("Tirana", "apricot"),
        ("Bălți", "leaf"),
    ]


async def a_crowd(walk: Walk, opened: Opened, count: int = 300) -> None:
    join = {"type": "join_workshop", "role": "participant", "city": opened.cities[0]}
    ops = [{**join, "person": make_id(), "name": f"Guest {n:03}"} for n in range(count - 2)]
    ops += [{**join, "person": make_id(), "name": name} for name in ("Ђорђе", "Élodie")]
    for at in range(0, count, 100):
        batch = {"type": "all", "ops": ops[at : at + 100]}
        await walk.house.rooms.ask(f"workshop:{opened.workshop}", batch, product=True)


def names_on(page: str) -> list[str]:
    return re.findall(r'class="person__name"><bdi>([^<]*)</bdi>', page)


async def test_three_hundred_people_are_shown_some_at_a_time(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await elira.get(page := f"/workshops/{opened.workshop}")
    await a_crowd(walk, opened)
    await elira.get(page)
    assert len(elira.page) < 100_000
    assert "301 people" in elira.text
    assert "Page 1 of 11" in elira.text
    seen = names_on(elira.page)
    while found := re.search(r'href="([^"]*)"[^>]*data-turn>.{0,200}?Next page', elira.page):
        await elira.get(unescape(found[1]))
        seen += names_on(elira.page)
    assert len(seen) == len(set(seen)) == 301
    assert seen[0] == "Elira Hoxha"
    part = await elira.get(f"{page}/people?page=99", **{"hx-request": "true"})
    assert "Page 11 of 11" in part.text
    assert f'data-refresh-as="{page}/people?page=11"' in part.text


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("dorde", ["Ђорђе"]),
        ("  ELODIE ", ["Élodie"]),
        ("guest 29", ["Guest 290", *(f"Guest {n}" for n in range(291, 298))]),
        ("nobody", []),
    ],
)
async def test_people_are_found_by_name(walk: Walk, sought: str, found: list[str]) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await a_crowd(walk, opened)
    await elira.get(f"/workshops/{opened.workshop}/people?q={quote(sought)}")
    assert names_on(elira.page) == found
    assert f"{len(found)} found" in elira.text
    assert ("Nobody here has this name." in elira.text) == (not found)


async def test_after_a_row_was_changed_the_same_part_of_the_list_is_shown(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    await a_crowd(walk, opened)
    person = await walk.person(opened, "Guest 290")
    page = f"/workshops/{opened.workshop}"
    await elira.get(f"{page}?q=guest+29&page=1")
    answer = await elira.post(f"{page}/people/{person}", do="keep", name="Guest 299")
    assert answer.headers["location"] == f"{page}?q=guest+29"
    await elira.post(f"{page}/people/{person}", do="keep", name=" ", q="", page="1")
    assert "Guest 299" in names_on(elira.page)  # whatever page they are on, with what was wrong
    assert "This name cannot be used." in elira.text


@pytest.mark.parametrize(
    ("form", "path", "fields", "said"),
    [
        ("form-tokens", "tokens", {"label": "The city’s page", "days": "180"}, "may read"),
        ("form-door", "door", {"door": "passphrase"}, "write the word"),
        ("form-links", "links", {"role": "owner"}, "no such thing"),
        ("form-name", "name", {"title": " "}, "cannot be used"),
        ("form-city", "cities", {"city": " "}, "cannot be used"),
    ],
)
async def test_what_was_refused_is_said_in_its_own_form(
    walk: Walk, form: str, path: str, fields: dict[str, str], said: str
) -> None:
    lead = await walk.facilitator()
    opened = await walk.workshop(lead)
    await lead.get(f"/workshops/{opened.workshop}")
    answer = await lead.post(f"/workshops/{opened.workshop}/{path}", **fields)
    assert answer.status_code == 409
    inside = answer.text.partition(f'id="{form}"')[2].partition("</form>")[0]
    assert 'role="alert"' in inside
    assert said in inside
    assert answer.text.count('role="alert"') == 1
    folded = answer.text.partition(f'id="{form}"')[0].rpartition("<details")[2].partition(">")[0]
    assert form == "form-door" or folded.endswith(" open")
    if form == "form-door":
        assert 'value="passphrase" checked' in inside
    if form == "form-tokens":
        assert 'value="The city’s page"' in inside
        assert 'value="180" selected' in inside
