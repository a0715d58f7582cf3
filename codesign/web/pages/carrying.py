"""What goes on from one step to the next: a list of all lines, and one of them with everything that would go."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core.carrying import Candidate
from codesign.core.decision import Refused
from codesign.core.kinds import KINDS
from codesign.core.stream import State
from codesign.i18n import Words
from codesign.results.table_words import origin_name
from codesign.web import carrying
from codesign.web.access import leads_of, state_of
from codesign.web.carrying import Rule, Where
from codesign.web.errors import refusal_words
from codesign.web.forms import read_form
from codesign.web.from_playbook import catalog_of
from codesign.web.house import house_of
from codesign.web.render import render, url
from codesign.web.sessions import known_visitor

#: So much of one step is shown, and carried at once; what is there already comes last. A form takes 200 fields.
MOST = 150


@dataclass(frozen=True, slots=True)
class Row:
    """Something that may go on, as the page shows it."""

    candidate: Candidate
    key: str
    #: Where the same is already, by what was carried before; where something called alike is.
    there: bool
    alike: bool
    #: The table it comes from.
    table: str


@dataclass(frozen=True, slots=True)
class CarryPage:
    programme: str
    title: str
    rules: list[Rule]
    rule: Rule | None = None
    rows: tuple[Row, ...] = ()
    more: int = 0
    wrong: str = ""


async def show(request: Request) -> Response:
    page = await _page(request)
    return await render(request, "programme/carry.html", page)


async def take(request: Request) -> Response:
    form, leads = await read_form(request), leads_of(request)
    catalog = await catalog_of(house_of(request))
    rule = _named(
        await carrying.rules_of(request, leads, catalog), form.text("step"), form.text("line")
    )
    if rule is None:
        return RedirectResponse(_address(request, None), 303)
    if form.text("do") == "undo":
        answer: int | Refused | None = await carrying.undo(request, rule)
    else:
        ticked = set(form.all("item"))
        found = await carrying.candidates_of(request, rule, catalog)
        answer = await carrying.run(request, rule, [one for one in found if _key(one) in ticked])
    if isinstance(answer, Refused):
        wrong = refusal_words(known_visitor(request).words, answer)
        page = await _page(request, rule, wrong)
        return await render(request, "programme/carry.html", page, status=409)
    return RedirectResponse(_address(request, rule), 303)


async def _page(request: Request, asked: Rule | None = None, wrong: str = "") -> CarryPage:
    leads = leads_of(request)
    catalog = await catalog_of(house_of(request))
    rules = await carrying.rules_of(request, leads, catalog)
    given = request.query_params
    step, line = (
        (str(asked.step["id"]), str(asked.line))
        if asked
        else (given.get("step", ""), given.get("line", ""))
    )
    rule = _named(rules, step, line)
    if rule is None:
        return CarryPage(leads.programme, leads.title, rules, wrong=wrong)
    found = await carrying.candidates_of(request, rule, catalog)
    register = await state_of(house_of(request), f"register:{leads.programme}") or State()
    words = known_visitor(request).words
    rows = sorted((_row(one, rule, register, words) for one in found), key=lambda row: row.there)
    more = max(0, len(rows) - MOST)
    return CarryPage(leads.programme, leads.title, rules, rule, tuple(rows[:MOST]), more, wrong)


def _named(rules: list[Rule], step: str, line: str) -> Rule | None:
    return next((one for one in rules if one.step["id"] == step and str(one.line) == line), None)


def _row(one: Candidate, rule: Rule, register: State, words: Words) -> Row:
    wheres = [where for where in rule.wheres if where.is_there]
    there = bool(wheres) and all(_is_there(one, rule, where, register) for where in wheres)
    alike = not there and any(_is_alike(one, where, register) for where in wheres)
    table = origin_name(one.table.marks, words) if one.table else ""
    return Row(one, _key(one), there, alike, table)


def _is_there(one: Candidate, rule: Rule, where: Where, register: State) -> bool:
    (arrival,) = carrying.arriving(rule, where, [one])
    if arrival.item is not None:
        return where.state is not None and where.state.get(str(arrival.item["id"])) is not None
    if arrival.record is not None:
        return register.get(str(arrival.record["id"])) is not None
    return one.is_record


def _is_alike(one: Candidate, where: Where, register: State) -> bool:
    """Something with the same words: whoever carries decides whether it is the same thing."""
    words = one.text.casefold().strip()
    if where.kind:
        title = KINDS[where.kind].title
        return any(_plain(r.get(title)) == words for r in register.of_kind(where.kind))
    if where.state is None:
        return False
    return any(
        _plain(item.get(key)) == words
        for kind, key in (("note", "text"), ("factor", "label"))
        for item in where.state.of_kind(kind)
    )


def _plain(words: object) -> str:
    return str(words or "").casefold().strip()


def _key(one: Candidate) -> str:
    return f"{one.board}.{one.id}"


def _address(request: Request, rule: Rule | None) -> str:
    address = URL(url(request, "carry", programme=leads_of(request).programme))
    if rule is None:
        return str(address)
    return str(address.include_query_params(step=rule.step["id"], line=rule.line))
