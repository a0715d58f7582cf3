"""What goes on from one step to the next: a list of all lines, and one of them with everything that would go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core.carrying import Candidate
from codesign.core.computed.doubles import doubles
from codesign.core.decision import Refused
from codesign.core.fillings import Choice, Filling
from codesign.core.kinds import kind_in
from codesign.core.record_boards import method_of
from codesign.i18n import N_, Words
from codesign.results import field_words
from codesign.results.table_words import origin_name
from codesign.web import carrying
from codesign.web.access import leads_of
from codesign.web.carry_rules import Finding, Rule, Where
from codesign.web.carrying import Found
from codesign.web.errors import refusal_words
from codesign.web.forms import Form, read_form
from codesign.web.from_playbook import catalog_of
from codesign.web.house import house_of
from codesign.web.render import render, url
from codesign.web.sessions import known_visitor

#: So much of one step is shown, and carried at once; what is there already comes last.
MOST = 500
#: Of a form that ticks all of them, says which are the same, and which field each goes to.
FIELDS = 4 * MOST
LOST = N_("This line asks for {names}, which no board of the step has. Mend it in the agenda.")


@dataclass(frozen=True, slots=True)
class Row:
    """Something that may go on, as the page shows it."""

    candidate: Candidate
    #: Where the same is already, by what was carried before; where something called alike is.
    there: bool
    alike: bool
    #: The table it comes from.
    table: str
    #: What it is probably the same as: its key, and its words.
    same: str = ""
    same_words: str = ""
    exact: bool = False

    @property
    def key(self) -> str:
        return self.candidate.key


@dataclass(frozen=True, slots=True)
class FillRow:
    """Something a record may be told, and the fields it could go to: code, title, whether it is there, is full."""

    filling: Filling
    record: str
    table: str
    choices: tuple[tuple[str, str, bool, bool], ...]


@dataclass(frozen=True, slots=True)
class UpdateRow:
    key: str
    record: str
    field: str
    old: str
    new: str
    text: str


@dataclass(frozen=True, slots=True)
class CarryPage:
    programme: str
    title: str
    rules: list[Rule]
    rule: Rule | None = None
    rows: tuple[Row, ...] = ()
    fills: tuple[FillRow, ...] = ()
    updates: tuple[UpdateRow, ...] = ()
    #: Records that can be told more, and which is chosen.
    intos: tuple[tuple[str, str], ...] = ()
    into: str = ""
    more: int = 0
    wrong: str = ""


async def show(request: Request) -> Response:
    page = await _page(request)
    return await render(request, "programme/carry.html", page)


async def take(request: Request) -> Response:
    form = await read_form(request, FIELDS)
    catalog = await catalog_of(house_of(request))
    rules = await Finding(request, leads_of(request), catalog).rules()
    rule = _named(rules, form.text("step"), form.text("line"))
    if rule is None:
        return RedirectResponse(_address(request, None), 303)
    if form.text("do") == "undo":
        answer: int | Refused | None = await carrying.undo(request, rule)
    else:
        found = await carrying.find(request, rule, catalog)
        answer = await _run(request, found, form)
    if isinstance(answer, Refused):
        wrong = refusal_words(known_visitor(request).words, answer)
        page = await _page(request, rule, wrong)
        return await render(request, "programme/carry.html", page, status=409)
    return RedirectResponse(_address(request, rule, form.text("into")), 303)


async def _run(request: Request, found: Found, form: Form) -> int | Refused:
    """What was ticked, as it was shown; nothing of a line that cannot be carried as it stands."""
    rule, ticked = found.rule, set(form.all("item"))
    if rule.fault or found.lost:
        return 0
    if rule.carry.verb == "update":
        chosen = [one for one in found.updates() if one.key in ticked]
        return await carrying.write_back(request, found, chosen)
    if rule.fills:
        return await carrying.fill(request, found, _filled(found, form, ticked))
    within = dict(one.split(">", 1) for one in form.all("same") if ">" in one)
    taken = [one for one in found.candidates if one.key in ticked]
    keys = {one.key for one in taken}
    return await carrying.run(
        request, found, [replace(one, within=_lead(one.key, within, keys)) for one in taken]
    )


def _lead(key: str, within: dict[str, str], keys: set[str]) -> str:
    """One step deep: what is the same as something that is the same as another."""
    lead = within.get(key, "")
    return lead if lead.startswith(".") or (lead in keys and lead not in within) else ""


def _filled(found: Found, form: Form, ticked: set[str]) -> list[tuple[Filling, Choice]]:
    chosen = []
    for where in (one for one in found.rule.wheres if one.is_there and one.fills):
        for one in found.fillings(where, form.text("into")):
            choice = one.choice(form.text(f"field.{one.key}"))
            if one.key in ticked and choice is not None:
                chosen.append((one, choice))
    return chosen


async def _page(request: Request, asked: Rule | None = None, wrong: str = "") -> CarryPage:
    leads, given = leads_of(request), request.query_params
    catalog, words = await catalog_of(house_of(request)), known_visitor(request).words
    rules = await Finding(request, leads, catalog).rules()
    step, line = (
        (str(asked.step["id"]), str(asked.line))
        if asked
        else (given.get("step", ""), given.get("line", ""))
    )
    rule = _named(rules, step, line)
    page = CarryPage(leads.programme, leads.title, rules, rule, wrong=wrong)
    if rule is None or rule.fault:
        return replace(page, wrong=wrong or (rule.fault if rule else ""))
    found = await carrying.find(request, rule, catalog)
    if found.lost:
        return replace(page, wrong=words.gettext(LOST, names=", ".join(found.lost)))
    if rule.carry.verb == "update":
        return replace(page, updates=tuple(_update_rows(found, words))[:MOST])
    if rule.fills:
        return _fill_page(page, found, given.get("into", ""), words)
    rows = sorted(_rows(found, words), key=lambda row: row.there)
    return replace(page, rows=tuple(rows[:MOST]), more=max(0, len(rows) - MOST))


def _named(rules: list[Rule], step: str, line: str) -> Rule | None:
    return next((one for one in rules if one.step["id"] == step and str(one.line) == line), None)


# What would go


def _rows(found: Found, words: Words) -> list[Row]:
    wheres = [where for where in found.rule.wheres if where.is_there]
    there = [_there(found, where) for where in wheres]
    done = {one.key for one in found.candidates if there and all(one.key in at for at in there)}
    known = _known(found, wheres)
    fresh = {one.key: one.text for one in found.candidates if one.key not in done}
    told = {**known, **fresh}
    same = {one.id: one for one in doubles(told, known)}
    rows = []
    for one in found.candidates:
        double = same.get(one.key)
        if double is None:
            rows.append(Row(one, one.key in done, False, _table(one, words)))
            continue
        alike = double.of.startswith(".") and double.exact
        near = (double.of, told[double.of], double.exact)
        rows.append(Row(one, False, alike, _table(one, words), *near))
    return rows


def _table(one: Candidate, words: Words) -> str:
    return origin_name(one.table.marks, words) if one.table else ""


def _there(found: Found, where: Where) -> set[str]:
    """Of candidates, those of which this target has what they become."""
    if where.topics:
        return set()
    if where.document:
        run = found.rule.held
        held = set(str(run.get("takes", "")).split()) if run else set()
        return {one.key for one in found.candidates if one.origin[1] in held}
    keys = set()
    for one, arrival in zip(found.candidates, found.arriving(where, found.candidates), strict=True):
        if arrival.item is not None:
            at = where.state
            is_there = at is not None and at.get(str(arrival.item["id"])) is not None
            record = arrival.item.get("record")
            is_there = is_there or bool(record and at and [*at.pointing_at(str(record))])
        elif arrival.record is not None:
            is_there = found.register.get(str(arrival.record["id"])) is not None
        else:
            is_there = one.is_record
        keys |= {one.key} if is_there else set()
    return keys


def _known(found: Found, wheres: Iterable[Where]) -> dict[str, str]:
    """What the first target with words of its own has: whoever carries says whether it is the same thing."""
    taken = {one.id for one in found.candidates if one.is_record}
    for where in wheres:
        if where.kind or (where.state is not None and method_of(where.state.fields)):
            kinds = [where.kind] if where.kind else [found.rule.carry.kind, *where.kinds]
            return {
                f".{one['id']}": str(one.get(kind.title, ""))
                for name in dict.fromkeys(kinds)
                if (kind := kind_in(name, found.register.fields)) is not None
                for one in found.register.of_kind(name)
                if one["id"] not in taken and "merged" not in one
            }
        if where.state is not None:
            return {
                f".{item['id']}": str(item.get(key, ""))
                for kind, key in (("note", "text"), ("factor", "label"))
                for item in where.state.of_kind(kind)
                if "within" not in item
            }
    return {}


def _fill_page(page: CarryPage, found: Found, asked: str, words: Words) -> CarryPage:
    where = next(one for one in found.rule.wheres if one.fills)
    kind = kind_in(where.kind, found.register.fields)
    live = [one for one in found.register.of_kind(where.kind) if "merged" not in one]
    names = {str(one["id"]): str(one.get(kind.title, "")) if kind else "" for one in live}
    into = asked if asked in names else next(iter(names), "")
    rows = [
        FillRow(
            one,
            names.get(one.record, ""),
            _table(one.candidate, words),
            tuple(
                (
                    choice.field,
                    _field_words(where.kind, choice.field, words),
                    choice.there,
                    choice.full,
                )
                for choice in one.choices
            ),
        )
        for one in found.fillings(where, into)
    ]
    more = max(0, len(rows) - MOST)
    return replace(page, fills=tuple(rows[:MOST]), intos=tuple(names.items()), into=into, more=more)


def _update_rows(found: Found, words: Words) -> Iterable[UpdateRow]:
    kind = kind_in(found.rule.carry.kind, found.register.fields)
    for one in found.updates():
        record = found.register.get(one.record)
        field = kind.field(one.field) if kind else None
        if record is None or kind is None or field is None:
            continue
        told = [
            field_words.option_word(field, str(value), words)
            if field.type == "enum" and value
            else str(value or "")
            for value in (one.old, one.new)
        ]
        name = str(record.get(kind.title, ""))
        called = _field_words(kind.name, one.field, words)
        yield UpdateRow(one.key, name, called, told[0], told[1], one.candidate.text)


def _field_words(kind: str, field: str, words: Words) -> str:
    name, _, of = field.partition("/")
    if name == "evidence":
        heard = words.gettext("{field}: heard from people")
        return heard.format(field=field_words.field_word(kind, of, words))
    return field_words.field_word(kind, field, words)


def _address(request: Request, rule: Rule | None, into: str = "") -> str:
    address = URL(url(request, "carry", programme=leads_of(request).programme))
    if rule is None:
        return str(address)
    more = {"into": into} if into else {}
    return str(address.include_query_params(step=rule.step["id"], line=rule.line, **more))
