"""A whole workshop as one open file: a zip of JSON, pictures and the report, which another server can bring in.

What goes in is what those who lead may follow, and of that what lasts. Never in it: lanes (what is not revealed),
inboxes, ballots, who waited at the door, links, codes and words of doors. The closed side of the register goes in only
when it is asked for, and never without names. Hashes of every member, and of every stream's state, stand in
`about.json`.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from codesign import __version__
from codesign.core.hashing import state_hash
from codesign.core.limits import IMPORT_BYTES
from codesign.core.stream import Item, State, id_of, kind_of
from codesign.i18n import Catalogues, Words
from codesign.results.archive_names import without_names
from codesign.results.export import read_snapshot
from codesign.results.worker import Work, WorkError

FORMAT, VERSION = "codesign-workshop", 1
ABOUT, READ_ME, REPORT = "about.json", "READ-ME.txt", "report.html"
STREAMS, FILES = "streams", "files"
#: What is under way in a workshop that is taken home is over in the archive.
ENDS = {"vote": "cancelled", "consent": "closed"}
#: Of the desk, who waits, who needs help and who has written: of the moment, and partly nobody else's business.
MOMENTARY = frozenset({"knock", "help", "silence", "answers"})


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """The job of an export. `parts` are snapshots as they are served (P7.1), in the order of `streams`.

    Values: `title`, `lang`, `day`, `names`, `streams` (`stream`, `seq`, `dropped`), `files` (id to path and media
    type), `plan` of the report, `attendance` (person, came, went).
    """
    found = {
        one["stream"]: _lasting(one["stream"], read_snapshot(part), one["dropped"])
        for one, part in zip(values["streams"], parts, strict=True)
    }
    if not values["names"]:
        found = without_names(found)
    seqs = {one["stream"]: one["seq"] for one in values["streams"]}
    members = dict(_member(stream, seqs[stream], state) for stream, state in found.items())
    pictures = _pictures(found, values["files"])
    words = Catalogues().words(values["lang"])
    made = {
        **members,
        **{f"{FILES}/{id}": data for id, (data, _) in pictures.items()},
        REPORT: _report(values, parts),
        READ_ME: read_me(words, values["title"]).encode(),
    }
    about = {
        "format": FORMAT,
        "version": VERSION,
        "made": values["day"],
        "by": f"Codesign {__version__}",
        "title": values["title"],
        "names": values["names"],
        "streams": [
            {"stream": stream, "file": member_of(stream), "state_hash": state_hash(state)}
            for stream, state in found.items()
        ],
        "files": [{"id": id, "media_type": kind} for id, (_, kind) in pictures.items()],
        "report": values["plan"],
        "attendance": values["attendance"] if values["names"] else [],
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in made.items()},
    }
    data = _zipped({ABOUT: _json(about), **made}, values["day"])
    if len(data) > IMPORT_BYTES:
        raise WorkError("limit", "archive")
    return Work({}, [data])


def member_of(stream: str) -> str:
    """A stream's name within the archive: the board's `streams/board-<id>.json`."""
    return f"{STREAMS}/{kind_of(stream)}-{id_of(stream)}.json"


def read_me(words: Words, title: str) -> str:
    """For whoever opens the file without Codesign."""
    said = (
        words.gettext("This is the archive of a workshop: “{title}”.", title=title),
        words.gettext("{file} is what came of it, to read in any browser.", file=REPORT),
        words.gettext(
            "{streams} holds everything that was written, as JSON; {files} holds the pictures. "
            "A Codesign server brings all of it in again: Home, “Bring a workshop in”.",
            streams=STREAMS,
            files=FILES,
        ),
    )
    return "\n".join(said) + "\n"


def _lasting(stream: str, state: State, dropped: Sequence[str]) -> State:
    match kind_of(stream):
        case "desk":
            fields = {
                k: v for k, v in state.fields.items() if not k.startswith(("told/", "message"))
            }
            items = [item for item in state.all() if item["kind"] not in MOMENTARY]
        case "workshop":
            # Ballots stay here, so a vote under way is over there: those who lead open another.
            # What is taken home of a rehearsal is a workshop like any other.
            fields = {k: v for k, v in state.fields.items() if k != "rehearsal"}
            items = [
                {**item, "state": ENDS[item["kind"]]} if _is_under_way(item) else item
                for item in state.all()
            ]
        case _:
            fields, items = state.fields, [*state.all()]
    kept = {item["id"]: item for item in items}
    return State(
        dict(fields), kept, set(dropped) - kept.keys() if kind_of(stream) == "board" else ()
    )


def _is_under_way(item: Item) -> bool:
    return item["kind"] in ENDS and item["state"] in ("open", "counting")


def _member(stream: str, seq: int, state: State) -> tuple[str, bytes]:
    items = sorted(state.all(), key=lambda item: str(item["id"]))
    said = {"stream": stream, "seq": seq, "fields": state.fields, "items": items}
    return member_of(stream), _json({**said, "dropped": sorted(state.dropped)})


def _pictures(
    found: Mapping[str, State], files: Mapping[str, Sequence[str]]
) -> dict[str, tuple[bytes, str]]:
    """Those that a board shows, or a record."""
    shown = {
        value
        for state in found.values()
        for item in state.all()
        for value in item.values()
        if isinstance(value, str) and value in files
    }
    return {
        id: (Path(files[id][0]).read_bytes(), str(files[id][1]))
        for id in sorted(shown)
        if Path(files[id][0]).is_file()
    }


def _report(values: Mapping[str, Any], parts: Sequence[bytes]) -> bytes:
    from codesign.results import report_export

    by_kind: dict[str, list[tuple[str, bytes]]] = {}
    for one, part in zip(values["streams"], parts, strict=True):
        by_kind.setdefault(kind_of(one["stream"]), []).append((id_of(one["stream"]), part))
    chosen = [*by_kind["workshop"], *by_kind["board"], *by_kind.get("register", ())]
    said = {
        "form": "html",
        "boards": [id for id, _ in by_kind["board"]],
        **{key: values[key] for key in ("lang", "day", "names", "plan", "files")},
    }
    return bytes(report_export.run(said, [part for _, part in chosen]).parts[0])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _zipped(members: Mapping[str, bytes], day: str) -> bytes:
    year, month, date = (int(part) for part in day.split("-"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (max(year, 1980), month, date, 0, 0, 0))
            # Pictures are as small as they get.
            is_picture = name.startswith(f"{FILES}/")
            info.compress_type = zipfile.ZIP_STORED if is_picture else zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return out.getvalue()
