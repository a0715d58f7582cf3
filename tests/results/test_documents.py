"""Documents of a programme: each declared as data, built from records, with the figures of the demos."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document as read_docx

from codesign.core.outputs import OUTPUTS
from codesign.core.stream import Item
from codesign.results import document_export, document_money, document_parts, people_words
from codesign.results.document_building import build, standing
from codesign.results.document_list import BY_ID, DOCUMENTS, IN_REPORTS, TITLES
from codesign.results.field_words import FIELDS
from codesign.results.report_booklet import Booklet, Bullets, Head, Pairs, Table, Text
from codesign.results.worker import WorkError
from tests.builders import Play, an_id
from tests.results.document_demo import (
    METHODS,
    SCHOOLS,
    TODAY,
    add,
    change,
    money,
    stock,
    stock_of,
    the_register,
)

S = "\u00a0"


def blocks(booklet: Booklet, title: str) -> list[Any]:
    return next(list(one.blocks) for one in booklet.chapters if one.title == title)


def titles(booklet: Booklet) -> list[str]:
    return [one.title for one in booklet.chapters]


def made(register: Play, form: str, **values: Any) -> Any:
    snapshot = {"fields": register.state.fields, "items": [*register.state.all()]}
    told = {
        **{"form": form, "lang": "en", "day": TODAY, "programme": "P", "record": ""},
        "methods": {id: one.model_dump(mode="json") for id, one in METHODS.items()},
        **values,
    }
    return document_export.run(told, [gzip.compress(json.dumps({"state": snapshot}).encode())])


def test_every_output_is_declared_and_shows_only_fields_and_figures_that_there_are() -> None:
    assert {one.id for one in DOCUMENTS} | {*IN_REPORTS} == {*OUTPUTS} == TITLES.keys()
    shown = {*document_parts.SHOWN, *document_money.SHOWN, "missing"}
    facts = stock()[0]
    for document in DOCUMENTS:
        keys = [section.key for section in document.sections]
        assert len({*keys}) == len(keys)
        for section in document.sections:
            assert section.show in shown
            assert section.method in ("", *METHODS)
            kind = facts.facts("", section.method).kind(section.kind)
            known = {one.name for one in kind.fields} if kind else set()
            assert {*section.fields} <= known, (document.id, section.title)
            own = {one for one in section.fields if f"{section.kind}.{one}" in people_words.FIELDS}
            assert {*section.fields} - own <= {one.rpartition(".")[2] for one in FIELDS}


def test_the_fiche_of_the_schools_has_the_money_of_the_demo() -> None:
    found, project = stock()
    fiche = build(BY_ID["project-fiche"], found, project)
    money_of, sources, together = blocks(fiche, "Money")
    assert isinstance(money_of, Pairs)
    assert ("Paid back after", "14.3 years") in money_of.rows
    assert isinstance(sources, Table)
    assert [row[2] for row in sources.rows] == [
        *(f"600{S}000 EUR", f"1{S}200{S}000 EUR", f"1{S}500{S}000 EUR", f"2{S}400{S}000 EUR"),
    ]
    assert together == Bullets(
        (
            f"Found: 5{S}700{S}000 EUR",
            f"Gap: 300{S}000 EUR (5 %)",
            *("Grants: 26 %", "To be repaid: 63 %"),
        )
    )
    assert standing(BY_ID["project-fiche"], found, project).percent == 100
    assert "What is still missing" not in titles(fiche)


def test_the_request_of_the_schools_is_at_seventy_and_can_be_sent() -> None:
    found, project = stock()
    request = BY_ID["request-file"]
    how = standing(request, found, project)
    assert (how.points, how.can_be_sent, how.filled, how.asked) == (70, True, 15, 15)
    booklet = build(request, found, project)
    ready, said, missing = blocks(booklet, "How ready it is")
    assert ready.rows == (
        *(("Readiness", "70 of 100"), ("What is asked for", "15 of 15")),
        *(("Stage", "pre-feasibility"), ("Core documents", "2 of 5")),
        ("Covered by sources", "95 %"),
    )
    assert said == Text("It can be sent.")
    assert missing == Bullets(
        (
            "Documents missing: feasibility study, environmental and social screening, "
            "council decision",
        )
    )
    assert booklet.notice == ""


@pytest.mark.parametrize("lost", ["promoter", "question_to_adviser"])
def test_a_request_without_an_owner_or_a_question_is_a_draft_that_says_so(lost: str) -> None:
    register = the_register()
    change(register, SCHOOLS, **{lost: None})
    found, request = stock_of(register), BY_ID["request-file"]
    assert standing(request, found, SCHOOLS).can_be_sent is False
    booklet = build(request, found, SCHOOLS)
    assert booklet.notice == "A draft: this request cannot be sent yet."
    assert Text("It cannot be sent yet.") in blocks(booklet, "How ready it is")
    assert "What is still missing" in titles(booklet)


def test_a_contact_counts_where_it_is_kept_and_is_in_no_document() -> None:
    request = BY_ID["request-file"]
    assert standing(request, stock(contact=False)[0], SCHOOLS).missing == ("Contact",)
    register = the_register()
    found = made(
        register, "md", document="request-file", record=SCHOOLS, kept={SCHOOLS: ["contact"]}
    )
    assert "they hand it on" in found.parts[0].decode()


def test_sources_in_another_currency_are_not_added_up() -> None:
    register = the_register()
    change(register, an_id("loan"), **money("amount", 240_000_000, "ALL"))
    fiche = build(BY_ID["project-fiche"], stock_of(register), SCHOOLS)
    assert blocks(fiche, "Money")[-1] == Bullets(("Not added up: several currencies (ALL, EUR)",))


def test_the_action_plan_keeps_currencies_apart_and_says_what_is_late_and_lacking() -> None:
    found = stock()[0]
    plan = build(BY_ID["action-plan"], found)
    costs, gaps, without = blocks(plan, "Costs and money")
    assert costs.rows == (
        ("money found, not asked for", "EUR", f"2{S}000 EUR"),
        ("secured", "GEL", f"18{S}000 GEL"),
        ("applied for", "GEL", f"65{S}000 GEL"),
    )
    assert gaps == Bullets((f"Not secured yet: 2{S}000 EUR", f"Not secured yet: 65{S}000 GEL"))
    assert without.text.startswith("1 action is not in these sums")
    attention = blocks(plan, "What needs attention")
    assert attention[1] == Bullets(("Data agreement with minibus operators",))
    assert attention[3] == Bullets(("Data agreement with minibus operators: 16 of 25",))
    assert blocks(plan, "What is still missing")[-1] == Bullets(
        ("Data agreement with minibus operators: Lead, How we know",)
    )
    (timeline,) = blocks(plan, "Timeline")
    assert timeline.rows[0] == ("Data agreement with minibus operators", "■", "■", "", "", "")


def test_the_investment_plan_has_years_and_sources_for_each_currency() -> None:
    plan = build(BY_ID["investment-plan"], stock()[0])
    tables = [one for one in blocks(plan, "Money by year and by source") if isinstance(one, Table)]
    assert [one.caption for one in tables] == [
        *("By year, in ALL", "By year, in EUR", "By source, in EUR"),
    ]
    million = [f"{n}{S}000{S}000" for n in (1, 3, 2, 6)]
    assert tables[1].rows[-1] == ("Together", *million)
    assert Bullets((f"Gap: 2{S}100{S}000 EUR",)) in blocks(plan, "Money by year and by source")
    assert Bullets(("Lamps",)) in blocks(plan, "Money by year and by source")


def test_a_section_without_records_says_that_nothing_has_been_written() -> None:
    brief = build(BY_ID["co-design-brief"], stock()[0])
    assert blocks(brief, "Ideas") == [Text("Nothing has been written about this yet.", True)]
    assert standing(BY_ID["co-design-brief"], stock()[0]).percent == 0


def test_people_and_their_way_are_in_the_brief_and_their_way_in_the_diagnosis() -> None:
    register = the_register()
    add(register, "lumnije", "persona", name="Lumnije")
    add(register, "counter", "phase", title="At the counter", pain="A day lost")
    found = stock_of(register)
    brief, report = (build(BY_ID[id], found) for id in ("co-design-brief", "diagnostic-report"))
    assert "Lumnije" in str(blocks(brief, "Personas"))
    for one in (brief, report):
        assert "A day lost" in str(blocks(one, "The way through the service"))
    assert "Personas" not in titles(build(BY_ID["co-design-brief"], stock()[0]))


def test_headings_are_in_the_language_that_was_asked_for_and_words_as_they_were_written() -> None:
    english, _ = stock("en")
    albanian, project = stock("sq")
    ours, theirs = (build(BY_ID["project-fiche"], one, project) for one in (english, albanian))
    assert not {*titles(ours)} & {*titles(theirs)}
    assert ours.title == theirs.title
    assert ours.short == theirs.short


def test_amounts_are_numbers_in_a_spreadsheet_with_the_currency_beside_them() -> None:
    plan = build(BY_ID["action-plan"], stock()[0], spelled=False)
    (actions,) = blocks(plan, "Actions")
    at = actions.head.index("Costs")
    assert actions.head[at + 1] == "Currency"
    assert (18_000, "GEL") in [row[at : at + 2] for row in actions.rows]


def test_without_names_nobody_who_promised_is_named() -> None:
    register = the_register()
    promise: Item = {
        "id": an_id("x"),
        "kind": "commitment",
        "what": "Send it",
        "by_when": "2026-12-01",
    }
    register.state.put({**promise, "who": "NAME-CANARY"})
    told = [
        made(register, "md", document="follow-up-tracker", names=names).parts[0].decode()
        for names in (True, False)
    ]
    assert ["NAME-CANARY" in one for one in told] == [True, False]


def test_a_project_that_is_not_there_has_no_document() -> None:
    with pytest.raises(WorkError, match="unknown"):
        made(the_register(), "page", document="project-fiche", record=an_id("nobody"))


def test_every_form_it_is_offered_in_is_a_file_of_that_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = "investment-plan"
    monkeypatch.chdir(tmp_path)
    register = the_register()
    files = {
        form: made(register, form, document=document).parts[0] for form in BY_ID[document].forms
    }
    assert files["pdf"].startswith(b"%PDF")
    assert b"/StructTreeRoot" in files["pdf"]
    assert b"pdfuaid" in files["pdf"]
    word = read_docx(io.BytesIO(files["docx"]))
    assert [one.text for one in word.paragraphs if one.style and one.style.name == "Heading 1"]
    assert b"<table" in files["html"]
    assert ZipFile(io.BytesIO(files["xlsx"])).testzip() is None
    assert files["csv"].startswith(b"\xef\xbb\xbf")
    with pytest.raises(WorkError):
        made(register, "exe", document=document)


def test_what_was_chosen_for_a_document_is_all_of_its_kind_that_it_holds() -> None:
    found = stock_of(the_register())
    found.chosen = {"action-plan": frozenset({an_id("visit"), an_id("sms")})}
    plan = build(BY_ID["action-plan"], found)
    table = next(one for one in blocks(plan, "Actions") if isinstance(one, Table))
    assert [row[0] for row in table.rows] == ["See how Niš does it", "Bus times by text message"]
    tracker = build(BY_ID["follow-up-tracker"], found)
    table = next(one for one in blocks(tracker, "Actions") if isinstance(one, Table))
    assert len(table.rows) == 4  # another document holds all of them
    known = stock_of(the_register()).register
    assert known.get(an_id("agreement")) is not None


def test_words_of_those_who_lead_stand_at_the_head_and_in_their_chapter() -> None:
    found = stock_of(the_register())
    found.writings = {"": "For the council.", "actions": "Five come first.", "risks": "Few."}
    found.taken = (("Ideation: Themes", ("Night buses", "One card")),)
    plan = build(BY_ID["action-plan"], found)
    assert plan.short == "For the council."
    notes = {one.title: one.note for one in plan.chapters if one.note}
    assert notes == {"Actions": "Five come first.", "Risks": "Few."}
    taken = blocks(plan, "Taken up from the workshops")
    assert taken == [Head("Ideation: Themes"), Bullets(("Night buses", "One card"))]


def test_two_versions_of_a_document_are_compared_line_by_line() -> None:
    then, now = the_register(), the_register()
    change(now, an_id("visit"), title="Visit Niš in spring")
    snapshots = [
        gzip.compress(
            json.dumps(
                {"state": {"fields": one.state.fields, "items": [*one.state.all()]}}
            ).encode()
        )
        for one in (then, now)
    ]
    told = {
        **{"form": "compare", "document": "action-plan", "lang": "en", "day": TODAY},
        **{"programme": "P", "record": "", "writings": {"": "New"}, "writings_then": {"": "Old"}},
        "methods": {id: one.model_dump(mode="json") for id, one in METHODS.items()},
    }
    lines = document_export.run(told, snapshots).values["lines"]
    changed = [(how, text) for how, text in lines if how in ("gone", "new")]
    assert ("gone", "Old") in changed
    assert ("new", "New") in changed
    assert any(how == "gone" and text.startswith("See how Niš does it") for how, text in changed)
    assert any(how == "new" and text.startswith("Visit Niš in spring") for how, text in changed)
    assert any(how == "left" for how, _ in lines)  # what is the same far from any change
