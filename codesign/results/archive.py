"""A whole workshop as one open file: a zip of JSON, pictures and the report, which another server can bring in.

What goes in is what those who lead may follow, and of that what lasts. Never in it: lanes (what is not revealed),
inboxes, ballots, who waited at the door, links, codes and words of doors. The closed side of the register goes in only
when it is asked for, and never without names. Hashes of every member, and of every stream's state, stand in
`about.json`.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from codesign import __version__
from codesign.core.hashing import state_hash
from codesign.core.limits import ARCHIVE_BYTES
from codesign.core.stream import Item, State, id_of, kind_of
from codesign.i18n import Catalogues, Words
from codesign.results.archive_names import without_names
from codesign.results.export import read_snapshot
from codesign.results.worker import Work, WorkError

FORMAT, VERSION = "codesign-workshop", 1
ABOUT, READ_ME, REPORT = "about.json", "READ-ME.txt", "report.html"
STREAMS, FILES = "streams", "files"
#: Of a picture, in memory at once.
PIECE = 256 * 1024
#: What is under way in a workshop that is taken home is over in the archive.
ENDS = {"vote": "cancelled", "consent": "closed"}
#: Of the desk, who waits, who needs help and who has written: of the moment, and partly nobody else's business.
#: What was done with links and tokens is about those that this server gave out, which are in no archive either.
MOMENTARY = frozenset({"knock", "help", "silence", "answers", "deed"})


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """The job of an export. `parts` are snapshots as they are served (P7.1), in the order of `streams`.

    Values: `out` (where the file is written), `title`, `lang`, `day`, `names`, `streams` (`stream`, `seq`, `dropped`),
    `files` (id to path and media type), `plan` of the report, `attendance` (person, came, went).
    """
    found = {
        one["stream"]: _lasting(one["stream"], read_snapshot(part), one["dropped"])
        for one, part in zip(values["streams"], parts, strict=True)
    }
    if not values["names"]:
        found = without_names(found)
    seqs = {one["stream"]: one["seq"] for one in values["streams"]}
    members = dict(_member(stream, seqs[stream], state) for stream, state in found.items())
    pictures = _pictures(found, values["files"], values["plan"])
    words = Catalogues().words(values["lang"])
    made = {
        READ_ME: read_me(words, values["title"]).encode(),
        REPORT: _report(values, parts),
        **members,
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
        "files": [{"id": id, "media_type": str(values["files"][id][1])} for id in pictures],
        "report": values["plan"],
        "attendance": values["attendance"] if values["names"] else [],
    }
    out = Path(values["out"])
    _write(out, made, pictures, about, values["day"])
    if out.stat().st_size > ARCHIVE_BYTES:
        raise WorkError("limit", "archive")
    return Work({})


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
        case "closed":
            # A version is a place in this server's journal, which no archive holds.
            fields = state.fields
            items = [item for item in state.all() if item["kind"] != "version"]
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
    found: Mapping[str, State], files: Mapping[str, Sequence[str]], plan: Mapping[str, Any]
) -> dict[str, Path]:
    """Where they lie: those that a board shows, or a record, and the report's logos."""
    shown = {
        value
        for state in found.values()
        for item in state.all()
        for value in item.values()
        if isinstance(value, str) and value in files
    } | {one["file"] for one in plan.get("logos", ()) if one["file"] in files}
    return {id: path for id in sorted(shown) if (path := Path(files[id][0])).is_file()}


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


def _write(
    out: Path,
    made: Mapping[str, bytes],
    pictures: Mapping[str, Path],
    about: Mapping[str, Any],
    day: str,
) -> None:
    """Pictures go through piece by piece, so that a gigabyte of them takes no memory. The hashes come last."""
    hashes = dict[str, str]()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in made.items():
            hashes[name] = hashlib.sha256(data).hexdigest()
            file.writestr(_named(name, day), data)
        for id, path in pictures.items():
            with path.open("rb") as source, file.open(_named(f"{FILES}/{id}", day), "w") as member:
                _, hashes[f"{FILES}/{id}"] = copied(source, member)
        file.writestr(_named(ABOUT, day), _json({**about, "sha256": hashes}))


def _named(name: str, day: str) -> zipfile.ZipInfo:
    year, month, date = (int(part) for part in day.split("-"))
    info = zipfile.ZipInfo(name, (max(year, 1980), month, date, 0, 0, 0))
    # Pictures are as small as they get.
    is_picture = name.startswith(f"{FILES}/")
    info.compress_type = zipfile.ZIP_STORED if is_picture else zipfile.ZIP_DEFLATED
    return info


def copied(source: IO[bytes], out: IO[bytes], most: int | None = None) -> tuple[int, str]:
    """How much went through, and its SHA-256. It stops soon after `most`, and what came out is not all."""
    size, digest = 0, hashlib.sha256()
    while (most is None or size <= most) and (piece := source.read(PIECE)):
        size += len(piece)
        digest.update(piece)
        out.write(piece)
    return size, digest.hexdigest()
