"""The library of methods: who may look, what is found, in which language, and a workshop started from one."""

from __future__ import annotations

import os
import re
from html import unescape
from pathlib import Path

import pytest

from codesign.catalog import HOUSE, read
from codesign.web.drawings import CARD_HEIGHT, CARD_WIDTH, HEIGHT, WIDTH, drawing
from codesign.web.pages.new_workshop import can_open
from tests.web.browsing import Walk

METHODS = sorted(read(HOUSE).methods)


def found(page: str) -> list[str]:
    return re.findall(r'href="/library/([\w-]+)"', page)


async def test_somebody_who_leads_without_an_account_may_look_and_a_participant_may_not(
    walk: Walk,
) -> None:
    elira = await walk.facilitator()
    opened = await walk.workshop(elira)
    guest = await walk.guest(opened)
    assert (await guest.get("/library")).status_code == 303
    person = await walk.person(opened, "Tamar")
    await elira.get(f"/workshops/{opened.workshop}")
    await elira.post(
        f"/workshops/{opened.workshop}/people/{person}",
        do="keep",
        name="Tamar",
        role="co-facilitator",
    )
    answer = await guest.get("/library")
    assert answer.status_code == 200
    # Without an account nobody opens workshops, so nothing offers it.
    assert "Start a workshop from it" not in (await guest.get("/library/notes")).text


async def test_without_a_choice_every_method_is_there_by_purpose(walk: Walk) -> None:
    elira = await walk.facilitator()
    page = (await elira.get("/library")).text
    assert sorted(found(page)) == METHODS
    assert "49 methods" in page
    titles = re.findall(r'<h2 class="h2" id="\w+">(.*?)</h2>', page)
    assert [unescape(one) for one in titles][:3] == ["Playbooks", "Opening and exchange", "Ideas"]
    assert "is shown in English" not in page


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("?purpose=choosing", ["dot-vote", "impact-effort", "moscow", "nuf", "criteria-matrix"]),
        ("?q=SWOT", ["swot"]),
        ("?q=power+grid", ["power-interest"]),
        ("?time=15&purpose=people", []),
        ("?group=300&purpose=ideas", ["notes", "one-two-four-all", "world-cafe"]),
        ("?purpose=nonsense&time=x&group=-1&q=swot", ["swot"]),
        ("?q=nobody+has+this", []),
    ],
)
async def test_methods_are_found_by_word_purpose_time_and_group(
    walk: Walk, asked: str, ids: list[str]
) -> None:
    elira = await walk.facilitator()
    page = (await elira.get(f"/library{asked}")).text
    assert sorted(found(page)) == sorted(ids)
    assert ("No method fits." in page) == (not ids)


@pytest.mark.parametrize("id", METHODS)
def test_every_method_can_be_drawn_with_all_its_samples_inside(id: str) -> None:
    method = read(HOUSE / ".." / "methods").methods[id]
    drawn = drawing(method)
    shown = [card.text for card in drawn.cards]
    shown += [card.text for box in drawn.boxes for card in box.cards]
    rows = [one.text for one in method.samples if one.row and not one.region]
    assert sorted({*shown, *rows}) == sorted(one.text for one in method.samples)
    for card in drawn.cards if drawn.shape == "plane" else ():
        assert 0 <= card.x <= WIDTH - CARD_WIDTH
        assert 0 <= card.y <= HEIGHT - CARD_HEIGHT


async def test_every_method_has_a_page_with_its_guide_and_only_what_opens_offers_to(
    walk: Walk,
) -> None:
    elira = await walk.facilitator()
    for id, method in read(HOUSE).methods.items():
        answer = await elira.get(f"/library/{id}")
        assert answer.status_code == 200
        assert "What comes out:" in answer.text
        assert unescape(answer.text).count(method.title) >= 1
        offered = "Start a workshop from it" in answer.text
        assert offered == can_open(method)
    assert (await elira.get("/library/none")).status_code == 404


async def test_a_workshop_starts_from_a_method_with_the_form_filled(walk: Walk) -> None:
    elira = await walk.facilitator()
    page = unescape((await elira.get("/workshops/new?method=swot")).text)
    assert "Strengths\nWeaknesses\nOpportunities\nThreats" in page
    assert 'name="method" value="swot"' in page
    assert "Is it in our hands?" in page
    assert 'value="SWOT"' in page
    plain = unescape((await elira.get("/workshops/new?method=none")).text)
    assert plain == unescape((await elira.get("/workshops/new")).text)


def own_method(walk: Walk) -> Path:
    folder = walk.house.settings.data / "methods" / "coffee"
    folder.mkdir(parents=True)
    text = (HOUSE / "notes" / "method.toml").read_text("utf-8")
    (folder / "method.toml").write_text(text.replace("Open board", "Coffee <round>"), "utf-8")
    return folder


async def test_a_method_of_the_hosts_own_is_there_without_a_restart_and_its_guide_is_harmless(
    walk: Walk,
) -> None:
    elira = await walk.facilitator()
    assert len(found((await elira.get("/library")).text)) == 49
    folder = own_method(walk)
    guide = folder / "guide.en.md"
    guide.write_text("# Coffee\n<script>alert(1)</script> [x](javascript:alert(1)) **strong**\n")
    page = (await elira.get("/library/coffee")).text
    assert "Coffee &lt;round&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<strong>strong</strong>" in page
    guide.write_text("# Coffee\nwith milk\n")
    os.utime(guide, ns=(1, 1))  # a change within the same tick of the disk's clock shows as well
    assert "with milk" in (await elira.get("/library/coffee")).text
