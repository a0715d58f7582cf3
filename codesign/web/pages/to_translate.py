"""One list of every note that cannot be read yet in the language people work in, with its board, to translate there.

Of the boards that whoever asks may follow; what is hidden is on no board. The list is asked for anew now and then,
with what it was made of (`tag`): as long as nothing was said on these boards, no board is read to answer that.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core import permissions
from codesign.core.clean import Unclean, clean_text
from codesign.core.decision import Refused
from codesign.core.ops import TranslateNote
from codesign.core.stream import Item, State
from codesign.core.translations import TEXT, lacks, mark_of, translation_for
from codesign.core.visibility import may_follow
from codesign.i18n import BY_TAG, ENGLISH, N_, Words
from codesign.results.board_reading import by_order
from codesign.results.table_words import board_name
from codesign.web.access import Place, place_of, state_of
from codesign.web.errors import refusal_words, unknown
from codesign.web.forms import Form, read_form
from codesign.web.house import House, house_of
from codesign.web.people_list import read_look
from codesign.web.render import is_htmx, render, url
from codesign.web.sessions import known_visitor

AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """A note that waits, and where it is."""

    board: str
    title: str
    note: str
    text: str
    lang: str
    #: What it says in that language so far, of other words than stand there now.
    said: str
    mark: str

    @property
    def at(self) -> str:
        return f"{self.board}.{self.note}"


@dataclass(frozen=True, slots=True)
class ToTranslatePage:
    workshop: str
    title: str
    board: str
    #: The language, and what it is called by those who speak it.
    lang: str
    language: str
    rows: list[Waiting]
    count: int
    number: int
    pages: int
    #: The one that is being translated, and the one after it.
    one: Waiting | None
    after: str
    may: bool
    #: Of which streams, at which seq, the list was made.
    tag: str
    words: str = ""
    wrong: str = ""
    kept: bool = False

    def query(self, at: str = "", number: int = 0) -> str:
        said = {"note": at} if at else {}
        if (number or self.number) > 1:
            said["page"] = str(number or self.number)
        return f"?{urlencode(said)}" if said else ""


async def show(request: Request) -> Response:
    params = request.query_params
    if is_htmx(request):
        tag = await _tag(request, read_look("", params.get("page", "")).number)
        if request.headers.get("if-none-match") == tag:
            return Response(None, 304, {"ETag": tag})
    page = await _page(
        request, params.get("note", ""), params.get("page", ""), kept="kept" in params
    )
    response = await render(request, "workshop/to_translate.html", page, block="list")
    response.headers["ETag"] = page.tag
    return response


async def take(request: Request) -> Response:
    """A translation is kept by the room of its board, as if it were written there."""
    form, place, house = await read_form(request), place_of(request), house_of(request)
    board, at = form.line("board"), f"{form.line('board')}.{form.line('note')}"
    if board and not may_follow(place.person, f"board:{board}", place.state):
        raise unknown()
    words = known_visitor(request).words
    op = _op(form, _language(place, words.tag))
    if isinstance(op, str) or not board:
        wrong = op if isinstance(op, str) else N_("Write what the note says.")
        return await _again(request, form, at, words.gettext(wrong))
    answer = await house.rooms.ask(f"board:{board}", op, person=place.person)
    if isinstance(answer, Refused):
        return await _again(request, form, at, refusal_words(words, answer))
    said = {"kept": "1", "note": form.line("after")}
    if (number := read_look("", form.line("page")).number) > 1:
        said["page"] = str(number)
    back = url(request, "to_translate", workshop=place.workshop.id)
    return RedirectResponse(f"{back}?{urlencode(said)}", 303)


def _op(form: Form, lang: str) -> TranslateNote | str:
    try:
        words = clean_text(form.text("words").strip())
        if not words:
            return N_("Write what the note says.")
        machine, mark = form.line("by_machine") == "on", form.line("mark")
        return TranslateNote(
            id=form.line("note"), lang=lang, words=words, made_of=mark or None, by_machine=machine
        )
    except (Unclean, ValueError):
        return N_("This cannot be kept. Please write it in other words.")


async def _again(request: Request, form: Form, at: str, wrong: str) -> Response:
    """Nothing that was typed is lost."""
    page = await _page(request, at, form.line("page"), words=form.text("words"), wrong=wrong)
    return await render(request, "workshop/to_translate.html", page, status=409)


async def _page(
    request: Request, at: str, number: str, *, words: str = "", wrong: str = "", kept: bool = False
) -> ToTranslatePage:
    place, house = place_of(request), house_of(request)
    reader = known_visitor(request).words
    lang = _language(place, reader.tag)
    # before the boards are read: what comes meanwhile is asked for again
    heads = await _heads(place, house)
    waiting = await _waiting(house, place, lang, reader)
    pages = max(1, -(-len(waiting) // AT_ONCE))
    here = min(read_look("", number).number, pages)
    rows = waiting[(here - 1) * AT_ONCE : here * AT_ONCE]
    known = [one.at for one in waiting]
    one = waiting[known.index(at)] if at in known else rows[0] if rows else None
    after = known[(known.index(one.at) + 1) % len(known)] if one else ""
    language = BY_TAG.get(lang)
    return ToTranslatePage(
        workshop=place.workshop.id,
        title=str(place.state.fields.get("title", "")),
        board=url(request, "board", board=str(place.state.fields["board"])),
        lang=lang,
        language=language.name if language else lang,
        rows=rows,
        count=len(waiting),
        number=here,
        pages=pages,
        one=one,
        after=after if one and after != one.at else "",
        may=_may(place),
        tag=_tag_of(request, heads, here),
        words=words or (one.said if one else ""),
        wrong=wrong,
        kept=kept,
    )


async def _tag(request: Request, number: int) -> str:
    return _tag_of(request, await _heads(place_of(request), house_of(request)), number)


async def _heads(place: Place, house: House) -> dict[str, int]:
    """Of the boards whoever asks may follow, and of the workshop, which says which those are and in what language."""
    heads = await house.journal.heads(place.workshop.id)
    boards = {f"board:{board['id']}" for board in _boards(place)}
    return {
        stream: head for stream, head in heads.items() if stream in boards or stream == place.stream
    }


def _tag_of(request: Request, heads: dict[str, int], number: int) -> str:
    """Hashed: how often what was said where is nobody's business."""
    house, words = house_of(request), known_visitor(request).words
    named = json.dumps([house.rooms.epoch, words.tag, number, heads], sort_keys=True)
    return f'"{hashlib.sha256(named.encode()).hexdigest()[:32]}"'


