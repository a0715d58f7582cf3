"""What documents of a demo are made of: money, projects and practices, and the boards that show them."""

from __future__ import annotations

from typing import Any

from codesign.core.kinds import KINDS
from codesign.store.workshops import Workshop
from codesign.web.demo_records import Demo
from codesign.web.from_playbook import catalog_of
from codesign.web.opening import look_of, open_board, order

#: By the word in the file; money comes first, because projects name it.
WORDS = {"funding": "funding", "projects": "project", "practices": "practice"}
#: Under which word of the file those are that a field names.
NAMED = {
    "promoter": "actors",
    "partners": "actors",
    "sources": "funding",
    "beneficiaries": "personas",
}
ABOUT = ("by", "closed")


async def load(demo: Demo, row: Workshop, data: dict[str, Any]) -> None:
    catalog = await catalog_of(demo.house)
    for about in data["sheets"]:
        # First of all: from here on the register knows the fields that these methods add.
        look = look_of(catalog.methods[about["method"]], about["title"], about["question"])
        assert look is not None  # noqa: S101  our own file
        await open_board(demo.house, row, look)
    for word, kind in WORDS.items():
        for about in data.get(word, ()):
            await _tell(demo, word, kind, about)


async def _tell(demo: Demo, word: str, kind: str, about: dict[str, Any]) -> None:
    fields: dict[str, Any] = {}
    lists: dict[str, list[str]] = {}
    for name, value in about.items():
        known = KINDS[kind].field(name)
        if name in ABOUT:
            continue
        if known is None or not isinstance(value, list):
            fields[name] = demo.ids[NAMED[name], value] if name in NAMED else value
        elif known.type == "money":
            fields[f"{name}/amount"], fields[f"{name}/currency"] = value
        elif known.type == "list":
            lists[name] = value
        else:
            keys = demo.of(NAMED[name], value) if name in NAMED else value
            fields |= {f"{name}/{one}": True for one in keys}
    id = await demo.record(kind, fields, about["by"])
    demo.ids[word, str(about[KINDS[kind].title])] = id
    await demo.close(id, about)
    for name, texts in lists.items():
        for at, text in enumerate(texts):
            line = {"text": text, "of": id, "field": name, "order": order(at)}
            await demo.record("line", line, about["by"])
