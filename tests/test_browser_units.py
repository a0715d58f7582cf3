"""Runs the JavaScript unit tests, `tests/browser/*.test.js`: one test here for each file there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from codesign import assets

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "tests/browser").rglob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_javascript_unit(file: Path) -> None:
    done = subprocess.run(
        [*node(), file],  # `node --test` would start another one for it
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def node() -> list[str]:
    try:
        return assets.find_node()[0]
    except assets.AssetsError:
        import playwright  # brings a Node of its own

        return [str(Path(playwright.__file__).parent / "driver/node")]
