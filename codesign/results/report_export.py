"""The job behind a report: its streams in, one file, the page's chapters, or one picture out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from codesign.core.stream import State
from codesign.i18n import Catalogues, Words
from codesign.results import report_tables
from codesign.results.export import read_snapshot
from codesign.results.facts import read_method
from codesign.results.report import Report, Sources
from codesign.results.report_booklet import Booklet, read_plan
from codesign.results.report_chapters import make_booklet
from codesign.results.report_names import cities_of, hide, hide_responsible
from codesign.results.report_reading import read_report
from codesign.results.worker import Work, WorkError

#: What can be taken home, and what it is called on the wire.
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """`parts` are snapshots as they are served (P7.1): the workshop, its `boards`, and maybe the register.

    Values: `form`, `lang`, `day`, `names`, `boards` (ids), `plan`, `files` (id to path and media type). A `page` gets
    `pictures` and `logos`, addresses with `{board}` and `{logo}` in them, and gives its chapters' titles as `chapters`.
    """
    plan = read_plan(values["plan"])
    words = Catalogues().words(plan.lang or values["lang"])
    sources = _sources(values, [read_snapshot(part) for part in parts])
    report = read_report(sources, words)
    # In a spreadsheet a date is sorted, elsewhere it is read.
    spelled = values["form"] not in ("xlsx", "api")
    booklet = make_booklet(report, plan, words, values["day"], spelled=spelled)
    match values["form"]:
        case "page":
            from codesign.results import report_html

            chapters = [[chapter.id, chapter.title] for chapter in booklet.chapters]
            page = report_html.write_page(booklet, values["pictures"], values["logos"])
            told = {"chapters": chapters, "title": booklet.title, "lang": booklet.lang}
            return Work(told, [page.encode()])
        case "api":
            from codesign.results import api

            return Work({}, api.write(report, booklet, sources.register, words))
        case "xlsx":
            from codesign.results import report_xlsx

            tables = report_tables.tables_of(report, booklet, words)
            return Work({}, [report_xlsx.write(booklet.title, tables)])
        case "csv":
            from codesign.results import report_csv

            return Work({}, [report_csv.write(report_tables.notes(report, words))])
        case "md":
            from codesign.results import report_markdown

            return Work({}, [report_markdown.write(booklet)])
        case "ics":
            from codesign.results import report_calendar

            if not (dates := report_calendar.write(report, words, values["day"])):
                raise WorkError("bad_op", "no_dates")
            return Work({}, [dates])
        case "picture":
            return _picture(values, report, words)
    return Work({}, [_drawn(values, report, booklet, words)])


def _picture(values: Mapping[str, Any], report: Report, words: Words) -> Work:
    """Of the only board that was handed in."""
    from codesign.results import report_pictures
    from codesign.results.picture import Extras

    extras = Extras(values["day"], _paths(values))
    drawn = report_pictures.draw_boards(report, None, "svg", words, extras, Path.cwd())
    if not drawn:
        raise WorkError("unavailable", "broken")
    (one,) = drawn.values()
    return Work({"media_type": one.media_type}, [one.data])


def _paths(values: Mapping[str, Any]) -> dict[str, Path]:
    return {name: Path(path) for name, (path, _) in values["files"].items()}


def _drawn(values: Mapping[str, Any], report: Report, booklet: Booklet, words: Words) -> bytes:
    """What has pictures in it."""
    folder, form = Path.cwd(), values["form"]
    if form not in MEDIA_TYPES:
        raise WorkError("bad_op", "form")
    from codesign.results import report_logos, report_pictures
    from codesign.results.picture import Extras

    extras = Extras(values["day"], _paths(values))
    kind = report_pictures.FORMS[form]
    pictures = report_pictures.draw_boards(report, booklet, kind, words, extras, folder)
    pictures |= report_logos.draw_logos(booklet.logos, _paths(values))
    match form:
        case "docx":
            from codesign.results import report_docx

            return report_docx.write(booklet, pictures)
        case "pptx":
            from codesign.results import report_pptx

            return report_pptx.write(booklet, pictures, words)
        case "html":
            from codesign.results import report_html

            return report_html.write(booklet, pictures, words)
    from codesign.results import report_pdf

    inside = folder / "setting"
    inside.mkdir()
    return report_pdf.write(booklet, pictures, inside)


def _sources(values: Mapping[str, Any], states: Sequence[State]) -> Sources:
    workshop, named = states[0], bool(values["names"])
    boards = dict(zip(values["boards"], states[1:], strict=False))
    register = states[1 + len(boards)] if len(states) > 1 + len(boards) else None
    methods = {id: read_method(one) for id, one in values.get("methods", {}).items()}
    cities = cities_of(workshop, named=named)
    sources = Sources(workshop, boards, register, methods=methods, day=values["day"], cities=cities)
    if named:
        return sources
    plain, hidden = hide(workshop, boards)
    plainer = hide_responsible(register)
    return replace(sources, workshop=plain, boards=hidden, register=plainer, names=False)
