"""A workshop's archive read back: a file from anywhere, believed in nothing.

Members are found by the names that `about.json` gives; nothing is ever unpacked to a path. Ids that are in use on this
server, for whatever, become new ones throughout: nothing that comes in can point at what is here. All the others stay,
so that on another server every stream has the state it had, and its hash.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from codesign.core import limits
from codesign.core.clean import clean_line
from codesign.core.hashing import state_hash
from codesign.core.stream import Item, State, id_of, kind_of, new_id
from codesign.core.whole_streams import ID, check_stream
from codesign.results import images
from codesign.results.archive import (
    ABOUT,
    FILES,
    FORMAT,
    READ_ME,
    REPORT,
    VERSION,
    copied,
    member_of,
)
from codesign.results.worker import Work, WorkError

#: Without its pictures, which go to files of their own.
UNPACKED_BYTES = 200 * 1024 * 1024
MEMBERS_MOST = 20_000
#: Items that one entry of a journal holds.
AT_ONCE = limits.OPS_PER_BATCH
#: Which streams a workshop has, and how many items each may hold.
KINDS: Mapping[str, int] = {
    "workshop": 20_000,
    "desk": 2_000,
    "board": limits.ITEMS_PER_BOARD,
    "register": limits.RECORDS_PER_REGISTER,
    "closed": limits.RECORDS_PER_REGISTER,
}
_NOT_PART_OF_ID = "(?![A-Za-z0-9_-])"
_TOKEN = re.compile(rf"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{{{limits.ID_LETTERS}}}{_NOT_PART_OF_ID}")
#: What a broken or hostile zip raises, beside our own refusals.
_BROKEN = (
    *(zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError, RecursionError),
    *(EOFError, OSError, RuntimeError, NotImplementedError),
)


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """The job of an import. Values: `archive` (where the file is), `folder` (where its pictures go, each under its new
    id, as it lay in the file), `known` (ids in use here) and `seed`, which new ids are made of.

    Out: `title`, `workshop`, `programme`, `is_copy`, `names`, `people` (ids), `attendance`, `plan`, `files` (`id`),
    and `streams` (`stream`, `state_hash`, `entries`: how many). Parts: the changes of every entry, stream by stream.
    """
    try:
        with zipfile.ZipFile(values["archive"]) as file:
            found = _Archive(file, Path(values["folder"]))
            return found.work(set(values["known"]), str(values["seed"]))
    except WorkError:
        raise
    except MemoryError:
        raise
    except _BROKEN:
        raise WorkError("bad_op", "archive") from None


def clean_pictures(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """The pictures at `paths` made anew, as if they had been uploaded."""
    made = [images.make_clean(Path(path).read_bytes()) for path in values["paths"]]
    about = [{"width": width, "height": height} for _, width, height in made]
    return Work({"pictures": about}, [data for data, _, _ in made])


class _Archive:
    def __init__(self, file: zipfile.ZipFile, folder: Path) -> None:
        self.zip = file
        self.folder = folder
        self.left = UNPACKED_BYTES
        self.pictures_left = limits.WORKSHOP_IMAGE_BYTES
        _check_members(self.zip)
        self.about = self._about()

    def work(self, known: set[str], seed: str) -> Work:
        streams = {one["stream"]: self._stream(one) for one in self.about["streams"]}
        workshop, programme = _check_streams(streams)
        renamed = {
            id: new_id(hashlib.sha256(f"{seed}/{id}".encode()).digest()[:16])
            for id in sorted(
                known & {*_tokens(streams), *(one["id"] for one in self.about["files"])}
            )
        }
        rename = _renaming(renamed)
        pictures = [self._picture(one, rename) for one in self.about["files"]]
        told, changes = [], list[bytes]()
        for stream, state in streams.items():
            new = _renamed(state, rename)
            entries = list(_entries(new))
            name = _TOKEN.sub(lambda found: rename(found[0]), stream)
            told.append({"stream": name, "state_hash": state_hash(new), "entries": len(entries)})
            changes += entries
        inside = streams[f"workshop:{workshop}"]
        people = sorted(str(one["id"]) for one in inside.of_kind("person"))
        values = {
            "title": clean_line(str(self.about["title"])),
            "workshop": rename(workshop),
            "programme": rename(programme),
            "is_copy": workshop in renamed,
            "names": self.about["names"] is True,
            "people": [rename(person) for person in people],
            "attendance": [*self._attendance(set(people), rename)],
            "plan": _plan(self.about["report"], set(pictures), rename),
            "files": pictures,
            "streams": told,
        }
        return Work(values, changes)

    # Members

    def _about(self) -> Mapping[str, Any]:
        about = _loaded(self._read(ABOUT))
        if about["format"] != FORMAT:
            raise ValueError("format")
        version = about["version"]
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise ValueError("version")
        if version > VERSION:
            raise WorkError("bad_op", "newer")
        promised = {ABOUT, *about["sha256"]}
        if {info.filename for info in self.zip.infolist()} != promised:
            raise ValueError("members")
        return about

    def _read(self, name: str) -> bytes:
        """No more than there may be in all, whatever the file says of its size."""
        with self.zip.open(name) as member:
            data = member.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise WorkError("limit", "unpacked")
        return data

    def _member(self, name: str) -> bytes:
        data = self._read(name)
        if hashlib.sha256(data).hexdigest() != self.about["sha256"][name]:
            raise ValueError("sha256")
        return data

    def _stream(self, told: Mapping[str, Any]) -> State:
        stream = told["stream"]
        if told["file"] != member_of(stream) or kind_of(stream) not in KINDS:
            raise ValueError("stream")
        said = _loaded(self._member(told["file"]))
        kind, items = kind_of(stream), said["items"]
        if said["stream"] != stream or not ID.fullmatch(id_of(stream)):
            raise ValueError("stream")
        if len(items) > KINDS[kind] or len(said["dropped"]) > 10 * KINDS[kind]:
            raise WorkError("limit", "items")
        check_stream(kind, said["fields"], items)
        dropped = [id for id in said["dropped"] if ID.fullmatch(id)]
        state = State(dict(said["fields"]), {item["id"]: item for item in items}, dropped)
        if len(state) != len(items) or state.items.keys() & state.dropped:
            raise ValueError("id")
        if state_hash(state) != told["state_hash"]:
            raise ValueError("state_hash")
        return state

    def _picture(self, told: Mapping[str, Any], rename: Callable[[str], str]) -> str:
        """Its new id, under which it lies in the folder. No larger than an upload may be, whatever the file says."""
        if not ID.fullmatch(told["id"]):
            raise ValueError("id")
        name, new = f"{FILES}/{told['id']}", rename(told["id"])
        most = min(limits.IMAGE_BYTES, self.pictures_left)
        with self.zip.open(name) as member, (self.folder / new).open("xb") as out:
            size, digest = copied(member, out, most)
        self.pictures_left -= size
        if size > most:
            raise WorkError("limit", "unpacked")
        if digest != self.about["sha256"][name]:
            raise ValueError("sha256")
        return new

    def _attendance(
        self, people: set[str], rename: Callable[[str], str]
    ) -> Iterator[tuple[str, int, int]]:
        for person, came, went in self.about["attendance"]:
            if person not in people or not _is_time(came) or not _is_time(went):
                raise ValueError("attendance")
            yield rename(person), came, went


def _check_members(file: zipfile.ZipFile) -> None:
    """Before anything is read: how many, how large by their own word, and each once under a name of ours."""
    infos = file.infolist()
    if len(infos) > MEMBERS_MOST:
        raise WorkError("limit", "members")
    is_picture = f"{FILES}/"
    sizes = [info.file_size for info in infos if not info.filename.startswith(is_picture)]
    pictures = sum(info.file_size for info in infos) - sum(sizes)
    if sum(sizes) > UNPACKED_BYTES or pictures > limits.WORKSHOP_IMAGE_BYTES:
        raise WorkError("limit", "unpacked")
    names = [info.filename for info in infos]
    single = {ABOUT, READ_ME, REPORT}
    ours = re.compile(rf"streams/[a-z]+-[A-Za-z0-9_-]{{22}}\.json|{FILES}/[A-Za-z0-9_-]{{22}}")
    if len(set(names)) < len(names) or not all(n in single or ours.fullmatch(n) for n in names):
        raise ValueError("names")


def _check_streams(streams: Mapping[str, State]) -> tuple[str, str]:
    """One workshop with all that is its own; its id, and its programme's."""
    workshops = [stream for stream in streams if kind_of(stream) == "workshop"]
    (stream,) = workshops
    workshop, state = id_of(stream), streams[stream]
    programme = str(state.fields["programme"])
    homes = {
        "workshop": {workshop},
        "desk": {workshop},
        "board": {str(board["id"]) for board in state.of_kind("board")},
        "register": {programme},
        "closed": {programme},
    }
    for name, one in streams.items():
        if id_of(name) not in homes[kind_of(name)]:
            raise ValueError("stream")
        if kind_of(name) == "board" and one.fields["workshop"] != workshop:
            raise ValueError("workshop")
        if kind_of(name) in ("register", "closed") and f"workshop/{workshop}" not in one.fields:
            raise ValueError("workshop")
    if f"board:{state.fields['board']}" not in streams or not ID.fullmatch(programme):
        raise ValueError("board")
    # One under way would take ballots under an id that may be another vote's here.
    if any(vote["state"] not in ("closed", "cancelled") for vote in state.of_kind("vote")):
        raise ValueError("vote")
    if state.count_of("person") > limits.PEOPLE_PER_WORKSHOP:
        raise WorkError("limit", "people")
    return workshop, programme


