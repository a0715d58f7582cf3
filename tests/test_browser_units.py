"""Runs the JavaScript unit tests, `tests/browser/*.test.js`."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from codesign import assets

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "tests/browser").rglob("*.test.js"))
#: The one that takes its time; most others are done before a process of their own would have begun.
FUZZ = ROOT / "tests/browser/fuzz.test.js"


def test_javascript_histories_converge() -> None:
    run([FUZZ])


def test_javascript_units() -> None:
    run([file for file in FILES if file != FUZZ])


def run(files: list[Path]) -> None:
    assert files
    # `node --test` would start a process for each file, and each reads the same modules anew.
    imports = "".join(f"await import({json.dumps(file.as_uri())});" for file in files)
    done = subprocess.run(
        [*node(), "--input-type=module", "--eval", imports],
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
