"""The forms of records in the browser name what codesign/core/kinds.py knows, and boards of records have one list."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from codesign.core.kinds import KINDS
from codesign.core.record_boards import METHODS
from tests.test_browser_units import node

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
import { FIELDS } from "./static/js/board/records/kinds.js";
import { METHODS } from "./static/js/board/records/methods.js";
const forms = Object.fromEntries(Object.entries(FIELDS).map(([kind, make]) => [kind, make()]));
console.log(JSON.stringify({ forms, methods: METHODS }));
"""


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    asked = [*node(), "--input-type=module", "--eval", SCRIPT]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, timeout=30, check=True)
    return dict(json.loads(done.stdout))


def test_the_browser_and_the_core_know_the_same_boards(said: dict[str, Any]) -> None:
    assert said["methods"] == {layout: list(ids) for layout, ids in METHODS.items()}


def test_every_field_of_a_form_is_one_of_the_core_with_its_type_and_codes(
    said: dict[str, Any],
) -> None:
    for name, fields in said["forms"].items():
        kind = KINDS[name]
        assert fields[0]["name"] == kind.title
        for field in fields:
            known = kind.field(field["name"])
            assert known is not None, (name, field["name"])
            about = (field["type"], bool(field.get("required")), bool(field.get("closed")))
            assert about == (known.type, known.required, known.closed), (name, field["name"])
            codes = [code for code, _ in field.get("options", [])]
            if known.type == "enum":
                assert codes == list(known.options), (name, field["name"])
            elif known.type == "scale":
                assert (codes[0], codes[-1]) == (known.least, known.most)
            elif known.type in ("ref", "refs"):
                assert known.options == (field["of"],)


def test_a_form_asks_for_everything_that_is_required(said: dict[str, Any]) -> None:
    for name, fields in said["forms"].items():
        assert {field["name"] for field in fields} >= set(KINDS[name].required)