# New ids for those that are taken


def _tokens(streams: Mapping[str, State]) -> Iterator[str]:
    """Everything that may be an id: whole values, and parts of keys. What people wrote is full of other words."""
    for stream, state in streams.items():
        yield id_of(stream)
        yield from state.dropped
        for holder in (state.fields, *state.all()):
            for key, value in holder.items():
                yield from key.split("/")
                if isinstance(value, str) and len(value) == limits.ID_LETTERS:
                    yield value


def _renaming(renamed: Mapping[str, str]) -> Callable[[str], str]:
    return lambda id: renamed.get(id, id)


def _renamed(state: State, rename: Callable[[str], str]) -> State:
    def holder(old: Mapping[str, Any]) -> Item:
        return {
            "/".join(map(rename, key.split("/"))): rename(value)
            if isinstance(value, str)
            else value
            for key, value in old.items()
        }

    items = {new["id"]: new for new in map(holder, state.all())}
    return State(holder(state.fields), items, map(rename, state.dropped))


def _entries(state: State) -> Iterator[bytes]:
    """The changes that add up to the state, some in each entry; what was dropped is put and dropped again."""
    items = sorted(state.all(), key=lambda item: str(item["id"]))
    yield _json([{"stream": {"fields": state.fields}}] if state.fields else [])
    gone = sorted(state.dropped)
    for at in range(0, len(gone), AT_ONCE):
        some = gone[at : at + AT_ONCE]
        puts = [{"put": {"id": id, "kind": "gone"}} for id in some]
        yield _json([*puts, *({"drop": id} for id in some)])
    for at in range(0, len(items), AT_ONCE):
        yield _json([{"put": item} for item in items[at : at + AT_ONCE]])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _loaded(data: bytes) -> dict[str, Any]:
    loaded = json.loads(data, parse_constant=_no_constant, parse_float=_no_constant)
    if not isinstance(loaded, dict):
        raise ValueError("json")
    return loaded


def _no_constant(word: str) -> None:
    raise ValueError(word)


def _is_time(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _plan(said: Any, files: AbstractSet[str], rename: Callable[[str], str]) -> dict[str, Any]:
    """As a form would have given it, with those logos that came along."""
    from codesign.results.report_booklet import read_plan

    plan = read_plan(said).as_json()
    logos = ({**one, "file": rename(one["file"])} for one in plan["logos"])
    return {**plan, "logos": [one for one in logos if one["file"] in files]}
