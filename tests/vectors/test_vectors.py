"""The vectors that the browser's twins are tested with are what Python says today."""

from __future__ import annotations

import json
from random import Random

import pytest

from tests.vectors.make import FOLDER, MAKERS


@pytest.mark.parametrize("name", MAKERS)
def test_vectors_are_what_python_says(name: str) -> None:
    written = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(MAKERS[name](Random(name)))) == written
