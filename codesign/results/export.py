"""The job behind every download: a board and its workshop in, one file out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codesign.core.record_boards import ACTORS, method_of
from codesign.core.stream import State
from codesign.i18n import Catalogues, Words
from codesign.results import choosing, sheets, system_map
from codesign.results.board_reading import read_board
from codesign.results.decided import decided
from codesign.results.facts import read_method
from codesign.results.rows import Table
from codesign.results.worker import Work, WorkError

#: What can be taken home, and what it is called on the wire.
MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "graphml": "application/graphml+xml",
}


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """`parts` are the snapshots of the board, the workshop and maybe the register, as they are served (P7.1).

    Values: `form`, `lang`, `title`, `board` and `workshop` (ids), `day`, `files` (id to path and media type), and
    `method`, where the board opens from its data, or `notes`, by which its notes are worked out.
    """
    board, workshop, *registers = (read_snapshot(part) for part in parts)
    form, words = values["form"], Catalogues().words(values["lang"])
    if form == "json":
        from codesign.results import json_archive

        return Work({}, [json_archive.write(board, workshop, values)])
    if system_map.is_map(board) and form in ("csv", "xlsx", "graphml"):
        return Work({}, [_map(form, board, workshop, values, words)])
    if form == "graphml":
        if not registers or method_of(board.fields) not in ACTORS:
            raise WorkError("bad_op", "form")
        from codesign.results import graphml

        return Work({}, [graphml.write(board, registers[0])])
    table: list[tuple[str, ...]] = []
    if registers and method_of(board.fields):
        given, day = values.get("method"), values["day"]
        method = read_method(given) if given else None
        table = choosing.table_of(board, registers[0], words, method, day)
        board = sheets.as_notes(board, registers[0], words, method, day)
    comes_to = _comes_to(board, workshop, values, words)
    model = read_board(board, workshop, values["title"], words)
    match form:
        case "csv":
            from codesign.results import csv

            told = [*comes_to, *decided(board, workshop, values["board"], words)]
            return Work({}, [csv.write(model, words, table, told)])
        case "xlsx":
            from codesign.results import xlsx

            told = [*comes_to, *decided(board, workshop, values["board"], words)]
            return Work({}, [xlsx.write(model, words, told, table)])
        case "png" | "svg" | "pdf":
            from codesign.results import picture

            images = {name: Path(path) for name, (path, _) in values["files"].items()}
            extras = picture.Extras(values["day"], images)
            return Work({}, [picture.draw(model, form, words, extras, Path.cwd())])
    raise WorkError("bad_op", "form")


def _comes_to(
    board: State, workshop: State, values: Mapping[str, Any], words: Words
) -> list[Table]:
    """What a board of notes comes to, a row for each sentence. Nobody is named who has written nothing."""
    if (given := values.get("notes")) is None:
        return []
    from codesign.results.findings_notes import note_findings
    from codesign.results.note_facts import NoteFacts

    method = read_method(given["method"])
    about = {"id": values["board"], "known_titles": given["titles"]}
    found = note_findings(NoteFacts(method, board, workshop, words, **about))
    rows = [(one.title, said) for one in found for said in one.words]
    head = (words.gettext("About"), words.gettext("What it says"))
    return [(words.gettext("What this comes to"), (40, 80), [head, *rows])] if rows else []


def _map(
    form: str, board: State, workshop: State, values: Mapping[str, Any], words: Words
) -> bytes:
    """Factors, links and loops, each a table; as CSV one under the other."""
    from codesign.results import csv, xlsx

    if form == "graphml":
        return system_map.graphml(board)
    tables = [*system_map.tables(board, words), *decided(board, workshop, values["board"], words)]
    if form == "csv":
        return csv.written([row for title, _, rows in tables for row in [(title,), *rows, ()]])
    return xlsx.book(tables)


def read_snapshot(snapshot: bytes) -> State:
    """A stream as it is served, as a state again."""
    state = json.loads(gzip.decompress(snapshot))["state"]
    return State(state["fields"], {item["id"]: item for item in state["items"]})
