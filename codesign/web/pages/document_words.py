"""Words of one's own in a document: at its head, and in each of its chapters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core import clean, limits
from codesign.core.decision import Refused
from codesign.core.ops import All, WriteDocument
from codesign.results.document_list import TITLES
from codesign.web import document_contents as contents
from codesign.web import opening
from codesign.web.access import leads_of
from codesign.web.document_sources import Asked, asked_for
from codesign.web.errors import refusal_words
from codesign.web.forms import Form, read_form
from codesign.web.house import house_of
from codesign.web.pages.documents import address_of
from codesign.web.render import render
from codesign.web.sessions import known_visitor


@dataclass(frozen=True, slots=True)
class Writing:
    section: str
    #: Of the chapter; empty at the head.
    title: str
    text: str
    #: Which words were there when the page was made.
    was: str
    #: What somebody else has written meanwhile.
    theirs: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class WordsPage:
    programme: str
    title: str
    record: str
    document: str
    writings: list[Writing]
    wrong: str = ""


async def show(request: Request) -> Response:
    asked = asked_for(request)
    page = _page(request, asked, await _there(request, asked))
    return await render(request, "documents/words.html", page)


async def take(request: Request) -> Response:
    """What was changed is kept, unless somebody else has changed the same meanwhile: then both are shown."""
    asked, form, house = asked_for(request), await read_form(request), house_of(request)
    words, leads = known_visitor(request).words, leads_of(request)
    there = await _there(request, asked)
    wanted, trouble = _read(form, asked, there)
    if not trouble and wanted:
        place = leads.places[0]
        await opening.open_register(house, place.workshop)
        ops = [
            WriteDocument(
                document=asked.document.id,
                record=asked.record or None,
                section=section,
                text=text,
            )
            for section, text in wanted.items()
        ]
        stream = f"closed:{leads.programme}"
        answer = await house.rooms.ask(
            stream, All(ops=tuple(ops)), person=place.person, product=True
        )
        if isinstance(answer, Refused):
            page = _page(request, asked, there, wanted, wrong=refusal_words(words, answer))
            return await render(request, "documents/words.html", page, status=409)
    if trouble:
        typed = {**wanted, **dict.fromkeys(trouble, "")}
        typed |= {section: form.text(f"text.{section}") for section in trouble}
        page = _page(request, asked, there, typed, trouble)
        return await render(request, "documents/words.html", page, status=409)
    return RedirectResponse(address_of(request, asked, "document"), 303)


def _read(form: Form, asked: Asked, there: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What is to be written, and of what cannot be, why: `changed`, `long` or `unclean`."""
    wanted: dict[str, str] = {}
    trouble: dict[str, str] = {}
    for section, _ in _sections(asked):
        typed, was = form.text(f"text.{section}"), there.get(section, "")
        if len(typed.encode()) > limits.TEXT_BYTES:
            trouble[section] = "long"
            continue
        try:
            text = clean.clean_text(typed).strip()
        except clean.Unclean:
            trouble[section] = "unclean"
            continue
        if _mark(text) == form.text(f"was.{section}") or text == was:
            continue
        if form.text(f"was.{section}") != _mark(was):
            trouble[section] = "changed"
        else:
            wanted[section] = text
    return wanted, trouble


async def _there(request: Request, asked: Asked) -> dict[str, str]:
    closed = await contents.closed_of(request, leads_of(request))
    return contents.writings_of(closed, asked.document.id, asked.record)


def _sections(asked: Asked) -> list[tuple[str, str]]:
    shown = [one for one in asked.document.sections if one.show != "missing"]
    return [("", ""), *((one.key, one.title) for one in shown)]


def _page(
    request: Request,
    asked: Asked,
    there: dict[str, str],
    typed: dict[str, str] | None = None,
    trouble: dict[str, str] | None = None,
    wrong: str = "",
) -> WordsPage:
    words, typed, trouble = known_visitor(request).words, typed or {}, trouble or {}
    said = {
        "changed": words.gettext(
            "Somebody else changed this meanwhile. Their words stand below yours."
        ),
        "long": words.gettext("This is too long."),
        "unclean": words.gettext("Some of these letters cannot be kept."),
    }
    writings = [
        Writing(
            section,
            words.gettext(title) if title else "",
            typed.get(section, there.get(section, "")),
            _mark(there.get(section, "")),
            there.get(section, "") if trouble.get(section) == "changed" else "",
            said.get(trouble.get(section, ""), ""),
        )
        for section, title in _sections(asked)
    ]
    name = words.gettext(TITLES[asked.document.id])
    address = address_of(request, asked, "document")
    return WordsPage(leads_of(request).programme, name, asked.record, address, writings, wrong)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
