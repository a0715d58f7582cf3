"""Plants one bug after the other in a copy of the product, and looks whether its test says no (promise P20).

`python3 dev.py sabotage [WORD …]`: all of them, or those whose name has one of the words in it. A test counts only when
it passes on the copy without the bug, and fails on the copy with it by an assertion: not by an error, nor by a timeout.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Long enough for any of them on a busy machine.
SECONDS = 240
SIMULATOR = "tests/simulator/test_simulator.py::"
PYTHON_WORLDS = SIMULATOR + "test_a_world_of_python_clients_comes_to_rest_with_nothing_lost"
MIXED_WORLDS = SIMULATOR + "test_a_world_with_browsers_in_it_does_so_too"


@dataclass(frozen=True)
class Bug:
    """`right` becomes `wrong` in `file`; then `test` must fail."""

    name: str
    file: str
    right: str
    wrong: str
    test: str


BUGS = [
    Bug(
        "acks go out before the disk has it",
        "codesign/live/tick.py",
        "            errors = await self._write(batches)\n",
        "            for batch in batches:\n"
        "                batch.room._tell(batch.answers, ())\n"
        "            errors = await self._write(batches)\n",
        "tests/live/test_room.py::test_nobody_is_told_before_the_disk_has_it",
    ),
    Bug(
        "a commit that failed is acked",
        "codesign/live/tick.py",
        "        return [outcome.get(batch) for batch in batches]\n",
        "        return [None for batch in batches]\n",
        f"{PYTHON_WORLDS}[range(0, 25)]",
    ),
    Bug(
        "the last n of a client is forgotten with the process",
        "codesign/live/asked.py",
        "Memory(client, person, last, last)",
        "Memory(client, person, 0, 0)",
        "tests/live/test_resends.py::test_a_resend_after_a_restart_is_answered_from_the_journal",
    ),
    Bug(
        "a tail is sent without asking who may follow",
        "codesign/live/room.py",
        "return may_follow(person, self.stream, self.workshop_state_of(person))",
        "return True",
        "tests/live/test_following.py::test_a_removed_person_is_shown_out_at_once",
    ),
    Bug(
        "the queue of a slow reader has no end",
        "codesign/live/client.py",
        "queued + size <= limits.OUTGOING_BYTES and len(self._sizes) < limits.OUTGOING_MESSAGES",
        "True",
        "tests/live/test_wires.py::test_no_more_than_a_mebibyte_waits",
    ),
    Bug(
        "a closing socket is looked up by its client",
        "codesign/live/pages.py",
        "if memory is not None and memory.page is client:",
        "if memory is not None:",
        "tests/live/test_following.py"
        "::test_a_socket_that_was_replaced_does_not_hide_the_one_that_replaced_it",
    ),
    Bug(
        "undo takes back what someone else has changed since",
        "codesign/core/undo.py",
        "return touch is not None and touch.seq > seq and touch.by != person",
        "return False",
        "tests/core/test_undo.py::test_a_field_someone_else_has_changed_since_is_left_alone",
    ),
    Bug(
        "the next seq is one more than the highest, whoever wrote it",
        "codesign/store/journal_sqlite.py",
        "DO UPDATE SET head = excluded.head WHERE streams.head = :head",
        "DO UPDATE SET head = excluded.head",
        "tests/store/test_journal_contract.py::test_a_wrong_head_writes_nothing[sqlite_url]",
    ),
    Bug(
        "what was decided is kept although it was not saved",
        "codesign/live/tick.py",
        "            batch.room.stale = True\n            return\n",
        "            batch.room.commit(batch)\n            return\n",
        "tests/live/test_room.py::test_a_commit_that_fails_acks_nothing_and_changes_nothing",
    ),
    Bug(
        "a stale edit of a text is not rebased",
        "codesign/core/rules/text.py",
        "splices = rebase_over_all(op.splices, edits)",
        "splices = op.splices",
        "tests/core/test_ask.py::test_text_is_not_guarded_but_rebased",
    ),
    Bug(
        "a load that failed is remembered",
        "codesign/live/keeping.py",
        "        del self._opening[stream]\n",
        "",
        "tests/live/test_keeping.py::test_a_failed_load_is_not_kept",
    ),
    Bug(
        "a stale tab overwrites",
        "codesign/core/ask.py",
        "touch.seq > self.base and touch.by != self.person",
        "touch.by is None",
        "tests/core/test_ask.py::test_a_stale_move_is_refused_with_the_value_of_today",
    ),
    Bug(
        "what was due when the process died stays undone",
        "codesign/live/rooms.py",
        "        self.effects.wake(0)\n",
        "",
        "tests/live/test_effects.py::test_starting_does_what_was_left_undone",
    ),
    Bug(
        "participants may edit each other's words",
        "codesign/core/permissions.py",
        'frozenset({"own"}) for action in ("edit_text", "recolour", "delete")',
        'frozenset({"own", "other"}) for action in ("edit_text", "recolour", "delete")',
        "tests/core/test_permissions.py::test_each_role_may_do_what_the_table_says[edit_text other]",
    ),
    Bug(
        "someone removed goes on being told",
        "codesign/live/rooms.py",
        "                self.pages.show_out(room)\n",
        "                pass\n",
        "tests/live/test_following.py::test_a_removed_person_is_shown_out_at_once",
    ),
    Bug(
        "a browser keeps a field that was taken away",
        "static/js/board/changes.js",
        "if (value === null) delete fresh[key];",
        "if (value === null) fresh[key] = false;",
        f"{MIXED_WORLDS}[range(100000, 100025)]",
    ),
    Bug(
        "a browser lets what came later stand to the left",
        "static/js/board/text.js",
        "const start = movedTo(at, spans, !earlier);",
        "const start = movedTo(at, spans, earlier);",
        "tests/test_browser_units.py::test_javascript_units",
    ),
    Bug(
        "an op is answered as before although it says something else",
        "codesign/live/conversation.py",
        "same = known.digest == message.digest",
        "same = True",
        "tests/live/test_resends.py::test_the_same_name_with_other_content_is_a_bad_op",
    ),
    Bug(
        "an id that was dropped can be used again",
        "codesign/core/stream.py",
        "        self._leave(self.items.pop(item_id))\n        self.dropped.add(item_id)\n",
        "        self._leave(self.items.pop(item_id))\n",
        "tests/core/test_decide.py::test_a_taken_id_and_one_that_was_dropped_are_refused",
    ),
    Bug(
        "a ballot counts after the close",
        "codesign/store/ballots.py",
        "return None if row.closed is not None else bytes(row.key)",
        "return bytes(row.key)",
        "tests/store/test_ballots.py::test_no_ballot_comes_after_the_close[sqlite]",
    ),
    Bug(
        "ballots stay in the database's log",
        "codesign/store/ballots.py",
        '    await db.scrub("ballots", "vote_keys")\n',
        "",
        "tests/store/test_ballots.py::test_the_database_file_and_its_log_hold_no_trace_of_a_ballot",
    ),
    Bug(
        "a secret vote tells where the dots lie",
        "codesign/core/rules/voting.py",
        'counts = {} if vote["secret"] else ',
        "counts = ",
        "tests/core/test_voting.py::test_counts_of_a_secret_vote_say_how_many_and_nothing_else",
    ),
    Bug(
        "a lane is followed by whoever knows whose it is",
        "codesign/core/lanes.py",
        "return lane.key == person and lane.silence <= now",
        "return lane.silence <= now",
        "tests/live/test_lanes.py::test_nobody_else_may_follow_or_ask_anything_of_a_lane",
    ),
    Bug(
        "the whole board hears what is written in a lane",
        "codesign/live/room.py",
        "            for client in list(self.followers):\n                answered =",
        "            near = self.board.followers if self.board and self.kind == 'lane' else {}\n"
        "            for client in [*self.followers, *near]:\n                answered =",
        f"{PYTHON_WORLDS}[range(0, 25)]",
    ),
    Bug(
        "what was hidden is revealed in the order in which it was written",
        "codesign/core/rules/lanes.py",
        "    return sorted(notes, key=drawn)\n",
        "    return notes\n",
        "tests/core/test_lanes.py::test_their_order_says_nothing_about_who_wrote_when",
    ),
    Bug(
        "each one who begins to write in silence is counted aloud",
        "codesign/core/lanes.py",
        "return people - people % TICK",
        "return people",
        "tests/live/test_lanes.py"
        "::test_those_who_lead_hear_of_every_fifth_who_has_written_and_nobody_else_of_any",
    ),
    Bug(
        "a lane without a name stays after its reveal",
        "codesign/live/errands.py",
        "                await self._erase(lanes)\n",
        "                pass\n",
        "tests/live/test_lanes.py"
        "::test_revealing_without_names_gives_new_ids_and_leaves_nothing_of_the_lane",
    ),
    Bug(
        "words that waited in a lane go with it",
        "codesign/sync/dialogue.py",
        "given = [*self._texts.give_up_typed(stream, touch), *self._texts.give_up_found(stream)]",
        "given = self._texts.give_up_found(stream)",
        "tests/sync/test_lanes.py"
        "::test_words_of_a_lane_without_a_name_that_is_gone_are_given_back_whole",
    ),
    Bug(
        "the desk is followed by everyone",
        "codesign/core/visibility.py",
        '        case "desk":\n            return role_of(person, workshop) in LEADS\n',
        '        case "desk":\n            return True\n',
        "tests/live/test_lanes.py"
        "::test_those_who_lead_hear_of_every_fifth_who_has_written_and_nobody_else_of_any",
    ),
    Bug(
        "the closed side of a register is followed by everyone",
        "codesign/core/visibility.py",
        "return _is_of(workshop, stream) and role_of(person, workshop) in LEADS",
        "return _is_of(workshop, stream)",
        "tests/live/test_registers.py::test_what_is_closed_reaches_those_who_lead_and_nobody_else",
    ),
    Bug(
        "whoever sits at one table sees them all",
        "codesign/core/visibility.py",
        'seating.get(sits_key(person)) == table["id"]',
        "seating.get(sits_key(person)) is not None",
        "tests/core/test_tables.py::test_only_those_who_sit_there_and_those_who_lead_see_a_table",
    ),
]


def main(words: list[str]) -> int:
    chosen = [bug for bug in BUGS if not words or any(word in bug.name for word in words)]
    missed = []
    with tempfile.TemporaryDirectory(prefix="sabotage") as folder:
        copy = Path(folder) / "copy"
        copy_product(copy)
        for bug in chosen:
            began = time.monotonic()
            problem = plant(bug, copy)
            if problem:
                missed.append(bug.name)
            print(
                f"  {'MISSED' if problem else 'caught'} {time.monotonic() - began:6.1f} s  {bug.name}"
                + (f"\n         {problem}" if problem else ""),
                flush=True,
            )
    print(f"{len(chosen) - len(missed)} of {len(chosen)} planted bugs are caught")
    return 1 if missed else 0


def copy_product(copy: Path) -> None:
    """What tests need; the virtual environment and the modules stay where they are."""
    leave = shutil.ignore_patterns("__pycache__", "*.pyc", "codesign-data", ".pytest_cache")
    for name in ("codesign", "tests", "static", "docs", "templates"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, copy / name, ignore=leave, symlinks=True)
    for name in ("pyproject.toml", "package.json", "tsconfig.json"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy / name)
    for name in (".venv", "node_modules"):
        if (ROOT / name).exists():
            (copy / name).symlink_to(ROOT / name)


def plant(bug: Bug, copy: Path) -> str | None:
    """None when the test tells the copy with the bug from the copy without it; else why not."""
    file = copy / bug.file
    sound = file.read_text("utf-8")
    if sound.count(bug.right) != 1:
        return f"{bug.file} has {sound.count(bug.right)} places like that: plant it anew"
    before = run_test(bug.test, copy)
    if before != "passed":
        return f"{bug.test} does not pass without the bug: {before}"
    file.write_text(sound.replace(bug.right, bug.wrong), "utf-8")
    try:
        after = run_test(bug.test, copy)
    finally:
        file.write_text(sound, "utf-8")
    return None if after == "failed" else f"{bug.test}: {after}"


def run_test(test: str, copy: Path) -> str:
    """`passed`, `failed` (by an assertion), or what else became of it."""
    report = copy / "report.xml"
    report.unlink(missing_ok=True)
    program = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    try:
        done = subprocess.run(
            [*program, f"--junit-xml={report}"],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"nothing after {SECONDS} s"
    if not report.exists():
        return f"no report: {done.stdout[-300:]}{done.stderr[-300:]}"
    cases = ElementTree.parse(report).getroot().findall(".//testcase")
    if not cases or any(case.find("skipped") is not None for case in cases):
        return "it did not run"
    if (error := _first(cases, "error")) is not None:
        return f"an error: {error}"
    if (failure := _first(cases, "failure")) is None:
        return "passed"
    by_assertion = failure.startswith(("AssertionError", "assert ", "Failed: DID NOT RAISE"))
    return "failed" if by_assertion else f"failed by {failure}"


def _first(cases: list[ElementTree.Element], tag: str) -> str | None:
    for case in cases:
        if (found := case.find(tag)) is not None:
            return found.get("message", "")[:300]
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
