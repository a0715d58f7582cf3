"""What is read from the stacks of the busiest second."""

from __future__ import annotations

from pathlib import Path

from bench import busy, flame

STACKS = """\
Main (run.py:1);Runner.run (runners.py:2);tick (codesign/live/tick.py:3);send (codesign/live/client.py:4) 30
Main (run.py:1);Runner.run (runners.py:2);tick (codesign/live/tick.py:5) 10
Main (run.py:1);Runner.run (runners.py:2);tick (codesign/live/tick.py:6);tick (codesign/live/tick.py:6) 20
"""


def test_what_calls_itself_counts_once_and_what_ends_a_stack_counts_for_itself(
    tmp_path: Path,
) -> None:
    file = tmp_path / "stacks"
    file.write_text(STACKS)
    root = flame.read(file)
    tick, send = "tick codesign/live/tick.py", "send codesign/live/client.py"
    assert busy.whole(root)[tick] == 60
    assert (busy.own(root)[tick], busy.own(root)[send]) == (30, 30)
    assert root.samples == 60
