"""The list of what waits for a translation: all boards one may follow, kept in place, and nothing that is hidden."""

from __future__ import annotations

from html import unescape
from typing import Any

from codesign.core.decision import Refused
from codesign.core.translations import mark_of
from codesign.web.access import state_of
from codesign.web.opening import Opened
from codesign.web.seats import make_id
from tests.web.browsing import Walk


async def a_note(walk: Walk, opened: Opened, text: str, lang: str, at: int, by: str) -> str:
    id = make_id()
    op = {"type": "create_note", "id": id, "text": text, "lang": lang}
    op |= {"region": opened.regions[0], "order": f"a{at}"}
    answer = await walk.house.rooms.ask(f"board:{opened.board}", op, person=by)
    assert not isinstance(answer, Refused), answer
    return id


async def test_every_note_that_lacks_the_language_is_in_one_list_and_translated_there(
    walk: Walk,
) -> None:
    opened = await walk.workshop(await walk.facilitator())
    await walk.house.rooms.ask(
        f"workshop:{opened.workshop}", {"type": "set_workshop", "lang": "en"}, product=True
    )
    tamar = await walk.guest(opened)
    me = await walk.person(opened, "Tamar")
    bus = await a_note(walk, opened, "ავტობუსი იგვიანებს", "ka", 0, me)
    await a_note(walk, opened, "The bus is late", "en", 1, me)
    await a_note(walk, opened, "Autobusi vonon", "sq", 2, me)
    page = f"/w/{opened.workshop}/translations"
    await tamar.get(page)
    assert "2 notes wait" in tamar.text
    assert "The bus is late" not in tamar.text
    answer = await tamar.post(page, words="The bus comes late")
    assert answer.status_code == 303
    await tamar.get(answer.headers["location"])
    assert "Kept." in tamar.text
    assert "1 note waits" in tamar.text
    state = await state_of(walk.house, f"board:{opened.board}")
    assert state is not None
    kept = state.items[bus]
    assert (kept["text/en"], kept["translator/en"]) == ("The bus comes late", me)
    assert kept["made_of/en"] == mark_of("ავტობუსი იგვიანებს")


async def test_the_list_alone_is_asked_for_now_and_then_and_is_paged(walk: Walk) -> None:
    opened = await walk.workshop(await walk.facilitator())
    tamar = await walk.guest(opened)
    me = await walk.person(opened, "Tamar")
    for at in range(10, 42):
        await a_note(walk, opened, f"Shënimi {at}", "sq", at, me)
    page = f"/w/{opened.workshop}/translations"
    answer = await tamar.get(f"{page}?page=2", **{"HX-Request": "true"})
    assert "32 notes wait" in answer.text
    assert "Page 2 of 2" in answer.text
    assert ("Shënimi 41" in answer.text, "Shënimi 39" in answer.text) == (True, False)
    assert "<form" not in answer.text


async def test_a_list_that_is_as_it_was_costs_nothing(walk: Walk) -> None:
    """Whoever asks says of which state they have it; boards are read only when one of them has moved on."""
    opened = await walk.workshop(await walk.facilitator())
    tamar = await walk.guest(opened)
    me = await walk.person(opened, "Tamar")
    await a_note(walk, opened, "Autobusi vonon", "sq", 0, me)
    page = f"/w/{opened.workshop}/translations"
    whole = await tamar.get(page)
    tag = unescape(whole.text.partition('data-refresh-tag="')[2].partition('"')[0])
    asks = {"HX-Request": "true", "If-None-Match": tag}
    answer = await tamar.get(page, **asks)
    assert (answer.status_code, answer.content) == (304, b"")
    # Nor does it matter that somebody asked something of those who lead.
    knock = {"type": "knock", "person": make_id(), "name": "Nino", "role": "participant"}
    await walk.house.rooms.ask(f"desk:{opened.workshop}", knock, product=True)
    assert (await tamar.get(page, **asks)).status_code == 304
    assert (await tamar.get(f"{page}?page=2", **asks)).status_code == 200
    await a_note(walk, opened, "Trotuari mungon", "sq", 1, me)
    answer = await tamar.get(page, **asks)
    assert answer.status_code == 200
    assert "2 notes wait" in answer.text
    again = await tamar.get(page, **{**asks, "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_what_is_refused_is_not_lost_and_tables_of_others_are_not_listed(walk: Walk) -> None:
    opened = await walk.workshop(elira := await walk.facilitator())
    lead = await walk.person(opened, "Elira Hoxha")
    tamar = await walk.guest(opened)
    me = await walk.person(opened, "Tamar")
    await a_note(walk, opened, "Autobusi vonon", "sq", 0, me)
    seating, table, board = make_id(), make_id(), make_id()
    tables: dict[str, Any] = {"type": "make_tables", "id": seating, "template": opened.board}
    tables |= {"tables": [{"id": table, "board": board}]}
    stream = f"workshop:{opened.workshop}"
    await walk.house.rooms.ask(stream, tables, person=lead)
    await walk.house.rooms.effects.catch_up()
    state = await state_of(walk.house, f"board:{board}")
    assert state is not None
    region = next(state.of_kind("region"))["id"]
    secret = {"type": "create_note", "id": make_id(), "text": "Vetëm tavolina", "lang": "sq"}
    secret |= {"region": region, "order": "a0"}
    written = await walk.house.rooms.ask(f"board:{board}", secret, person=lead)
    assert not isinstance(written, Refused), written
    page = f"/w/{opened.workshop}/translations"
    await tamar.get(page)
    assert ("Vetëm" in tamar.text, "1 note waits" in tamar.text) == (False, True)
    await elira.get(page)
    assert "Vetëm" in elira.text
    found = await tamar.post(page, board=board, words="For the table alone")
    assert found.status_code == 404
    await tamar.get(page)
    locked = {"type": "set_stage", "stage": "locked"}
    await walk.house.rooms.ask(stream, locked, person=lead)
    answer = await tamar.post(page, words="The bus is late")
    assert answer.status_code == 409
    assert "The bus is late" in answer.text
