"""Words of one's own in a programme's documents, and which versions of them are kept; on the closed side."""

from __future__ import annotations

from codesign.core.ask import Ask
from codesign.core.changes import Change, DropItem, PatchItem, PutItem
from codesign.core.copies import copy_id
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.ops import KeepVersion, WriteDocument
from codesign.core.rules.making import refuse_new
from codesign.core.stream import Draft

#: The newest of a document stand; the journal has all of them.
VERSIONS_MOST = 30


def write_document(op: WriteDocument, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    id = writing_id(op.document, op.record, op.section)
    there, text = draft.get(id), op.text.strip()
    by = {"by": ask.person} if ask.person else {}
    if there is None:
        named = {"document": op.document, **({"record": op.record} if op.record else {})}
        what = {"id": id, "kind": "writing", **named, "section": op.section}
        new = PutItem({**what, "text": text, **by, "at": ask.now})
        return Accepted((new,)) if text else NOTHING
    if there["text"] == text:
        return NOTHING
    return Accepted((PatchItem(id, {"text": text, **by, "at": ask.now}),))


def keep_version(op: KeepVersion, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    if no := refuse_new(op.id, draft):
        return no
    said = op.model_dump(exclude={"type"}, exclude_none=True)
    by = {"by": ask.person} if ask.person else {}
    kept = [
        one
        for one in draft.of_kind("version")
        if one["document"] == op.document and one.get("record") == op.record
    ]
    kept.sort(key=lambda one: (one["at"], one["id"]))
    old = kept[: max(0, len(kept) - VERSIONS_MOST + 1)]
    gone: list[Change] = [DropItem(one["id"]) for one in old]
    return Accepted((*gone, PutItem({**said, "kind": "version", **by, "at": ask.now})))


def writing_id(document: str, record: str | None, section: str) -> str:
    return copy_id("writing", document, record or "", section)