def _language(place: Place, reader: str) -> str:
    """The one that people work in together; where nobody has said which, the reader's."""
    return str(place.state.fields.get("lang") or reader or ENGLISH)


def _may(place: Place) -> bool:
    stage = str(place.state.fields.get("stage", "open"))
    return permissions.may(place.role, "translate", stage, "other")


async def _waiting(house: House, place: Place, lang: str, words: Words) -> list[Waiting]:
    """As they are read, board after board: the one people land on first, tables by their number."""
    found: list[Waiting] = []
    for board in _boards(place):
        if (state := await state_of(house, f"board:{board['id']}")) is not None:
            title = board_name(str(board["id"]), place.state, words)
            notes = [note for note in state.of_kind("note") if lacks(note, lang)]
            notes.sort(key=lambda note: _reading(note, state))
            found += [_one(note, str(board["id"]), title, lang) for note in notes]
            await asyncio.sleep(0)  # a workshop may have hundreds of boards, and others wait
    return found


def _boards(place: Place) -> list[Item]:
    land = place.state.fields.get("board")
    boards = [
        board
        for board in place.state.of_kind("board")
        if may_follow(place.person, f"board:{board['id']}", place.state)
    ]
    return sorted(boards, key=lambda one: (one["id"] != land, _number(one, place.state), one["id"]))


def _number(board: Item, workshop: State) -> int:
    table = workshop.get(str(board.get("table", "")))
    return int(table["number"]) if table else 0


def _reading(note: Item, board: State) -> tuple[tuple[str, str], str, int, int, str]:
    region = board.get(str(note.get("region", "")))
    zone = by_order(region) if region else ("", "")
    return zone, str(note.get("order", "")), note.get("y", 0), note.get("x", 0), str(note["id"])


def _one(note: Item, board: str, title: str, lang: str) -> Waiting:
    known = translation_for(note, lang)
    return Waiting(
        board=board,
        title=title,
        note=str(note["id"]),
        text=str(note["text"]),
        lang=str(note.get("lang", "")),
        said=str(note[f"{TEXT}{known}"]) if known else "",
        mark=mark_of(str(note["text"])),
    )
