"""What a page expects of an op about people without a device. Twin of static/js/board/ops_devices.js."""

from __future__ import annotations

from typing import Any

from codesign.core.changes import Change, PatchItem, PutItem
from codesign.sync.pending import Op

DEVICE_OPS = frozenset({"add_person", "share_device"})


def expected_of_devices(op: Op, now: int) -> list[Change]:
    if op["type"] == "share_device":
        return [PatchItem(op["person"], {"shared": op["people"]})]
    person: dict[str, Any] = {"id": op["person"], "kind": "person", "name": op["name"]}
    person |= {"role": "participant", "deviceless": now}
    return [PutItem(person | {key: op[key] for key in ("city", "lang") if op.get(key)})]
